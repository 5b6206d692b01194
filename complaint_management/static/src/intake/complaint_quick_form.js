import {Component, onMounted, reactive, useEffect, useState} from "@odoo/owl";
import {hasTouch} from "@web/core/browser/feature_detection";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {ComplaintFormController, complaintFormView} from "../js/complaint_form_view";
import {DraftModel} from "./complaint_draft_model";

const FOCUSABLE = "textarea, input:not([type=hidden]), button, a[href]";

export class QuickModel extends DraftModel {
    setup(...args) {
        super.setup(...args);
        /** What stands between the draft and its registration, named after Register was pressed. */
        this.gate = reactive({verb: "", items: []});
    }
}

/** Go to a field of the form, wherever it is folded away. */
export function jumpTo(root, place) {
    const names = place === "partner_id" ? ["complainant_name", "partner_id"] : [place];
    for (const name of names) {
        const field = root.querySelector(`.o_field_widget[name="${name}"]`);
        if (field) {
            const folded = field.closest("details");
            if (folded) {
                folded.open = true;
            }
            field.scrollIntoView({block: "center"});
            const asked = field.querySelector(".o_complaint_quick_missing_value input");
            (asked || field.querySelector(FOCUSABLE))?.focus();
            return;
        }
    }
}

export class QuickFormController extends ComplaintFormController {
    setup() {
        super.setup();
        onMounted(() => this.focusWords());
    }

    /** Core puts the cursor into new records only; a draft of an order is saved already. */
    focusWords() {
        const {root} = this.model;
        if (root.isDraft && !root.hasWords && !hasTouch()) {
            this.rootRef.el.querySelector("[name=description] textarea")?.focus();
        }
    }

    /** What is missing is said here, beside the fields, and not in a dialog in front of them. */
    async beforeExecuteActionButton(clickParams) {
        const saved = await super.beforeExecuteActionButton(clickParams);
        const {root, gate} = this.model;
        const verb = {action_register: "register", action_submit: "submit"}[clickParams.name];
        if (saved === false || !verb || !root.resId) {
            return saved;
        }
        gate.verb = verb;
        gate.items = await this.orm.call(this.props.resModel, "get_missing", [[root.resId], verb]);
        if (!gate.items.length) {
            return saved;
        }
        jumpTo(this.rootRef.el, gate.items.find(({place}) => place)?.place || "description");
        return false;
    }

    /** What is registered is shown whole. */
    async afterExecuteActionButton(clickParams) {
        await super.afterExecuteActionButton(clickParams);
        if (["action_register", "action_submit"].includes(clickParams.name)) {
            const {resId} = this.model.root;
            const action = await this.orm.call(this.props.resModel, "action_open_details", [resId]);
            await this.actionService.doAction(action, {stackPosition: "replaceCurrentAction"});
        }
    }
}

export class QuickMissing extends Component {
    static template = "complaint_management.QuickMissing";
    static props = {...standardWidgetProps};

    setup() {
        const {gate, draftSign} = this.props.record.model;
        this.orm = useService("orm");
        this.gate = useState(gate);
        this.sign = useState(draftSign);
        useEffect(
            (state) => {
                if (state === "saved" && this.gate.items.length) {
                    this.askAgain();
                }
            },
            () => [this.sign.state],
        );
    }

    /** What was mended meanwhile is not asked for any longer. */
    async askAgain() {
        const {resModel, resId} = this.props.record;
        const call = [[resId], this.gate.verb];
        this.gate.items = await this.orm.silent.call(resModel, "get_missing", call);
    }

    jump(place, ev) {
        jumpTo(ev.target.closest(".o_form_view"), place);
    }
}

registry.category("view_widgets").add("complaint_missing", {component: QuickMissing});
registry.category("views").add("complaint_quick_form", {
    ...complaintFormView,
    Controller: QuickFormController,
    Model: QuickModel,
});
