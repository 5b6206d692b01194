import {onWillUnmount} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError} from "@web/core/network/rpc";
import {useBus} from "@web/core/utils/hooks";

/** Milliseconds after the last key; a new complaint gets its place sooner. */
const DELAY = 2000;
const FIRST_DELAY = 1000;
const RETRY_DELAY = 10000;
// Half a number or date is written out when one leaves it, and not under one's hands
const HALF_TYPED = "input[inputmode], .o_field_date input, .o_field_datetime input";

/**
 * Drafts save themselves while somebody types, without a dialog and without taking the focus.
 *
 * @param {Object} controller the form's controller
 * @returns {Object} `changed()`: something was changed; `save()`: save now
 */
export function useDraftSaving(controller) {
    const sign = controller.model.draftSign;
    let timer = null;

    function say(state, reason = "") {
        Object.assign(sign, {state, reason});
    }

    function schedule(delay) {
        browser.clearTimeout(timer);
        timer = browser.setTimeout(save, delay);
    }

    function changed() {
        const root = controller.model.root;
        if (root?.isDraft && !controller.props.readonly) {
            if (sign.state !== "stale") {
                say("waiting");
            }
            schedule(root.isNew ? FIRST_DELAY : DELAY);
        }
    }

    async function save() {
        browser.clearTimeout(timer);
        const root = controller.model.root;
        if (!root?.isDraft || controller.props.readonly || controller.formInDialog) {
            return;
        }
        try {
            if (!document.activeElement?.matches(HALF_TYPED)) {
                await controller.model._askChanges();
            }
            // The onchange of what was just taken over starts the clock again
            browser.clearTimeout(timer);
            const {saved, isSeen} = await root.saveItself();
            if (saved && isSeen === false) {
                say("stale", _t("Somebody else changed this complaint, too. Reload the page."));
            } else if (saved && sign.state === "waiting") {
                say("saved");
            }
        } catch (error) {
            say("waiting", error.data?.message || _t("There is no connection to the server."));
            if (error instanceof ConnectionLostError) {
                schedule(RETRY_DELAY);
            }
        }
    }

    useBus(controller.model.bus, "FIELD_IS_DIRTY", ({detail}) => detail && changed());
    onWillUnmount(() => browser.clearTimeout(timer));
    return {changed, save};
}
