import {registry} from "@web/core/registry";

import {QUICK, ask, howMany, register, saysWords} from "./complaint_quick_steps";
import {NOTIFICATION, ring, takeCall} from "./complaint_ring_steps";
import {autocomplete, chip, countInteractions, fill, press, see} from "./complaint_tour_steps";

/** What a salesperson is asked to do at most, from the ring to the registered complaint (R1). */
const MAX_INTERACTIONS = 12;
const KNOWN = "+1 (555) 010-0101";
const SEARCH = ".o_complaint_call_search input";
const ORDER = ".o_complaint_call_order:contains(HH-4711)";
const DEFECT = ".o_field_widget[name=defect_id] input";

function registering(taken, defect) {
    return [
        taken,
        press("See what was in it", `${ORDER} .o_complaint_call_unfold`),
        press(
            "He complains about the screwdrivers",
            `${ORDER} li:contains(Screwdriver) button:contains(Complaint)`,
        ),
        saysWords("The tips of the screwdrivers are rusty."),
        defect,
        howMany("Screwdriver", "3"),
        ask("cause_prevention"),
        press("There is no photo yet", chip("evidence_ids", "Photo follows")),
        register(),
    ];
}

function fromRingToRegistered(taken, defect) {
    const steps = registering(taken, defect).flat();
    const interactions = countInteractions(steps);
    if (interactions > MAX_INTERACTIONS) {
        throw new Error(`${interactions} interactions to register a complaint`);
    }
    return [
        ...ring(KNOWN, "Harbour Hotel"),
        ...steps,
        ...see(
            "It is registered, and shown whole",
            `.o_form_view:not(:has(${QUICK})) .o_field_widget[name=state]:contains(Registered)`,
        ),
    ];
}

const isNotWider = {
    content: "Nothing has to be scrolled sideways",
    trigger: ".o_complaint_call_order",
    run() {
        for (const element of document.querySelectorAll(".o_complaint_call, .o_content")) {
            if (element.scrollWidth > window.innerWidth) {
                throw new Error(`${element.className} is ${element.scrollWidth} px wide`);
            }
        }
    },
};

registry.category("web_tour.tours").add("complaint_call_registered", {
    steps: () =>
        fromRingToRegistered(
            takeCall(),
            fill("Say what is wrong", DEFECT, "Rust", autocomplete("Rust")),
        ),
});

registry.category("web_tour.tours").add("complaint_call_registered_phone", {
    steps: () =>
        fromRingToRegistered(
            [...press("Take the call", `${NOTIFICATION} button:contains(Open card)`), isNotWider],
            // The list of defects fills the screen
            [
                ...press("Say what is wrong", DEFECT),
                ...press("Say what is wrong: pick", ".modal .o_kanban_record:contains(Rust)"),
            ],
        ),
});

/** One key or several at once, where the focus is. */
function key(content, keys, trigger = "body") {
    return [{content, trigger, run: `press ${keys}`, timeout: 60000}];
}

registry.category("web_tour.tours").add("complaint_call_keyboard", {
    steps: () => [
        ...see("One may type at once", `${SEARCH}:focus`),
        {content: "A name", trigger: `${SEARCH}:focus`, run: "fill Harbour"},
        ...see("Several have it", ".o_complaint_call_results li:eq(1)"),
        ...key("Go to the first", "ArrowDown", SEARCH),
        ...key("Go to the second", "ArrowDown", SEARCH),
        ...see("It is marked", ".o_complaint_call_results li.active:contains(Harbour Hotel)"),
        ...key("Choose it", "Enter", SEARCH),
        ...see("His orders are shown", ORDER),
        ...see("The focus is on what comes next", "button.o_complaint_call_first:focus"),
        ...key("Back to the search box", "Escape"),
        ...see("It has the focus", `${SEARCH}:focus`),
        {content: "The customer's number of an order", trigger: SEARCH, run: "fill HH-4711"},
        ...key("Open it", "Enter", SEARCH),
        ...see("What was found", ".o_complaint_call_chosen:contains(HH-4711)"),
        ...see("One may complain about it", ".o_complaint_call_chosen .btn-primary:focus"),
        ...key("Complain about the last order", "Alt+Shift+1"),
        ...see("Its complaint is open", ".o_complaint_form .o_field_widget[name=description]"),
    ],
});

/** A hotel calls about what its dealer ordered. */
registry.category("web_tour.tours").add("complaint_call_others_order", {
    steps: () => [
        ...see("Who calls", ".o_complaint_call_who:contains(Hanna Harbour)"),
        {content: "The dealer's order", trigger: `${SEARCH}:focus`, run: "fill CS-0815"},
        ...key("Open it", "Enter", SEARCH),
        ...see("It is the dealer's", ".o_complaint_call_who h2:contains(Corner Shop)"),
        ...see("The hotel is on the phone", ".o_complaint_call_on_phone:contains(Hanna Harbour)"),
        isNotWider,
        ...press("Back to the hotel", ".o_complaint_call_on_phone button"),
        ...see("Its orders", ORDER),
        ...see("Nobody else is on the phone", "body:not(:has(.o_complaint_call_on_phone))"),
        {content: "The dealer's order again", trigger: SEARCH, run: "edit CS-0815"},
        ...key("Open it", "Enter", SEARCH),
        ...see("The hotel is on the phone", ".o_complaint_call_on_phone:contains(Hanna Harbour)"),
        ...press("Complain about it", ".o_complaint_call_chosen .btn-primary"),
        ...see("Its complaint is open", `${QUICK} .o_field_widget[name=description]`),
    ],
});

const NOTHING = ".o_complaint_call_nothing";

function type(content, text) {
    return [{content, trigger: SEARCH, run: `edit ${text}`}];
}

registry.category("web_tour.tours").add("complaint_call_nothing", {
    steps: () => [
        ...type("What nobody has", "qwxzzy"),
        ...see("It says so", `${NOTHING}:contains(take the call without it)`),
        ...key("Without it", "Enter", SEARCH),
        ...see(
            "A direct complaint is next",
            "button.o_complaint_call_first:focus:contains(Direct)",
        ),
        ...see("The box is free again", `.o_complaint_call:not(:has(${NOTHING}))`),
        ...type("The end of a number", "010 0101"),
        ...key("Whose is it?", "Enter", SEARCH),
        ...see("Her card", "fieldset:enabled h2:contains(Harbour Hotel)"),
        ...type("What nobody has", "555"),
        ...see("It says what is missing", `${NOTHING}:contains(last six digits)`),
        ...see("Her card cannot be acted on", "fieldset:disabled h2:contains(Harbour Hotel)"),
        ...key("Go on with her", "Enter", SEARCH),
        ...see("Her card can", "fieldset:enabled button.o_complaint_call_first:focus"),
        ...type("A number nobody has", "999 888 7777"),
        ...see("It may be taken", `${NOTHING}:contains(from this number)`),
        ...key("Take it", "Enter", SEARCH),
        ...see("It is nobody's", ".o_complaint_call_unknown:contains(888)"),
        ...see(
            "A direct complaint is next",
            "button.o_complaint_call_first:focus:contains(Direct)",
        ),
        ...see(
            "Who may not create contacts is not asked for one",
            ".o_complaint_call_buttons:not(:contains(New contact)) ~ p:contains(Creation)",
        ),
    ],
});
