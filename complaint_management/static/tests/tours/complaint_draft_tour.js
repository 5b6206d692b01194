import {registry} from "@web/core/registry";

import {QUICK, savesItself} from "./complaint_quick_steps";
import {chip} from "./complaint_tour_steps";

const WORDS = ".o_field_widget[name=description]";
const BACK = ".o_breadcrumb .o_back_button, .o_breadcrumb a:contains(Complaints)";
const ROW = ".o_field_widget[name=evidence_ids] .o_selected_row td[name=name] input";

/** What a browser tells the page when one looks at another tab: the form saves itself. */
function lookAtAnotherTab() {
    Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
    document.dispatchEvent(new window.Event("visibilitychange"));
    delete document.visibilityState;
}

/** Typing only: the field is not left, nothing is pressed. */
function type(text) {
    return ({anchor}) => {
        anchor.focus();
        anchor.setRangeText(text, anchor.value.length, anchor.value.length, "end");
        anchor.dispatchEvent(new window.InputEvent("input", {bubbles: true}));
    };
}

/** The cursor is where the last letter was typed. */
function isStillTyping({anchor}) {
    const {activeElement} = document;
    if (activeElement !== anchor || anchor.selectionStart !== anchor.value.length) {
        throw new Error(`The cursor went away, to ${activeElement?.outerHTML.slice(0, 80)}`);
    }
}

function says(trigger, text) {
    return {
        content: `It says: ${text}`,
        trigger,
        run({anchor}) {
            if (anchor.value !== text) {
                throw new Error(`It says “${anchor.value}”`);
            }
        },
    };
}

function reload() {
    return {
        content: "Reload the page",
        trigger: QUICK,
        run: () => window.location.reload(),
        expectUnloadPage: true,
    };
}

const slow = (steps) => steps.map((step) => ({timeout: 60000, ...step}));

registry.category("web_tour.tours").add("complaint_draft_untouched", {
    steps: () => [
        {content: "New complaint", trigger: ".o_list_button_add", run: "click"},
        {content: "Look elsewhere", trigger: `${WORDS} textarea`, run: lookAtAnotherTab},
        {content: "Nobody is told off", trigger: `${WORDS}:not(.o_field_invalid)`},
        {content: "Still a new one", trigger: ".o_form_view:contains(New complaint)"},
        {content: "Go away", trigger: BACK, run: "click"},
        {content: "Back in the list", trigger: ".o_list_view"},
    ],
});

registry.category("web_tour.tours").add("complaint_draft_words", {
    steps: () => [
        {content: "New complaint", trigger: ".o_list_button_add", run: "click"},
        {content: "Words", trigger: `${WORDS} textarea`, run: "edit It is too short"},
        {content: "Go away", trigger: BACK, run: "click"},
        {content: "It is in the list", trigger: ".o_data_row:contains(It is too short)"},
    ],
});

/** The form of a new complaint gets its number while one types (R3). */
registry.category("web_tour.tours").add("complaint_draft_new", {
    steps: () =>
        slow([
            {content: "New complaint", trigger: ".o_list_button_add", run: "click"},
            {content: "First words", trigger: `${WORDS} textarea`, run: type("It is")},
            ...savesItself(),
            {content: "Still typing", trigger: `${WORDS} textarea`, run: isStillTyping},
            {content: "Further words", trigger: `${WORDS} textarea`, run: type(" too long")},
            {trigger: ".o_complaint_draft_sign[data-state=waiting]"},
            ...savesItself(),
            says(`${WORDS} textarea`, "It is too long"),
        ]),
});

/** Typed, reloaded, there; an open row stays open while it is saved under one's hands (R3). */
registry.category("web_tour.tours").add("complaint_draft_reload", {
    steps: () =>
        slow([
            {content: "Words", trigger: `${QUICK} ${WORDS} textarea`, run: type("Rusty")},
            ...savesItself(),
            {content: "Still typing", trigger: `${QUICK} ${WORDS} textarea`, run: isStillTyping},
            {content: "A photo", trigger: chip("evidence_ids", "Photo follows"), run: "click"},
            {content: "What it will show", trigger: ROW, run: type(" of a tip")},
            {trigger: ".o_complaint_draft_sign[data-state=waiting]"},
            ...savesItself(),
            {content: "Its row is open", trigger: ROW, run: isStillTyping},
            {content: "Go on", trigger: ROW, run: type(" in the light")},
            {trigger: ".o_complaint_draft_sign[data-state=waiting]"},
            ...savesItself(),
            {content: "Its row is open", trigger: ROW, run: isStillTyping},
            reload(),
            says(`${QUICK} ${WORDS} textarea`, "Rusty"),
            {
                trigger:
                    ".o_field_widget[name=evidence_ids] .o_data_row:contains(Photo of a tip in the light)",
            },
            {content: "Half a word", trigger: `${QUICK} ${WORDS} textarea`, run: type(" ti")},
            reload(),
            says(`${QUICK} ${WORDS} textarea`, "Rusty ti"),
        ]),
});
