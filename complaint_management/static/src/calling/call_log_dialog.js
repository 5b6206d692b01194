import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus} from "@web/core/utils/hooks";

import {describeError} from "./call_format";

/** What was said on the telephone, and which open complaint it belongs to, if any. */
export class CallLogDialog extends Component {
    static template = "complaint_management.CallLogDialog";
    static components = {Dialog};
    static props = {
        /** Open complaints to choose from. */
        complaints: Array,
        /** The one that is chosen at first; 0: none. */
        complaintId: {type: Number, optional: true},
        /** Nobody is known whose note it could be: it must be one of the complaints. */
        isBound: {type: Boolean, optional: true},
        /** Called with `{said, complaintId}`; an error it throws is shown and nothing is lost. */
        onSave: Function,
        close: Function,
    };

    setup() {
        this.said = useAutofocus({refName: "said", mobile: true});
        this.state = useState({
            said: "",
            complaintId: this.props.complaintId || 0,
            error: "",
            isSaving: false,
        });
    }

    onChoose(ev) {
        this.state.complaintId = Number(ev.target.value);
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            this.save();
        }
    }

    async save() {
        if (this.state.isSaving) {
            return;
        }
        Object.assign(this.state, {isSaving: true, error: ""});
        try {
            const {said, complaintId} = this.state;
            await this.props.onSave({said: said.trim(), complaintId});
            this.props.close();
        } catch (error) {
            this.state.error = describeError(error);
        } finally {
            this.state.isSaving = false;
        }
    }
}
