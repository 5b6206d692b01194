import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {CharField} from "@web/views/fields/char/char_field";
import {DateTimeField} from "@web/views/fields/datetime/datetime_field";
import {formatFloat} from "@web/views/fields/formatters";
import {useInputField} from "@web/views/fields/input_field_hook";
import {parseFloat} from "@web/views/fields/parsers";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Fewer rows than this are all shown. */
const FEW = 10;

/** How many; nothing at all where nobody said it yet. */
export class QuickQuantity extends Component {
    static template = "complaint_management.QuickQuantity";
    static props = {name: String, record: Object};

    setup() {
        useInputField({
            getValue: () => {
                const value = this.props.record.data[this.props.name];
                return value ? formatFloat(value, {trailingZeros: false}) : "";
            },
            parse: (text) => {
                const quantity = text.trim() ? parseFloat(text) : 0;
                if (quantity < 0) {
                    throw new RangeError(text);
                }
                return quantity;
            },
        });
    }

    get isInvalid() {
        return this.props.record.isFieldInvalid(this.props.name);
    }

    /** Perhaps a slip, perhaps more than we know of: said, not refused. */
    get isTooMuch() {
        const {quantity_complained: quantity, quantity_shipped: shipped} = this.props.record.data;
        return shipped > 0 && quantity > shipped;
    }

    get isMissing() {
        const {is_affected: affected, quantity_complained: quantity} = this.props.record.data;
        return affected && !quantity;
    }
}

/** Goods of the order: tick, say how many. What nobody ordered here is written down (R7, R61). */
export class QuickLinesField extends Component {
    static template = "complaint_management.QuickLines";
    static components = {CharField, DateTimeField, QuickQuantity};
    static props = {...standardFieldProps, "*": true};

    setup() {
        this.root = useRef("root");
        this.state = useState({term: "", all: false});
        /** Datapoint ids in the order of the screen: ticking moves nothing from under the finger. */
        this.order = [];
        this.focusAdded = false;
        useEffect(
            () => {
                if (this.focusAdded) {
                    this.focusAdded = false;
                    const rows = this.root.el.querySelectorAll(".o_complaint_quick_free");
                    rows[rows.length - 1]?.querySelector("input[type=text]")?.focus();
                }
            },
            () => [this.list.records.length],
        );
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    /** Ticked goods first, as they were when the list was loaded. */
    get lines() {
        const records = this.list.records;
        const known = new Set(this.order);
        if (!records.some(({id}) => known.has(id))) {
            const ticked = records.filter((line) => line.data.is_affected);
            const others = records.filter((line) => !line.data.is_affected);
            this.order = [...ticked, ...others].map(({id}) => id);
        }
        const place = new Map(this.order.map((id, index) => [id, index]));
        for (const {id} of records) {
            if (!place.has(id)) {
                place.set(id, this.order.push(id) - 1);
            }
        }
        return [...records].sort((a, b) => place.get(a.id) - place.get(b.id));
    }

    get isLong() {
        return this.list.records.length > FEW;
    }

    get found() {
        const words = this.state.term.toLowerCase().split(/\s+/).filter(Boolean);
        return this.lines.filter((line) => {
            const text = `${this.getTitle(line)} ${this.getDetails(line)}`.toLowerCase();
            return words.every((word) => text.includes(word));
        });
    }

    /** Of many goods only some, but all that are ticked. */
    get shown() {
        const found = this.found;
        if (!this.isLong || this.state.all) {
            return found;
        }
        return found.filter((line, index) => index < FEW || line.data.is_affected);
    }

    get hidden() {
        return this.found.length - this.shown.length;
    }

    isFree(line) {
        const {sale_line_id: sold, move_id: moved} = line.data;
        return !sold && !moved;
    }

    getTitle(line) {
        const {product_id: product, name} = line.data;
        return product?.display_name || name || "";
    }

    getDetails(line) {
        const {data} = line;
        const unit = data.product_uom_id?.display_name;
        const shipped = [formatFloat(data.quantity_shipped, {trailingZeros: false}), unit];
        return [
            data.lot_label,
            data.quantity_shipped && _t("%s shipped", shipped.filter(Boolean).join(" ")),
            !this.isFree(line) && !data.quantity_shipped && _t("not shipped yet"),
            data.quantity_returned &&
                _t("%s returned", formatFloat(data.quantity_returned, {trailingZeros: false})),
            data.date_shipped && formatDate(data.date_shipped),
            // Goods of one order need not say so (R62)
            this.props.record.data.has_several_orders && data.sale_order_id?.display_name,
        ]
            .filter(Boolean)
            .join(" · ");
    }

    async tick(line, ev) {
        const affected = ev.target.checked;
        const row = ev.target.closest(".o_complaint_quick_line");
        await line.update({is_affected: affected});
        if (affected) {
            const input = row.querySelector(".o_complaint_quick_quantity input");
            input?.focus();
            input?.select();
        }
    }

    async add() {
        this.focusAdded = true;
        await this.list.addNewRecord({
            context: {default_quantity_complained: 1},
            mode: "readonly",
            position: "bottom",
        });
    }

    remove(line) {
        return this.list.delete(line);
    }

    onSearchKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.root.el.querySelector(".o_complaint_quick_line input")?.focus();
        }
    }
}

registry.category("fields").add("complaint_quick_lines", {
    component: QuickLinesField,
    supportedTypes: ["one2many"],
    useSubView: true,
});
