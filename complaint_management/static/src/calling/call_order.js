import {Component, useState} from "@odoo/owl";

import {format, safeUrl} from "./call_format";

const DOCUMENTS = {order: "sale.order", picking: "stock.picking"};

/**
 * One order on the card: how far it is, its parcels, and its goods. Each, and the whole order, may be
 * what the customer complains about.
 */
export class CallOrder extends Component {
    static template = "complaint_management.CallOrder";
    static props = {
        order: Object,
        /** Its place in the list: Alt+Shift+1 is the first order's complaint. */
        position: Number,
        /** Show the goods from the start. */
        isUnfolded: {type: Boolean, optional: true},
        /** Called with what the complaint is about: `{order_id, picking_id, sale_line_id}`. */
        onComplain: Function,
        /** Called with model and id of a document to look at. */
        onOpen: Function,
    };

    setup() {
        this.format = format;
        this.safeUrl = safeUrl;
        this.state = useState({isUnfolded: Boolean(this.props.isUnfolded)});
    }

    get bodyId() {
        return `o_complaint_call_order_${this.props.order.id}`;
    }

    get goods() {
        return this.props.order.lines;
    }

    get hiddenCount() {
        return Math.max(this.props.order.line_count - this.goods.length, 0);
    }

    toggle() {
        this.state.isUnfolded = !this.state.isUnfolded;
    }

    open(kind, id) {
        this.props.onOpen(DOCUMENTS[kind], id);
    }

    complain(source = {}) {
        this.props.onComplain({order_id: this.props.order.id, ...source});
    }
}
