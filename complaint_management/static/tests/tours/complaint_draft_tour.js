import {registry} from "@web/core/registry";

const WORDS = ".o_field_widget[name=description]";
const BACK = ".o_breadcrumb .o_back_button, .o_breadcrumb a:contains(Complaints)";

/** What a browser tells the page when one looks at another tab: the form saves itself. */
function lookAtAnotherTab() {
    Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
    document.dispatchEvent(new window.Event("visibilitychange"));
    delete document.visibilityState;
}

registry.category("web_tour.tours").add("complaint_draft_untouched", {
    steps: () => [
        {content: "New complaint", trigger: ".o_list_button_add", run: "click"},
        {content: "Look elsewhere", trigger: `${WORDS} textarea`, run: lookAtAnotherTab},
        {content: "Only the words are missing", trigger: `${WORDS}.o_field_invalid`},
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
