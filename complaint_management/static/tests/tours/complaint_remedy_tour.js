import {registry} from "@web/core/registry";

import {dialogIsGone, fill, openTab, press, row, see} from "./complaint_tour_steps";

/** From the accepted request to the posted credit note, by role; see test_tour_remedy.py. */
function tour(name, steps) {
    registry.category("web_tour.tours").add(`complaint_remedy_${name}`, {steps});
}

/** The button of one of the customer's requests in the complaint's list. */
function button(request, name) {
    return `${row("demand_ids", request)} button[name=${name}]`;
}

function requestIs(request, state) {
    return see(`${request}: ${state}`, `${row("demand_ids", request)}:contains(${state})`);
}

function back(to) {
    return press("Back", `.o_control_panel .breadcrumb a:contains("${to}"), .o_back_button`);
}

/** A transfer or credit note opened by the press that made it. */
function opened(...words) {
    const said = words.map((word) => `:contains("${word}")`).join("");
    return see("What was made is shown", `.o_form_view:not(.o_complaint_form)${said}`);
}

tour("grant", () => [
    ...openTab("goods"),
    ...press("Take them back", button("Fetch the rusty ones", "action_accept")),
    ...requestIs("Fetch the rusty ones", "Accepted"),
    ...press("And pay for them", button("Our money back", "action_accept")),
    ...requestIs("Our money back", "Accepted"),
    ...see(
        "No money before the goods",
        `${row("demand_ids", "Our money back")}:not(:has(button[name=action_execute]))`,
    ),
    ...press("Carry out the return", button("Fetch the rusty ones", "action_execute")),
    ...opened("Rasp", "3.00"),
    ...back("Rusty rasps"),
    ...openTab("goods"),
    ...see(
        "Nothing is made twice",
        `${row("demand_ids", "Fetch the rusty ones")}:not(:has(button[name=action_execute]))`,
    ),
]);

tour("receive", () => [
    ...press("The return", ".o_list_view .o_data_row:contains(Harbour Hotel) td[name=name]"),
    ...see("Three came", ".o_field_widget[name=move_ids] .o_data_row:contains(Rasp)"),
    ...press("They are here", ".o_form_statusbar button[name=button_validate]"),
    ...see("Received", ".o_statusbar_status .o_arrow_button_current:contains(Done)"),
]);

tour("credit", () => [
    ...openTab("goods"),
    ...requestIs("Fetch the rusty ones", "Done"),
    ...press("Now the money", button("Our money back", "action_execute")),
    ...see(
        "Drafted, once",
        `${row("demand_ids", "Our money back")}:not(:has(button[name=action_execute]))`,
    ),
    ...requestIs("Our money back", "Accepted"),
]);

tour("post", () => [
    ...press("The draft", ".o_list_view .o_data_row:contains(Harbour Hotel) td[name=name]"),
    ...see("What it credits", ".o_field_widget[name=invoice_line_ids] .o_data_row:contains(Rasp)"),
    ...press("Post it", ".o_form_statusbar button[name=action_post]:visible"),
    ...see("Posted", ".o_statusbar_status .o_arrow_button_current:contains(Posted)"),
]);

tour("done", () => [
    ...openTab("goods"),
    ...requestIs("Our money back", "Done"),
    ...requestIs("Fetch the rusty ones", "Done"),
]);

// ------------------------------------------------------------
// On a phone
// ------------------------------------------------------------
/** Verbs of the request's own form; all but the first are behind “More”. */
function headerButton(name) {
    return `.o_form_statusbar button[name=${name}], .o-dropdown--menu button[name=${name}]`;
}

function stateIs(label) {
    return see(
        `It is ${label}`,
        `.o_form_view .o_field_widget[name=state] button:contains(${label}), .o_form_view .o_field_widget[name=state]:contains(${label})`,
    );
}

tour("phone_accept", () => [
    ...press("Accept", headerButton("action_accept")),
    ...stateIs("Accepted"),
]);

tour("phone_return", () => [
    ...press("Carry out", headerButton("action_execute")),
    ...opened("Rasp"),
]);

tour("phone_credit", () => [
    ...press("Carry out", headerButton("action_execute")),
    ...see(
        "Finance has a draft",
        ".o_form_view .o_field_widget[name=document_summary]:contains(Draft)",
    ),
]);

// ------------------------------------------------------------
// Above the limit
// ------------------------------------------------------------
const NOTE = ".modal .o_field_widget[name=note] textarea";

tour("ask", () => [
    ...see("More than he may", ".o_form_view .alert-warning:contains(Ask for approval)"),
    ...press("Ask", headerButton("action_request_approval")),
    ...fill("Why", NOTE, "He buys here every month"),
    ...press("Send it", ".modal button[name=action_confirm]:visible"),
    ...dialogIsGone(),
    ...see("Whom it waits for", ".o_form_view .alert-info:contains(Manager)"),
]);

tour("approve", () => [
    ...press(
        "What waits for me",
        ".o_list_view .o_data_row:contains(the day we lost) td[name=demand_id]",
    ),
    ...press("Approve", headerButton("action_approve")),
    ...fill("A remark", NOTE, "Call him as well"),
    ...press("Yes", ".modal button[name=action_confirm]:visible"),
    ...dialogIsGone(),
    ...see("Decided", ".o_form_view .o_arrow_button_current:contains(Approved)"),
]);

tour("promise", () => [
    ...see("He may now", ".o_form_view .alert-success:contains(Approved by Manager)"),
    ...press("Accept", headerButton("action_accept")),
    ...stateIs("Accepted"),
]);
