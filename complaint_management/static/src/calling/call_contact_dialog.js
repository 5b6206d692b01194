import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus} from "@web/core/utils/hooks";

import {describeError} from "./call_format";

/** A number nobody knows gets a name. */
export class CallContactDialog extends Component {
    static template = "complaint_management.CallContactDialog";
    static components = {Dialog};
    static props = {
        number: String,
        /** Called with `{name}`; an error it throws is shown and nothing is lost. */
        onSave: Function,
        close: Function,
    };

    setup() {
        this.name = useAutofocus({refName: "name", mobile: true});
        this.state = useState({name: "", error: "", isSaving: false});
    }

    async save() {
        const name = this.state.name.trim();
        if (!name || this.state.isSaving) {
            return;
        }
        Object.assign(this.state, {isSaving: true, error: ""});
        try {
            await this.props.onSave({name});
            this.props.close();
        } catch (error) {
            this.state.error = describeError(error);
        } finally {
            this.state.isSaving = false;
        }
    }
}
