/** Steps of the quick form of a draft. */

import {fill, press, see} from "./complaint_tour_steps";

export const QUICK = ".o_complaint_quick";

export function goods(text) {
    return `${QUICK} .o_complaint_quick_line:contains("${text}")`;
}

export function howMany(text, quantity) {
    return fill(
        `How many of ${text}`,
        `${goods(text)} .o_complaint_quick_quantity input`,
        `${quantity} && press Tab`,
    );
}

export function ask(kind) {
    return press("What he asks for", `${QUICK} .o_complaint_quick_requests [data-kind=${kind}]`);
}

export function register() {
    return press("Register", `${QUICK} .o_complaint_quick_footer button[name=action_register]`);
}

export function saysWords(words) {
    return fill(
        "Write down what the customer said",
        `${QUICK} .o_field_widget[name=description] textarea`,
        words,
    );
}

/** Nothing was pressed: the draft saved itself. */
export function savesItself() {
    return see("It saved itself", ".o_complaint_draft_sign[data-state=saved]");
}
