import {browser} from "@web/core/browser/browser";
import {hasTouch, isMacOS} from "@web/core/browser/feature_detection";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {clearUncommittedChanges} from "@web/webclient/actions/action_service";

import {PATH} from "./call_address";

const RING = "complaint.call/incoming";
/** Nothing else uses it, and Windows leaves it alone, which changes keyboards by Alt+Shift. */
const HOTKEY = "alt+enter";
const MINUTE = 60 * 1000;
/** Who has not answered by then missed the call; the notification would only be in the way. */
const SHOWN = 3 * MINUTE;
/** So many calls fit on a screen; the oldest makes room. */
const MOST = 4;

/**
 * A telephone system says that somebody calls (`complaint.call.incoming`): show who it is, as far
 * as this user may know, and open the call card. Every tab shows it; taken or dismissed in one, it
 * goes from all. A form somebody is writing in is saved before the card opens.
 */
export class IncomingCalls {
    /** @param {object} services `action`, `hotkey`, `notification`, `orm` */
    constructor(env, services) {
        this.env = env;
        Object.assign(this, services);
        /** Key → `{key, number, close, timer}`, the oldest first; see `ring`. */
        this.calls = new Map();
        this.channel = this.openChannel();
        this.removeHotkey = null;
    }

    /** Tells the other tabs of this user; old browsers have none, and each tab is left alone. */
    openChannel() {
        if (!browser.BroadcastChannel) {
            return null;
        }
        const channel = new browser.BroadcastChannel(`complaint_incoming_call_${user.userId}`);
        channel.onmessage = ({data}) => this.drop(data.key);
        return channel;
    }

    /**
     * @param {{id: string, number: string, date: string}} ring what the bus brought; a call that is
     *  shown already is not shown twice; without a number, each is another one
     */
    async ring({id, number, date}) {
        const key = number || id;
        if (this.calls.has(key)) {
            return;
        }
        const call = {key, number};
        this.calls.set(key, call);
        const caller = await this.getCaller(number, date);
        if (!caller || caller.is_over || this.calls.get(key) !== call) {
            this.forget(call);
            return;
        }
        const others = [...this.calls.values()].filter((other) => other.close);
        others.slice(0, Math.max(0, others.length - MOST + 1)).forEach((old) => old.close());
        this.show(call, caller);
    }

    /** @returns {Promise<object|null>} who calls; null for whom the server tells nothing */
    async getCaller(number, date) {
        try {
            return await this.orm.silent.call("complaint.call", "caller", [number, date]);
        } catch {
            return null;
        }
    }

    show(call, caller) {
        call.close = this.notification.add(this.describe(caller), {
            title: this.getTitle(caller),
            type: caller.known ? "info" : "warning",
            sticky: true,
            className: "o_complaint_incoming_call",
            buttons: [
                {
                    name: _t("Open card"),
                    icon: "fa-phone",
                    primary: true,
                    onClick: () => this.open(call),
                },
            ],
            onClose: () => this.onClosed(call),
        });
        call.timer = browser.setTimeout(call.close, SHOWN);
        this.removeHotkey ||= this.hotkey.add(HOTKEY, () => this.openLatest(), {
            bypassEditableProtection: true,
            global: true,
        });
    }

    getTitle(caller) {
        if (caller.known) {
            return _t("Call from %s", caller.name);
        }
        return caller.number ? _t("Call from an unknown number") : _t("Call without a number");
    }

    /** One line for a person who has a second to read it. */
    describe(caller) {
        const parts = [caller.customer_name, caller.city, caller.number];
        if (caller.others) {
            parts.push(
                caller.others === 1
                    ? _t("or another with this number")
                    : _t("or %s others with this number", caller.others),
            );
        }
        if (!hasTouch()) {
            parts.push(isMacOS() ? "Ctrl+Enter" : "Alt+Enter");
        }
        return parts.filter(Boolean).join(" · ");
    }

    openLatest() {
        const shown = [...this.calls.values()].filter((call) => call.close);
        if (shown.length) {
            this.open(shown.at(-1));
        }
    }

    /** Nothing is lost: a form that cannot be saved stays, and the call stays on the screen. */
    async open(call) {
        // By keyboard no field was left: the form knows what was typed only then
        document.activeElement?.blur();
        await new Promise((resolve) => browser.setTimeout(resolve));
        if (!(await clearUncommittedChanges(this.env))) {
            return;
        }
        call.close();
        await this.action.doAction({
            type: "ir.actions.client",
            tag: "complaint_call_card",
            name: _t("Call"),
            path: PATH,
            params: {phone: call.number},
        });
    }

    onClosed(call) {
        browser.clearTimeout(call.timer);
        if (this.calls.get(call.key) === call) {
            this.forget(call);
            this.channel?.postMessage({key: call.key});
        }
    }

    forget(call) {
        if (this.calls.get(call.key) === call) {
            this.calls.delete(call.key);
        }
        if (!this.calls.size && this.removeHotkey) {
            this.removeHotkey();
            this.removeHotkey = null;
        }
    }

    /** Another tab took the call, and knows it. */
    drop(key) {
        const call = this.calls.get(key);
        if (!call) {
            return;
        }
        this.forget(call);
        call.close?.();
    }
}

export const incomingCallService = {
    dependencies: ["action", "bus_service", "hotkey", "notification", "orm"],
    start(env, {bus_service: bus, ...services}) {
        const calls = new IncomingCalls(env, services);
        bus.subscribe(RING, (payload) => calls.ring(payload));
        bus.start();
        return calls;
    },
};

registry.category("services").add("complaint_incoming_call", incomingCallService);
