import {Component, onWillDestroy, useEffect, useRef, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";

import {isPhone} from "./call_address";
import {describeError} from "./call_format";

const PAUSE = 250;
const MIN_LENGTH = 2;
const DIGITS = /^[\d\s().\-/]+$/;
const ICONS = {
    phone: "fa-phone",
    order: "fa-shopping-cart",
    customer_order: "fa-shopping-cart",
    delivery: "fa-truck",
    invoice: "fa-file-text-o",
    lot: "fa-barcode",
    product: "fa-cube",
    customer: "fa-user",
    complaint: "fa-comment-o",
};

/**
 * The one search box: a number in any notation, an order, delivery, invoice, lot, product or name
 * (R2). Arrow keys and Enter choose; one exact hit opens by itself.
 */
export class CallSearch extends Component {
    static template = "complaint_management.CallSearch";
    static props = {
        /** What is searched at once, e.g. from the address. */
        term: {type: String, optional: true},
        /**
         * Called with the result that was chosen and the `term` that led to it, and whether somebody
         * pressed for it.
         */
        onChoose: Function,
        /** Called with a term nothing was found for, when Enter is pressed. */
        onNothing: Function,
        /** Called with whether nothing was found for what stands in the box. */
        onMiss: Function,
        /** Whether the card of somebody is open. */
        hasCard: Boolean,
        /** Called when Enter is pressed on what is open already. */
        onLeave: Function,
        /** Gives the parent a way to come back here: `register(focus)`. */
        register: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.input = useRef("input");
        this.list = useRef("list");
        this.keepLast = new KeepLast();
        this.state = useState({
            term: this.props.term || "",
            results: [],
            active: -1,
            isOpen: false,
            isLoading: false,
            isSearched: false,
            error: "",
        });
        this.props.register(() => this.focus());
        // On a touch screen the keyboard would hide half of the card: there one taps the box.
        useEffect(
            () => {
                if (!this.env.isSmall) {
                    this.focus();
                }
                if (this.state.term) {
                    this.search();
                }
            },
            () => [],
        );
        useEffect(
            (active) => {
                this.list.el?.children[active]?.scrollIntoView({block: "nearest"});
            },
            () => [this.state.active],
        );
        useEffect(
            (isMissed) => this.props.onMiss(isMissed),
            () => [this.isMissed],
        );
        onWillDestroy(() => browser.clearTimeout(this.timeout));
    }

    get isMissed() {
        const {isSearched, results, error} = this.state;
        return isSearched && !results.length && !error;
    }

    /** What one may do who found nothing; Enter does as it says. */
    get advice() {
        const term = this.state.term.trim();
        if (isPhone(term)) {
            return _t("Press Enter to take the call from this number.");
        }
        const parts = [];
        if (DIGITS.test(term)) {
            parts.push(_t("Of a telephone number, type at least the last six digits."));
        }
        parts.push(
            this.props.hasCard
                ? _t("The card below is still the one before. Press Enter to go on with it.")
                : _t("Press Enter to take the call without it."),
        );
        return parts.join(" ");
    }

    get labels() {
        return {
            phone: _t("Telephone"),
            order: _t("Order"),
            customer_order: _t("Customer's order"),
            delivery: _t("Delivery"),
            invoice: _t("Invoice"),
            lot: _t("Lot or serial"),
            product: _t("Product"),
            customer: _t("Customer"),
            complaint: _t("Complaint"),
        };
    }

    getLabel(result) {
        return this.labels[result.kind] || result.kind;
    }

    getIcon(result) {
        return ICONS[result.kind] || "fa-circle-o";
    }

    focus() {
        this.input.el?.focus();
        this.input.el?.select();
    }

    close() {
        Object.assign(this.state, {isOpen: false, active: -1});
    }

    onInput(ev) {
        this.state.term = ev.target.value;
        // From now on no earlier answer counts, whatever comes of this one
        this.keepLast.add(Promise.resolve());
        Object.assign(this.state, {isSearched: false, error: "", active: -1});
        browser.clearTimeout(this.timeout);
        if (this.state.term.trim().length < MIN_LENGTH) {
            Object.assign(this.state, {results: [], isLoading: false});
            this.close();
            return;
        }
        this.timeout = browser.setTimeout(() => this.search(), PAUSE);
    }

    /** @param {boolean} isEager somebody pressed Enter and waits: take the only result there is */
    async search(isEager = false) {
        browser.clearTimeout(this.timeout);
        const term = this.state.term.trim();
        if (term.length < MIN_LENGTH) {
            return;
        }
        this.state.isLoading = true;
        try {
            const found = await this.keepLast.add(
                this.orm.silent.call("complaint.call", "find", [term]),
            );
            this.show(found.results, isEager);
        } catch (error) {
            this.state.isLoading = false;
            this.state.error = describeError(error);
        }
    }

    show(results, isEager) {
        Object.assign(this.state, {results, isLoading: false, isSearched: true});
        const exact = results.filter((result) => result.exact);
        if (exact.length && exact.every((result) => result.kind === "phone")) {
            // Whose number it is shows the card, all of them side by side
            this.choose({kind: "phone"}, isEager);
            return;
        }
        const only = results.length === 1 && isEager ? results : exact;
        if (only.length === 1) {
            this.choose(only[0], isEager);
        } else if (!results.length && isEager) {
            this.takeWithout();
        } else {
            Object.assign(this.state, {isOpen: true, active: isEager ? 0 : -1});
        }
    }

    choose(result, isPressed = true) {
        this.close();
        this.props.onChoose({...result, term: this.state.term.trim()}, isPressed);
    }

    /** The box is free again for what he tells next. */
    takeWithout() {
        const term = this.state.term.trim();
        this.close();
        Object.assign(this.state, {term: "", isSearched: false});
        this.props.onMiss(false);
        this.props.onNothing(term);
    }

    onFocus() {
        if (this.state.results.length > 1) {
            this.state.isOpen = true;
        }
    }

    onKeydown(ev) {
        const {isOpen, results, active} = this.state;
        if (ev.isComposing) {
            // Enter picks a Chinese word here, not a result
            return;
        }
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            if (!results.length) {
                return;
            }
            const step = ev.key === "ArrowDown" ? 1 : -1;
            const from = active < 0 && step < 0 ? 0 : active;
            this.state.active = (from + step + results.length) % results.length;
            this.state.isOpen = true;
        } else if (ev.key === "Enter") {
            this.onEnter();
        } else if (ev.key === "Escape" && isOpen) {
            this.close();
            ev.stopPropagation();
        } else {
            return;
        }
        ev.preventDefault();
    }

    onEnter() {
        const {isOpen, results, active, isSearched} = this.state;
        if (isOpen && active >= 0) {
            this.choose(results[active]);
        } else if (!isSearched || isOpen) {
            this.search(true);
        } else if (!results.length) {
            this.takeWithout();
        } else {
            this.props.onLeave();
        }
    }
}
