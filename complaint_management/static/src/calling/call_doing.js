import {useService} from "@web/core/utils/hooks";

import {getSource} from "./call_choice";
import {describeError} from "./call_format";

/**
 * What the card leads to: a complaint, or a document to look at.
 *
 * @param {object} page the `CallCard` this is for
 * @returns {{complain: Function, complainAboutChosen: Function, open: Function,
 *  openChosen: Function, openCustomer: Function}}
 */
export function useCallDoing(page) {
    const action = useService("action");
    const orm = useService("orm");

    /** Runs one thing at a time and shows what the server says against it. */
    async function run(job) {
        if (page.state.isBusy) {
            return;
        }
        Object.assign(page.state, {isBusy: true, error: ""});
        try {
            await job();
        } catch (error) {
            page.state.error = describeError(error);
        } finally {
            page.state.isBusy = false;
        }
    }

    /** @param {object} source what it is about: `{order_id, picking_id, sale_line_id, lot_id}` */
    function complain(source = {}) {
        return run(async () => {
            const found = await orm.call("complaint.call", "start_complaint", [], {
                partner_id: page.callerId,
                number: page.state.phone,
                ...source,
            });
            await action.doAction(found);
        });
    }

    function open(model, id) {
        return run(() =>
            action.doAction({
                type: "ir.actions.act_window",
                res_model: model,
                res_id: id,
                views: [[false, "form"]],
            }),
        );
    }

    return {
        complain,
        complainAboutChosen: () => complain(getSource(page.state.chosen, page.orders)),
        open,
        openChosen: () => open(page.chosenDocument.model, page.chosenDocument.id),
        openCustomer: () => open("res.partner", page.card.partner_id),
    };
}
