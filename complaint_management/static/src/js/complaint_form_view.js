import {useExternalListener} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {FormRenderer} from "@web/views/form/form_renderer";
import {formView} from "@web/views/form/form_view";

const CHIP = ".o_field_x2many_list_row_add a";

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

registry.category("views").add("complaint_form", {...formView, Renderer: ComplaintFormRenderer});
