import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {hasTouch} from "@web/core/browser/feature_detection";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {cleanPhone, isPhone, readStart, writeAddress} from "./call_address";
import {getCaller, getDocument, getOnPhone} from "./call_choice";
import {CallComplaints} from "./call_complaints";
import {useCallDialogs} from "./call_dialogs";
import {useCallDoing} from "./call_doing";
import {describeError, format, showWarning} from "./call_format";
import {CallHistory} from "./call_history";
import {CallOrder} from "./call_order";
import {CallSearch} from "./call_search";

const MODEL = "complaint.call";

/**
 * The call card (R1, R2): who is on the phone, what he bought and where it is, what he complained
 * about. Nothing but what `complaint.call` says with the rights of whoever looks.
 *
 * Opened by its address (`/odoo/call?phone=…`), by the menu, or by an action with the params
 * `{phone, partner, q}`.
 */
export class CallCard extends Component {
    static template = "complaint_management.CallCard";
    static components = {CallComplaints, CallHistory, CallOrder, CallSearch, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.root = useRef("root");
        this.format = format;
        this.display = {controlPanel: {}};
        this.keepLast = new KeepLast();
        const {phone, partnerId, term} = readStart(this.props);
        this.state = useState({
            phone,
            partnerId,
            /** Who is on the phone, where the card is about somebody else. */
            callerId: this.props.state?.callerId || null,
            term,
            chosen: this.props.state?.chosen || null,
            card: null,
            isLoading: false,
            isMissed: false,
            isBusy: false,
            leaving: 0,
            error: "",
        });
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => {
                const {phone: number, partnerId: id, term: text, chosen, callerId} = this.state;
                return {phone: number, partnerId: id, term: text, chosen, callerId};
            },
        });
        Object.assign(this, useCallDialogs(this), useCallDoing(this));
        this.focusSearch = () => {};
        this.registerSearch = (focus) => {
            this.focusSearch = focus;
        };
        useHotkey("escape", () => this.focusSearch(), {bypassEditableProtection: true});
        useEffect(
            (leaving) => {
                if (leaving && !hasTouch()) {
                    this.root.el.querySelector(".o_complaint_call_first")?.focus();
                }
            },
            () => [this.state.leaving],
        );
        this.writeAddress();
        useEffect(
            () => {
                if (phone || partnerId) {
                    this.load();
                }
            },
            () => [],
        );
    }

    writeAddress() {
        this.props.updateActionState?.(writeAddress(this.state));
    }

    // ------------------------------------------------------------------
    // What the card shows
    // ------------------------------------------------------------------
    get card() {
        return this.state.card;
    }

    get callers() {
        return this.card.callers;
    }

    /** See `getOnPhone`. */
    get onPhone() {
        return getOnPhone(this.card, this.state.callerId);
    }

    /** Of the contact a complaint or a note is from; null for whom nobody knows. */
    get callerId() {
        return this.onPhone?.id || this.card.partner_id || null;
    }

    get onPhoneLabel() {
        return _t(
            "%(caller)s is on the phone and complains; this is about goods of %(customer)s.",
            {
                caller: this.onPhone.name,
                customer: this.card.customer.name,
            },
        );
    }

    /** Colleagues of one company need not be told apart by it. */
    get isOneCompany() {
        return new Set(this.callers.map((caller) => caller.customer_id)).size < 2;
    }

    get consumerComplaints() {
        return this.card.complaint_callers;
    }

    get orders() {
        return this.card.orders;
    }

    /** The goods are shown of an only order, and of the one that was searched for. */
    isUnfolded(order) {
        return this.orders.length === 1 || this.state.chosen?.order_id === order.id;
    }

    get quotations() {
        return this.card.quotations;
    }

    get complaints() {
        return this.card.complaints;
    }

    get openComplaints() {
        return this.complaints.filter((complaint) => complaint.is_open);
    }

    get warnings() {
        return this.card.warnings.map(showWarning);
    }

    get isUnknown() {
        return Boolean(this.state.phone && !this.card.partner_id);
    }

    get shownNumber() {
        return this.card.number_shown;
    }

    get chosenDocument() {
        return getDocument(this.state.chosen);
    }

    // ------------------------------------------------------------------
    // Loading
    // ------------------------------------------------------------------
    async load() {
        Object.assign(this.state, {isLoading: true, error: ""});
        this.writeAddress();
        const {phone, partnerId} = this.state;
        try {
            const card = await this.keepLast.add(
                this.orm.silent.call(MODEL, "card", [phone, partnerId]),
            );
            Object.assign(this.state, {card, isLoading: false});
        } catch (error) {
            Object.assign(this.state, {card: null, isLoading: false});
            this.state.error = describeError(error);
        }
    }

    /** Somebody chose what the search box found. */
    async onChoose(result, isPressed) {
        const {kind, partner_id: partnerId, complaint_id: complaintId} = result;
        if (!partnerId && complaintId) {
            await this.open("complaint.complaint", complaintId);
            return;
        }
        Object.assign(this.state, {
            ...getCaller(result, this.state),
            term: "",
            chosen: ["customer", "phone"].includes(kind) ? null : result,
        });
        await this.load();
        if (isPressed) {
            this.focusFirst();
        }
    }

    /** Nothing was found: the call is taken all the same, by its number if it is one. */
    async onNothing(term) {
        if (isPhone(term)) {
            const phone = cleanPhone(term);
            Object.assign(this.state, {phone, partnerId: null, callerId: null});
            Object.assign(this.state, {chosen: null, term: ""});
        } else if (this.card) {
            this.focusFirst();
            return;
        }
        await this.load();
        this.focusFirst();
    }

    /** While nothing is found for what he says, the card of whom we had must not be acted on. */
    onMiss(isMissed) {
        this.state.isMissed = isMissed;
    }

    onCaller(caller) {
        if (caller.id !== this.card.partner_id) {
            Object.assign(this.state, {partnerId: caller.id, chosen: null});
            this.load();
        }
    }

    /** Leave the search box for what one most likely wants next, once it is there. */
    focusFirst() {
        this.state.leaving += 1;
    }

    /** Somebody else than the number says is on the phone. */
    async show(partnerId) {
        Object.assign(this.state, {partnerId, chosen: null, term: ""});
        await this.load();
        this.focusFirst();
    }

    /** The next call is another one: its complaint must not get this number. */
    forgetNumber() {
        Object.assign(this.state, {phone: "", partnerId: this.card.partner_id || null});
        return this.state.partnerId ? this.load() : this.clear();
    }

    clear() {
        Object.assign(this.state, {card: null, partnerId: null, chosen: null});
        this.writeAddress();
        this.focusSearch();
    }
}

registry.category("actions").add("complaint_call_card", CallCard);
