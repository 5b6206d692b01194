import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {CharField} from "@web/views/fields/char/char_field";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** What customers ask for most; the others are one press further away. */
const FREQUENT = [
    "cause_prevention",
    "exchange",
    "return",
    "compensation",
    "explanation",
    "onsite",
];

/** What the customer asks for: one press each, his words where he has any. */
export class QuickRequestsField extends Component {
    static template = "complaint_management.QuickRequests";
    static components = {CharField};
    static props = {...standardFieldProps, "*": true};

    setup() {
        this.root = useRef("root");
        this.state = useState({all: false});
        this.focusAdded = false;
        useEffect(
            () => {
                if (this.focusAdded) {
                    this.focusAdded = false;
                    const inputs = this.root.el.querySelectorAll(".o_complaint_quick_said input");
                    inputs[inputs.length - 1]?.focus();
                }
            },
            () => [this.list.records.length],
        );
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    get wordsLabel() {
        return _t("Details, in the customer's words");
    }

    get labels() {
        return Object.fromEntries(this.list.fields.kind.selection);
    }

    get kinds() {
        const chosen = this.list.records.map((request) => request.data.kind);
        const all = Object.keys(this.labels);
        return all
            .filter((kind) => this.state.all || FREQUENT.includes(kind) || chosen.includes(kind))
            .map((kind) => ({kind, label: this.labels[kind], isChosen: chosen.includes(kind)}))
            .sort((a, b) => this.getRank(a.kind) - this.getRank(b.kind));
    }

    getRank(kind) {
        return FREQUENT.includes(kind) ? FREQUENT.indexOf(kind) : FREQUENT.length;
    }

    /** A second press takes a request back, unless somebody wrote words to it. */
    async toggle(kind) {
        const request = this.list.records.find(({data}) => data.kind === kind);
        if (!request) {
            this.focusAdded = true;
            await this.list.addNewRecord({
                context: {default_kind: kind},
                mode: "readonly",
                position: "bottom",
            });
        } else if (request.data.name) {
            const index = this.list.records.indexOf(request);
            this.root.el.querySelectorAll(".o_complaint_quick_said input")[index]?.focus();
        } else {
            await this.list.delete(request);
        }
    }
}

registry.category("fields").add("complaint_quick_requests", {
    component: QuickRequestsField,
    supportedTypes: ["one2many"],
    useSubView: true,
});
