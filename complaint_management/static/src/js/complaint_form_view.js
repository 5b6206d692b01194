import {useExternalListener} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {FormController} from "@web/views/form/form_controller";
import {FormRenderer} from "@web/views/form/form_renderer";
import {formView} from "@web/views/form/form_view";
import {DraftModel} from "../intake/complaint_draft_model";
import {useDraftSaving} from "../intake/complaint_draft_saving";
import {DraftStatusIndicator} from "../intake/complaint_draft_sign";

const CHIP = ".o_field_x2many_list_row_add a";

/** Drafts save themselves; everything else saves as forms do. */
export class ComplaintFormController extends FormController {
    static components = {
        ...FormController.components,
        FormStatusIndicator: DraftStatusIndicator,
    };

    setup() {
        super.setup();
        this.draftSaving = useDraftSaving(this);
    }

    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRecordChanged = () => this.draftSaving.changed();
        return params;
    }

    /** Looking at another tab is no reason to be told what is missing. */
    beforeVisibilityChange() {
        if (!this.model.root.isDraft) {
            return super.beforeVisibilityChange();
        }
        if (document.visibilityState === "hidden") {
            return this.draftSaving.save();
        }
    }

    /** A new complaint nobody typed into is left without a question. */
    async beforeUnload(ev) {
        const {isDraft, isNew, dirty} = this.model.root;
        if (isDraft && isNew && !dirty && this.model.draftSign.state !== "waiting") {
            return;
        }
        return super.beforeUnload(ev);
    }
}

/**
 * A chip adds a row to its own list. Rows open in other lists are left first: two open rows would
 * take the focus from each other, and what one types would land in the wrong one.
 */
export class ComplaintFormRenderer extends FormRenderer {
    setup() {
        super.setup();
        useExternalListener(document, "click", this.onClickChip.bind(this), {capture: true});
    }

    onClickChip(ev) {
        const field = ev.target.closest?.(CHIP)?.closest(".o_field_widget");
        if (!field?.closest(".o_complaint_form")) {
            return;
        }
        for (const [name, list] of Object.entries(this.props.record.data)) {
            if (name !== field.getAttribute("name") && list?.editedRecord) {
                // A chip alone says enough; goods without a product say nothing.
                list.leaveEditMode({canAbandon: name === "line_ids"});
            }
        }
    }
}

export const complaintFormView = {
    ...formView,
    Controller: ComplaintFormController,
    Model: DraftModel,
    Renderer: ComplaintFormRenderer,
};

registry.category("views").add("complaint_form", complaintFormView);
