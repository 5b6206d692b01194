import {see} from "./complaint_tour_steps";

export const NOTIFICATION = ".o_complaint_incoming_call";

/**
 * Somebody calls the user of this page: the server is asked as a softphone asks it, then the page
 * is told what the bus brings: pages of tests cannot rely on a websocket. Of a call without a number
 * the page cannot know whether it heard of it before: only the page is told.
 *
 * @param {string} number as a telephone system has it
 * @param {string} shown what the notification says
 */
export function ring(number, shown) {
    return [
        {
            content: `${number || "Somebody"} calls`,
            trigger: "body",
            async run() {
                const {services} = odoo.__WOWL_DEBUG__.root.env;
                if (number) {
                    await services.orm.call("complaint.call", "incoming", [number]);
                }
                const date = luxon.DateTime.utc().toFormat("yyyy-MM-dd HH:mm:ss");
                await services.complaint_incoming_call.ring({id: `${Math.random()}`, number, date});
            },
        },
        ...see("It says so", `${NOTIFICATION}:contains("${shown}")`),
    ];
}

/** Alt+Enter, whatever one is writing in. */
export function takeCall() {
    return [
        {content: "Take the call", trigger: NOTIFICATION, run: "press Alt+Enter"},
        ...see("The card is open", ".o_complaint_call"),
        ...see("The call is off the screen", `body:not(:has(${NOTIFICATION}))`),
    ];
}
