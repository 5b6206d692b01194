import {reactive, toRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

const ROUTE = "/complaint/evidence/upload";
// How many files travel at once: a phone on a building site has one thin line.
const AT_ONCE = 2;
const queues = new WeakMap();
let lastId = 0;

/**
 * Files on their way to one complaint. It belongs to the form's record and not to a widget: a page
 * of the form that is left goes on uploading, and several widgets of one form share it.
 *
 * States of an item: `waiting` (not sent yet), `sending`, `done` (on the server, the form does not
 * show it yet), `refused`, `failed` (may be tried again).
 */
export class UploadQueue {
    constructor() {
        this.items = [];
        this.isRunning = false;
        // Kinds of the widgets on the screen: a compact one leaves drops and pastes to a full one.
        this.widgets = [];
    }

    add(files) {
        for (const file of files) {
            this.items.push({
                id: ++lastId,
                file: toRaw(file),
                name: file.name || _t("Photo"),
                url: file.type.startsWith("image/") ? URL.createObjectURL(file) : "",
                state: "waiting",
                progress: 0,
                error: "",
                evidenceId: false,
            });
        }
    }

    remove(item) {
        const index = this.items.findIndex((other) => other.id === item.id);
        if (index >= 0) {
            if (item.url) {
                URL.revokeObjectURL(item.url);
            }
            this.items.splice(index, 1);
        }
    }

    get waiting() {
        return this.items.filter((item) => item.state === "waiting");
    }

    /**
     * Send what waits, a few at a time; each answers for itself.
     *
     * @param {Number} complaintId
     */
    async send(complaintId) {
        const sendNext = async () => {
            for (let item = this.waiting[0]; item; item = this.waiting[0]) {
                item.state = "sending";
                await this.sendOne(item, complaintId);
            }
        };
        await Promise.all(Array.from({length: AT_ONCE}, sendNext));
    }

    async sendOne(item, complaintId) {
        const data = new FormData();
        data.append("csrf_token", odoo.csrf_token);
        data.append("complaint_id", complaintId);
        data.append("ufile", item.file, item.name);
        try {
            const answer = await post(data, (share) => {
                item.progress = share;
            });
            item.state = answer.error ? "refused" : "done";
            item.error = answer.error || "";
            item.evidenceId = answer.id || false;
        } catch (problem) {
            item.state = problem.isRefused ? "refused" : "failed";
            item.error = problem.message;
        }
    }
}

/** @returns {UploadQueue} of a form's record */
export function getUploadQueue(record) {
    const key = toRaw(record);
    if (!queues.has(key)) {
        queues.set(key, reactive(new UploadQueue()));
    }
    return queues.get(key);
}

/** Fetch tells nothing of its progress: an upload needs the older way. */
function post(data, onProgress) {
    return new Promise((resolve, reject) => {
        const request = new window.XMLHttpRequest();
        const fail = (message, isRefused = false) =>
            reject(Object.assign(new Error(message), {isRefused}));
        request.open("POST", ROUTE);
        request.upload.addEventListener("progress", (ev) => {
            onProgress(ev.total ? Math.round((100 * ev.loaded) / ev.total) : 0);
        });
        request.addEventListener("error", () => fail(_t("The connection broke. Try again.")));
        request.addEventListener("load", () => {
            if (request.status === 413) {
                fail(_t("This file is too large."), true);
            } else if (request.status !== 200) {
                fail(_t("The server did not take it. Try again."));
            } else {
                try {
                    resolve(JSON.parse(request.responseText));
                } catch {
                    fail(_t("The server did not take it. Try again."));
                }
            }
        });
        request.send(data);
    });
}
