import {Component, status, useEffect, useExternalListener, useRef, useState} from "@odoo/owl";
import {useDropzone} from "@web/core/dropzone/dropzone_hook";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {getUploadQueue} from "./upload_queue";

const EDITABLE = "input, textarea, [contenteditable='true']";
// The message box takes files of its own.
const OTHERS = ".o-mail-Composer, .o-mail-Form-chatter, .o_mail_composer";

/**
 * Photos and other files of a complaint: dropped anywhere on the form, pasted, chosen or taken with
 * the camera, several at a time. Each becomes evidence at once, a draft is saved first.
 *
 * `<field name="evidence_ids" widget="complaint_photos"/>`. Option `compact`: shows nothing but what
 * is on its way; for the top of a form whose page with the evidence may not be open. Option `bare`:
 * without the evidence that is there already; for a page that shows it itself.
 */
export class ComplaintPhotos extends Component {
    static template = "complaint_management.Photos";
    static props = {
        ...standardFieldProps,
        isCompact: {type: Boolean, optional: true},
        isBare: {type: Boolean, optional: true},
    };

    setup() {
        this.ui = useService("ui");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.input = useRef("input");
        this.camera = useRef("camera");
        this.followRecord();
        useExternalListener(document, "paste", this.onPaste.bind(this), {capture: true});
        const root = this.root;
        const formRef = {
            get el() {
                const form = root.el?.closest(".o_form_renderer");
                return form?.querySelector(".o_form_sheet_bg") || form;
            },
        };
        useDropzone(formRef, this.onDrop.bind(this), "o_complaint_dropzone", () =>
            this.isListening(),
        );
        // A draft that could not be saved keeps its files until it is.
        useEffect(
            (resId) => {
                if (resId && this.queue.waiting.length) {
                    this.run();
                }
            },
            () => [this.props.record.resId],
        );
    }

    /** The form shows one record after the other; each has its own queue. */
    followRecord() {
        this.state = useState({queue: getUploadQueue(this.props.record)});
        useEffect(
            (record) => {
                const queue = getUploadQueue(record);
                const kind = this.props.isCompact ? "compact" : "full";
                queue.widgets.push(kind);
                this.state.queue = queue;
                return () => queue.widgets.splice(queue.widgets.indexOf(kind), 1);
            },
            () => [this.props.record],
        );
    }

    get queue() {
        return this.state.queue;
    }

    // ------------------------------------------------------------
    // What is shown
    // ------------------------------------------------------------
    get items() {
        const shown = new Set(this.list.records.map((record) => record.resId));
        return this.queue.items.filter((item) => !shown.has(item.evidenceId));
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    get photos() {
        return this.props.isCompact || this.props.isBare
            ? []
            : this.list.records.filter((record) => record.resId && record.data.file);
    }

    get isShown() {
        return !this.props.isCompact || (this.items.length && !this.queue.widgets.includes("full"));
    }

    getPhotoUrl(photo) {
        const stamp = encodeURIComponent(photo.data.file || "");
        return `/web/image/complaint.evidence/${photo.resId}/file/240x240?unique=${stamp}`;
    }

    getFileUrl(photo) {
        return `/web/content/complaint.evidence/${photo.resId}/file?filename_field=file_name`;
    }

    isPicture(photo) {
        return photo.data.kind === "photo" || photo.data.kind === "sample";
    }

    onPictureError(ev) {
        // A format the browser does not show: its name says enough.
        ev.target.replaceWith(
            Object.assign(document.createElement("i"), {
                className: "fa fa-picture-o fa-3x text-muted",
            }),
        );
    }

    // ------------------------------------------------------------
    // How files come in
    // ------------------------------------------------------------
    isListening() {
        const isFirst = !this.props.isCompact || !this.queue.widgets.includes("full");
        return (
            isFirst &&
            !this.props.readonly &&
            status(this) === "mounted" &&
            this.ui.activeElement.contains(this.root.el)
        );
    }

    onPaste(ev) {
        const files = [...(ev.clipboardData?.files || [])];
        const isText = ev.clipboardData?.types.includes("text/plain");
        if (
            !files.length ||
            ev.defaultPrevented ||
            ev.target.closest?.(OTHERS) ||
            (isText && ev.target.closest?.(EDITABLE)) ||
            !this.isListening()
        ) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        this.addFiles(files);
    }

    onDrop(ev) {
        this.addFiles([...(ev.dataTransfer?.files || [])]);
    }

    onChosen(ev) {
        const files = [...ev.target.files];
        // The same file may be chosen again.
        ev.target.value = "";
        this.addFiles(files);
    }

    addFiles(files) {
        if (files.length) {
            this.queue.add(files);
            return this.run();
        }
    }

    // ------------------------------------------------------------
    // Sending
    // ------------------------------------------------------------
    async run() {
        const {record} = this.props;
        const {queue} = this;
        if (queue.isRunning) {
            return;
        }
        queue.isRunning = true;
        try {
            if (!record.resId && !(await record.save())) {
                this.notification.add(
                    _t("Your files are kept here, and added as soon as the complaint is saved."),
                    {type: "warning"},
                );
                return;
            }
            while (queue.waiting.length) {
                await queue.send(record.resId);
            }
            await this.refresh(record, queue);
        } finally {
            queue.isRunning = false;
        }
    }

    /** Show what is there now, and lose nothing of what was typed meanwhile. */
    async refresh(record, queue) {
        const done = queue.items.filter((item) => item.state === "done");
        if (!done.length || status(this) === "destroyed") {
            return;
        }
        if (!(await record.isDirty())) {
            await record.load();
        } else if (!(await record.save())) {
            // What is typed cannot be saved yet: the thumbnails stay as they are
            return;
        }
        done.forEach((item) => queue.remove(item));
    }

    onRetry(item) {
        item.state = "waiting";
        item.error = "";
        return this.run();
    }

    onDismiss(item) {
        this.queue.remove(item);
    }
}

export const complaintPhotos = {
    component: ComplaintPhotos,
    displayName: _t("Photos, dropped or pasted"),
    supportedTypes: ["one2many"],
    supportedOptions: [
        {label: _t("Compact"), name: "compact", type: "boolean"},
        {label: _t("Bare"), name: "bare", type: "boolean"},
    ],
    isEmpty: () => false,
    relatedFields: [
        {name: "name", type: "char"},
        {name: "kind", type: "selection"},
        {name: "file", type: "binary"},
        {name: "file_name", type: "char"},
    ],
    extractProps: ({options}) => ({
        isCompact: Boolean(options.compact),
        isBare: Boolean(options.bare),
    }),
};

registry.category("fields").add("complaint_photos", complaintPhotos);
