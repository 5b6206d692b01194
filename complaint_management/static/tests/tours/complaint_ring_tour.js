import {registry} from "@web/core/registry";

import {NOTIFICATION, ring, takeCall} from "./complaint_ring_steps";
import {press, see} from "./complaint_tour_steps";

const KNOWN = "+1 555 010 0101";
const WORDS = ".o_field_widget[name=description] textarea";

registry.category("web_tour.tours").add("complaint_incoming_call", {
    steps: () => [
        ...press("New complaint", ".o_list_button_add"),
        {
            content: "In the middle of a sentence",
            trigger: WORDS,
            run() {
                this.anchor.focus();
                document.execCommand("insertText", false, "The handle is loo");
            },
        },
        ...ring(KNOWN, "Hanna Harbour"),
        ...ring(KNOWN, "Hanna Harbour"),
        ...see("It is one call", `body:not(:has(${NOTIFICATION} ~ ${NOTIFICATION}))`),
        ...takeCall(),
        ...see("It is about this number", ".o_complaint_call:contains(555)"),
        ...ring("<b>1</b>", "unknown number. <b>1</b>"),
        ...press("Not now", `${NOTIFICATION} .o_notification_close`),
        ...see("It is gone", `body:not(:has(${NOTIFICATION}))`),
        ...ring("", "Call without a number"),
        ...ring("", "Call without a number"),
        ...see("It is another one", `${NOTIFICATION} ~ ${NOTIFICATION}`),
        ...press("Take the last", `${NOTIFICATION}:last button:contains(Open card)`),
        ...see("The other still rings", `body:not(:has(${NOTIFICATION} ~ ${NOTIFICATION}))`),
        ...see("It is on the screen", NOTIFICATION),
        ...see("The card is nobody's", ".o_complaint_call:contains(Who is calling?)"),
    ],
});

registry.category("web_tour.tours").add("complaint_call_next_address", {
    steps: () => [
        ...ring(KNOWN, "Hanna Harbour"),
        ...takeCall(),
        ...see("Her card", ".o_complaint_call h2:contains(Hanna Harbour)"),
        {
            content: "Then a softphone opens the address of another caller in this tab",
            trigger: "body",
            run() {
                window.location.href = "/odoo/call?phone=15550100177";
            },
            expectUnloadPage: true,
        },
        ...see("It is about that one", ".o_complaint_call_unknown:contains(0177)"),
    ],
});
