import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus} from "@web/core/utils/hooks";

import {describeError} from "./call_format";

/** A number nobody knows gets a name; who might be the same is shown before somebody is made twice. */
export class CallContactDialog extends Component {
    static template = "complaint_management.CallContactDialog";
    static components = {Dialog};
    static props = {
        number: String,
        /**
         * Called with `{name, company_name, email, anyway}`; gives those who might be the same, and
         * then nothing was made. An error it throws is shown and nothing is lost.
         */
        onSave: Function,
        /** Called with the id of a contact we knew after all. */
        onTake: Function,
        close: Function,
    };

    setup() {
        this.name = useAutofocus({refName: "name", mobile: true});
        this.state = useState({
            name: "",
            company: "",
            email: "",
            duplicates: [],
            error: "",
            isSaving: false,
        });
    }

    onInput() {
        // Somebody else may be meant now
        this.state.duplicates = [];
    }

    take(duplicate) {
        this.props.close();
        this.props.onTake(duplicate.id);
    }

    async save() {
        const {name, company, email, duplicates} = this.state;
        if (!name.trim() || this.state.isSaving) {
            return;
        }
        Object.assign(this.state, {isSaving: true, error: ""});
        try {
            const found = await this.props.onSave({
                name,
                company_name: company,
                email,
                anyway: duplicates.length > 0,
            });
            if (found.length) {
                this.state.duplicates = found;
            } else {
                this.props.close();
            }
        } catch (error) {
            this.state.error = describeError(error);
        } finally {
            this.state.isSaving = false;
        }
    }
}
