import {registry} from "@web/core/registry";

import {
    CURRENT_STATE,
    countFiles,
    dialogIsGone,
    fill,
    fitsTheScreen,
    press,
    see,
    verb,
} from "./complaint_tour_steps";

/** The case library, chapter by chapter; see test_tour_library.py. */
function tour(name, steps) {
    registry.category("web_tour.tours").add(`complaint_library_${name}`, {steps});
}

function field(name, tag) {
    return `.o_form_view .o_field_widget[name=${name}] ${tag}`;
}

// ------------------------------------------------------------
// Written, published, found
// ------------------------------------------------------------
tour("write", () => [
    ...press("What did we learn?", verb("action_make_lesson")),
    ...see("What is known is there", `${field("cause", "textarea")}:value(The cartons got wet)`),
    ...fill("A title of its own", field("name", "textarea"), "Rust from wet cartons"),
    ...fill("What to do", field("advice", "textarea"), "Look at the pallets before they leave"),
    ...press("Hand it in", verb("action_submit")),
    ...see("Somebody else reads it", `${CURRENT_STATE}:contains(In Review)`),
    ...see(
        "Who wrote it does not publish it",
        ".o_form_statusbar:not(:has(button[name=action_publish]))",
    ),
]);

tour("publish", () => [
    ...see("The text", `${field("advice", "textarea")}:value(Look at the pallets)`),
    ...press("It is fine", verb("action_publish")),
    ...see("On the shelf", `${CURRENT_STATE}:contains(Published)`),
]);

const CARD = ".o_kanban_record:not(.o_kanban_ghost)";

tour("find", () => [
    ...see("Everything that is published", `${CARD}:contains(Something else)`),
    ...fill("Some words", ".o_searchview_input", "wet carton"),
    {trigger: ".o_searchview_autocomplete:contains(wet carton)"},
    {content: "Look for them", trigger: ".o_searchview_input", run: "press Enter"},
    ...see("Only what has them", `.o_kanban_view:not(:contains(Something else)) ${CARD}`),
    ...see(
        "The best first, though it is the oldest",
        `.o_kanban_renderer ${CARD}:first:contains(Rust from wet cartons)`,
    ),
    ...see("The others after it", `${CARD}:contains(Mould)`),
    ...press("Read it", `${CARD}:contains(Rust from wet cartons)`),
    ...see("What to do", `${field("advice", "span, textarea")}:contains(Look at the pallets)`),
]);

// ------------------------------------------------------------
// Proposed
// ------------------------------------------------------------
const PROPOSED = ".o_complaint_lessons";

tour("helped", () => [
    ...press("What we knew", `${PROPOSED} button:contains(Rust from wet cartons)`),
    ...see("Why it is shown", `${PROPOSED} li:contains(same product)`),
    ...press("It helped", `${PROPOSED} li button:contains(Helped)`),
    ...see("It says so", `${PROPOSED} li:contains(Helped here):contains(helped 1)`),
]);

// ------------------------------------------------------------
// Taught, on a phone
// ------------------------------------------------------------
tour("training", () => [
    {
        content: "The form fits the screen",
        trigger: ".o_form_view .o_field_widget[name=lesson_ids]:contains(Rust from wet cartons)",
        run: fitsTheScreen,
    },
    ...press("One more", ".o_field_widget[name=attendee_ids] .o-kanban-button-new"),
    ...fill("A name is enough", ".modal .o_field_widget[name=name] input", "Paula Packer"),
    {trigger: ".modal", run: fitsTheScreen},
    ...press("Keep her", ".modal .o_form_button_save"),
    ...dialogIsGone(),
    ...see("She is there", ".o_field_widget[name=attendee_ids]:contains(Paula Packer)"),
    ...press("Save", ".o_form_button_save"),
    {
        content: "Saved",
        trigger: ".o_form_view:not(:has(.o_form_button_save:visible))",
        run: countFiles,
    },
    ...press("The sheet to sign", ".o_form_view button:contains(Print Sheet)"),
    ...see("It came", "body[data-files='1']"),
]);
