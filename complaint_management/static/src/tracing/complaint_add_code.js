import {Component, useRef, useState} from "@odoo/owl";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {RPCError} from "@web/core/network/rpc";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/**
 * One box for whatever is read off goods and papers. A hand scanner types the code and presses
 * Enter; the answer stands below, and the cursor stays for the next code. Codes that come faster
 * than the server answers wait in line.
 */
export class ComplaintAddCode extends Component {
    static template = "complaint_management.AddCode";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.input = useRef("code");
        this.state = useState({answer: null, waiting: 0});
        this.queue = Promise.resolve();
        this.hasCamera = isBarcodeScannerSupported();
        this.placeholder = _t("Scan or type lot, serial, order, delivery");
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing) {
            // Neither the form's hotkeys nor the list below are meant
            ev.preventDefault();
            ev.stopPropagation();
            this.onAdd();
        }
    }

    onAdd() {
        const code = this.input.el.value.trim();
        this.input.el.value = "";
        this.input.el.focus();
        if (code) {
            this.enqueue(code);
        }
    }

    async onCamera() {
        try {
            this.enqueue(await scanBarcode(this.env));
        } catch (error) {
            this.state.answer = {level: "danger", message: error.message};
        }
    }

    enqueue(code) {
        this.state.waiting++;
        const done = this.queue.then(() => this.add(code)).finally(() => this.state.waiting--);
        // One that failed does not keep the next one waiting
        this.queue = done.catch(() => null);
        return done;
    }

    async add(code) {
        try {
            const answer = await this.ask(code);
            this.state.answer = answer;
            if (answer?.action) {
                await new Promise((resolve) =>
                    this.action.doAction(answer.action, {onClose: resolve}),
                );
                this.state.answer = null;
                await this.props.record.load();
            }
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            // A wrong code is no accident: it is answered here, and the next one can be scanned
            this.state.answer = {level: "danger", message: error.data?.message || error.message};
        }
        this.input.el?.focus();
    }

    /** What was typed so far is kept: saved before, or together with a new complaint. */
    async ask(code) {
        const {record} = this.props;
        const opened = record.isNew && (await this.open(code));
        if (opened) {
            return opened;
        }
        if (!(await record.save())) {
            const message = _t("Fill in what is missing on this page first; then scan again.");
            return {level: "warning", message};
        }
        const ids = [record.resId];
        const answer = await this.orm.call(record.resModel, "action_add_code", [ids, code]);
        await record.load();
        return answer;
    }

    /**
     * Within the model's queue: a draft that is about to save itself waits, and finds its id then.
     *
     * @returns {Promise<Object|null>} null: it was saved meanwhile
     */
    async open(code) {
        const {record} = this.props;
        const {model} = record;
        await model._askChanges();
        return model.mutex.exec(async () => {
            if (!record.isNew) {
                return null;
            }
            const values = record._getChanges();
            const answer = await this.orm.call(record.resModel, "create_from_code", [code, values]);
            const resId = answer.complaint_id;
            const patch = {resId, resIds: record.resIds.concat([resId])};
            await model._updateConfig(record.config, patch, {reload: false});
            await record._load();
            return answer;
        });
    }

    get answerClass() {
        return {
            success: "text-success",
            info: "text-info-emphasis",
            warning: "text-warning-emphasis",
            danger: "text-danger",
        }[this.state.answer?.level];
    }

    get answerIcon() {
        return this.state.answer.level === "success" ? "fa-check" : "fa-info-circle";
    }
}

registry.category("view_widgets").add("complaint_add_code", {component: ComplaintAddCode});
