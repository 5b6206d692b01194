import {dialogIsGone, fill, press, see, verb} from "./complaint_tour_steps";
import {registry} from "@web/core/registry";

const STRIP = ".o_complaint_lessons";

/** While handling: what was learned before stands beside the form, and helped. */
registry.category("web_tour.tours").add("complaint_lesson_helps", {
    steps: () => [
        ...see("One quiet line", `${STRIP}:contains('Rust from wet cartons')`),
        ...press("Open it", `${STRIP} button[aria-expanded]`),
        ...see("Why", `${STRIP} li:contains('same product, same defect')`),
        ...press("It helped", `${STRIP} li button:contains('Helped')`),
        ...see("Noted", `${STRIP} li:contains('Helped here')`),
    ],
});

/** From the solved case to the reviewer: drafted, a picture picked, submitted. */
registry.category("web_tour.tours").add("complaint_lesson_make", {
    steps: () => [
        ...press("Make a lesson", verb("action_make_lesson")),
        ...see("The cause is there", ".o_field_widget[name=cause] textarea:value('got wet')"),
        ...fill("Title", ".o_field_widget[name=name] textarea", "Rust from wet cartons"),
        ...press("Photos of the case", verb("action_pick_pictures")),
        ...press("This one", ".modal .o_field_widget[name=is_picked] input"),
        ...press("Take it", ".modal button[name=action_confirm]"),
        ...dialogIsGone(),
        ...see("It is there", ".o_field_widget[name=picture_ids] img"),
        ...press("Submit", verb("action_submit")),
        ...see("In review", ".o_statusbar_status .o_arrow_button_current:contains('In Review')"),
    ],
});
