import {Component} from "@odoo/owl";

import {format} from "./call_format";

/** What he bought in the last twelve months, and what he complained about meanwhile (R59). */
export class CallHistory extends Component {
    static template = "complaint_management.CallHistory";
    static props = {history: Object};

    setup() {
        this.format = format;
    }

    get quarters() {
        return this.props.history.quarters;
    }

    money(amount) {
        return format.money(amount, this.props.history.currency_id);
    }
}
