import {useState} from "@odoo/owl";
import {FormStatusIndicator} from "@web/views/form/form_status_indicator/form_status_indicator";

/** Beside core's buttons: whether what one typed is kept. */
export class DraftStatusIndicator extends FormStatusIndicator {
    static template = "complaint_management.DraftStatusIndicator";

    setup() {
        super.setup();
        this.sign = useState(this.props.model.draftSign);
    }

    get isDraft() {
        return this.props.model.root.isDraft;
    }
}
