import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";

// Longest side of a photo in pixels: sharp enough to see a scratch, small enough for a bad network.
const MAX_SIDE = 2000;
const QUALITY = 0.85;
// Below that a photo is sent as it is, in bytes.
const SMALL_ENOUGH = 600000;

/**
 * The form in which customers complain. Everything works without it; it makes photos small, collects
 * them over several visits to the camera, and keeps a second press from sending twice.
 */
export class ComplaintForm extends Interaction {
    static selector = ".o_complaint_form";
    dynamicContent = {
        _root: {"t-on-submit": this.onSubmit},
        ".o_complaint_files": {"t-on-change": this.onFilesChosen},
        ".o_complaint_quantity": {"t-on-input": this.onQuantity},
        ".o_complaint_take": {"t-on-change": this.onTake},
        "[name=phone], [name=email]": {"t-on-input": this.checkReachable},
    };

    setup() {
        this.files = [];
        this.urls = [];
        this.filesEl = this.el.querySelector(".o_complaint_files");
        this.previewsEl = this.el.querySelector(".o_complaint_previews");
        this.errorEl = this.el.querySelector(".o_complaint_files_error");
        this.registerCleanup(() => this.forgetUrls());
    }

    // ------------------------------------------------------------
    // Photos
    // ------------------------------------------------------------
    async onFilesChosen() {
        const chosen = [...this.filesEl.files];
        const sendEl = this.el.querySelector(".o_complaint_send");
        sendEl.disabled = true;
        try {
            for (const file of chosen) {
                this.files.push(await this.waitFor(this.shrink(file)));
            }
        } finally {
            sendEl.disabled = false;
        }
        this.showFiles();
    }

    /**
     * @param {File} file
     * @returns {Promise<File>} a smaller copy, or the file itself: what is no picture to this
     *     browser, small already, or would not get smaller
     */
    async shrink(file) {
        if (!file.type.startsWith("image/") || file.size <= SMALL_ENOUGH) {
            return file;
        }
        let bitmap;
        try {
            bitmap = await window.createImageBitmap(file);
        } catch {
            return file;
        }
        const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(bitmap.width * scale);
        canvas.height = Math.round(bitmap.height * scale);
        canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
        bitmap.close();
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
        if (!blob || blob.size >= file.size) {
            return file;
        }
        const name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
        return new window.File([blob], name, {type: "image/jpeg"});
    }

    showFiles() {
        const transfer = new window.DataTransfer();
        this.files.forEach((file) => transfer.items.add(file));
        this.filesEl.files = transfer.files;
        this.forgetUrls();
        this.previewsEl.replaceChildren(
            ...this.files.map((file, index) => this.preview(file, index)),
        );
        const problem = this.getProblem();
        this.errorEl.textContent = problem;
        this.filesEl.setCustomValidity(problem);
    }

    preview(file, index) {
        const figure = document.createElement("figure");
        if (file.type.startsWith("image/")) {
            const image = document.createElement("img");
            image.src = URL.createObjectURL(file);
            image.alt = file.name;
            this.urls.push(image.src);
            figure.append(image);
        } else {
            const box = document.createElement("div");
            box.className = "o_complaint_file p-1";
            box.textContent = file.name;
            figure.append(box);
        }
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-sm btn-light py-0 px-1";
        button.textContent = "✕";
        button.ariaLabel = _t("Leave out %s", file.name);
        button.addEventListener("click", () => {
            this.files.splice(index, 1);
            this.showFiles();
        });
        figure.append(button);
        return figure;
    }

    forgetUrls() {
        this.urls.forEach((url) => URL.revokeObjectURL(url));
        this.urls = [];
    }

    /**
     * @returns {String} what the server would not accept; empty when it is fine
     */
    getProblem() {
        const limits = this.el.dataset;
        const megabytes = (bytes) => Math.floor(bytes / 1024 / 1024);
        const large = this.files.find((file) => file.size > limits.fileBytes);
        const total = this.files.reduce((sum, file) => sum + file.size, 0);
        if (this.files.length > limits.files) {
            return _t("No more than %s files, please: leave some out.", limits.files);
        }
        if (large) {
            return _t("%(file)s is larger than %(size)s MB: leave it out.", {
                file: large.name,
                size: megabytes(limits.fileBytes),
            });
        }
        if (total > limits.totalBytes) {
            return _t(
                "All files together are larger than %s MB: leave some out.",
                megabytes(limits.totalBytes),
            );
        }
        return "";
    }

    // ------------------------------------------------------------
    // Goods
    // ------------------------------------------------------------
    onQuantity(ev) {
        const row = ev.currentTarget.closest(".list-group-item");
        const quantity = parseFloat(ev.currentTarget.value.replace(",", "."));
        row.querySelector(".o_complaint_take").checked = quantity > 0;
        this.askReason();
    }

    onTake(ev) {
        if (!ev.currentTarget.checked) {
            const row = ev.currentTarget.closest(".list-group-item");
            row.querySelector(".o_complaint_quantity").value = "";
            this.askReason();
        }
    }

    askReason() {
        const reasonEl = this.el.querySelector(".o_complaint_reason");
        const beyond = [...this.el.querySelectorAll(".o_complaint_quantity")].some(
            (el) => parseFloat(el.value.replace(",", ".")) > parseFloat(el.dataset.limit),
        );
        const textEl = reasonEl.querySelector("textarea");
        textEl.required = beyond;
        reasonEl.classList.toggle("d-none", !beyond && !textEl.value);
    }

    // ------------------------------------------------------------
    // How he is reached: asked of those we do not know, before the photos have to be chosen again
    // ------------------------------------------------------------
    start() {
        this.checkReachable();
    }

    checkReachable() {
        const emailEl = this.el.querySelector("[name=email]");
        if (emailEl) {
            const reachable = emailEl.value || this.el.querySelector("[name=phone]").value;
            emailEl.setCustomValidity(
                reachable ? "" : _t("Give us an e-mail address or a phone number, please."),
            );
        }
    }

    // ------------------------------------------------------------
    // Sending
    // ------------------------------------------------------------
    onSubmit() {
        const sendEl = this.el.querySelector(".o_complaint_send");
        // After the browser took what is sent; coming back to the page frees it again
        this.waitForTimeout(() => (sendEl.disabled = true), 0);
        this.waitForTimeout(() => (sendEl.disabled = false), 15000);
    }
}

registry.category("public.interactions").add("complaint_management.complaint_form", ComplaintForm);
