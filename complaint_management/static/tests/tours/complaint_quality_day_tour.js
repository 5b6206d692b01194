import {registry} from "@web/core/registry";

import {
    CURRENT_STATE,
    autocomplete,
    chip,
    dialogIsGone,
    fill,
    fillCell,
    fillLines,
    fillSelection,
    openTab,
    press,
    row,
    save,
    see,
    verb,
} from "./complaint_tour_steps";

const {DateTime} = luxon;

/** Monday morning of the quality manager, chapter by chapter; see test_tour_quality_day.py. */
function tour(name, steps) {
    registry.category("web_tour.tours").add(`complaint_quality_day_${name}`, {steps});
}

function clockRow(complaint, kind) {
    return `.o_list_view .o_data_row:contains("${complaint}"):contains("${kind}")`;
}

// ------------------------------------------------------------
// Deadlines
// ------------------------------------------------------------
tour("deadlines", () => [
    ...see("One is breached", `${clockRow("Rusty tips", "First response")}:contains(Breached)`),
    ...see("One is warned of", `${clockRow("Wrong colour", "Handling")}:contains(Warning)`),
    ...see(
        "Only managers extend",
        ".o_list_view:has(button[name=action_pause]):not(:has(button[name=action_extend]))",
    ),
    ...press("Open the case", `${clockRow("Rusty tips", "First response")} td[name=kind]`),
    ...see(
        "It says what is late",
        ".o_complaint_form [name=overdue_strip]:contains(Answer the customer)",
    ),
    ...see("How late", ".o_complaint_clocks .text-bg-danger:contains(First response)"),
    ...press("Call the customer, and say so", verb("action_log_call")),
    ...see("Next is the plan", ".o_complaint_form [name=next_step_strip]:contains(Write the plan)"),
    ...see("No second first answer", `body:not(:has([name=overdue_strip]:visible))`),
]);

tour("pause", () => [
    ...openTab("clocks"),
    ...press("Pause the handling", `${row("clock_ids", "Handling")} button[name=action_pause]`),
    ...see(
        "It is ticked, the others are not",
        ".modal .o_field_widget[name=clock_ids]:has(input:checked):has(input:not(:checked))",
    ),
    ...fill(
        "Why",
        ".modal .o_field_widget[name=reason] textarea",
        "The customer sends the goods back first",
    ),
    ...press("Confirm", ".modal button[name=action_confirm]"),
    ...dialogIsGone(),
    ...see("It is paused", `${row("clock_ids", "Handling")}:contains(Paused)`),
    ...see("The report runs on", `${row("clock_ids", "Report")}:contains(Running)`),
    ...see("The log says why", row("clock_event_ids", "The customer sends the goods back first")),
    ...press("They came", `${row("clock_ids", "Handling")} button[name=action_resume]`),
    ...see("It runs again", `${row("clock_ids", "Handling")}:contains(Warning)`),
    ...see("The log says so", row("clock_event_ids", "Resumed")),
    ...see("He cannot extend", "body:not(:has(button[name=action_extend]))"),
]);

tour("extend", () => [
    ...openTab("clocks"),
    ...press("More time", `${row("clock_ids", "Handling")} button[name=action_extend]`),
    ...fill("How much", ".modal .o_field_widget[name=amount] input", "3"),
    ...see("Until when", ".modal .o_field_widget[name=preview]:contains(Handling)"),
    ...fill("Why", ".modal .o_field_widget[name=reason] textarea", "The customer agreed"),
    ...press("Confirm", ".modal button[name=action_confirm]"),
    ...dialogIsGone(),
    ...see("No warning any more", `${row("clock_ids", "Handling")}:contains(Running)`),
    ...see("The log says why", row("clock_event_ids", "The customer agreed")),
]);

// ------------------------------------------------------------
// The plan, an objection, the answer
// ------------------------------------------------------------
const OPEN_ACTION = ".o_field_widget[name=action_ids] .o_selected_row";

tour("plan", () => [
    ...openTab("plan"),
    ...fill(
        "Write the plan",
        ".o_field_widget[name=plan_summary] textarea",
        "We sort the stock and ask the supplier.",
    ),
    ...press("Split it", chip("action_ids", "Add an action")),
    ...fill("What", `${OPEN_ACTION} td[name=name] input`, "Ask the supplier for all his records"),
    ...fillCell("Who", `${OPEN_ACTION} td[name=user_id]`, "Purchasing", autocomplete("Purchasing")),
    ...press("By when", `${OPEN_ACTION} td[name=deadline]`),
    ...fill(
        "By when",
        `${OPEN_ACTION} td[name=deadline] input`,
        DateTime.now().plus({days: 2}).toFormat("MM/dd/yyyy"),
    ),
    ...press("Release", verb("action_release")),
    ...see("Released", `${CURRENT_STATE}:contains(Planned)`),
    ...see(
        "Version 1 was sent",
        `${row("plan_version_ids", "Quality")} td[name=number]:contains(1)`,
    ),
]);

tour("object", () => [
    ...press("My action", ".o_data_row td[name=name]:contains(all his records)"),
    ...press("Object", verb("action_object")),
    ...fill("Why", ".modal .o_field_widget[name=note] textarea", "He keeps them for one year only"),
    ...press("Confirm", ".modal button[name=action_confirm]"),
    ...dialogIsGone(),
    ...see("The lead has it", ".o_form_view .alert:contains(He keeps them for one year only)"),
]);

const OBJECTED = row("action_ids", "all his records");

tour("answer", () => [
    ...see("It is his turn", "[name=next_step_strip]:contains(Answer the objection)"),
    ...openTab("plan"),
    ...see(
        "Who objects, and why",
        "[name=objections]:contains(Purchasing):contains(He keeps them for one year only)",
    ),
    ...press("Ask for less", `${OBJECTED} td[name=name]`),
    ...fill(
        "Ask for less",
        `${OPEN_ACTION} td[name=name] input`,
        "Ask the supplier for this year's records",
    ),
    ...press("Ask again", `${row("action_ids", "Objected")} button[name=action_restart]`),
    ...see("Asked again", `${row("action_ids", "Purchasing")}:not(:contains(Objected))`),
    ...see("No objection waits", "body:not(:has([name=objections]:visible))"),
    ...see(
        "Version 2 was sent",
        `${row("plan_version_ids", "Quality")} td[name=number]:contains(2)`,
    ),
    ...see(
        "Version 1 is still there",
        `${row("plan_version_ids", "Quality")} td[name=number]:contains(1)`,
    ),
]);

tour("accept", () => [
    ...press("My action", ".o_data_row td[name=name]:contains(this year's records)"),
    ...press("Accept", verb("action_accept")),
    ...see("I am on it", `${CURRENT_STATE}:contains(Accepted)`),
]);

// ------------------------------------------------------------
// What was found
// ------------------------------------------------------------
tour("findings", () => [
    ...openTab("causes"),
    ...press("The first point", `${row("point_ids", "Rust")} td[name=defect_id]`),
    ...fillSelection("He is right", "finding", "Confirmed", ".modal"),
    ...fill(
        "What was found",
        ".modal .o_field_widget[name=finding_note] textarea",
        "Rust under the film of two tips",
    ),
    ...press("Keep it", ".modal .o_form_button_save"),
    ...dialogIsGone(),
    ...press("The second point", `${row("point_ids", "Scratch")} td[name=defect_id]`),
    ...fillSelection("He is not", "finding", "No trouble found", ".modal"),
    ...press("Keep it", ".modal .o_form_button_save"),
    ...dialogIsGone(),
    ...save(),
    ...see("Partly right", ".o_field_widget[name=validity] input:value(Partly justified)"),
    ...openTab("goods"),
    ...fillCell(
        "Two of three",
        `${row("line_ids", "Screwdriver")} td[name=quantity_confirmed]`,
        "2",
    ),
    ...save(),
    ...see("Nothing left to confirm", "body:not(:has(button[name=action_confirm_quantities]))"),
]);

tour("cause", () => [
    ...openTab("causes"),
    ...press("Add a cause", chip("cause_ids", "Add a cause")),
    ...fill("The cause", ".modal .o_field_widget[name=name] textarea", "The oil bath was too thin"),
    ...fillLines(
        "Whys",
        ".modal .o_field_widget[name=whys] textarea",
        "Nobody measured it.",
        "Nobody was told to.",
    ),
    ...fill(
        "Where it lies",
        ".modal .o_field_widget[name=category_id] input",
        "Method",
        autocomplete("Method"),
    ),
    ...fill(
        "The photo proves it",
        ".modal .o_field_widget[name=evidence_ids] input",
        "Oil bath",
        autocomplete("Photo of the oil bath"),
    ),
    ...press("Keep it", ".modal .o_form_button_save"),
    ...dialogIsGone(),
    ...save(),
    ...press("It is proven", `${row("cause_ids", "The oil bath")} button[name=action_verify]`),
    ...see("Verified", `${row("cause_ids", "The oil bath")}:contains(Verified)`),
]);

// ------------------------------------------------------------
// The workshop
// ------------------------------------------------------------
function note(action, text) {
    return fillCell(
        `Done: ${action}`,
        `.o_data_row:contains("${action}") td[name=result_draft]`,
        text,
    );
}

tour("workshop", () => [
    ...note("Sort the pallet", "All sorted, 40 bad"),
    ...note("Clean the line", "Cleaned, oil changed"),
    ...press("Close both", "button[name=action_finish_noted]"),
    ...see("Both are gone", ".o_list_view:not(:has(.o_data_row))"),
]);

// ------------------------------------------------------------
// The end
// ------------------------------------------------------------
function missing(...sentences) {
    return sentences.flatMap((text) => see(`Missing: ${text}`, `.modal:contains("${text}")`));
}

tour("resolve", () => [
    ...press("Resolve", verb("action_resolve")),
    ...missing(
        "still needs",
        "an answer to the request “Cause and prevention”",
        "the action “Sort the pallet”",
        "the finding on “Test: rust”",
        "the finding on “Test: scratch”",
        "whether the complaint is justified",
        "a verified cause",
        "the preventive-action report sent to the customer",
    ),
    ...press("I see", ".modal .modal-footer button"),
    ...dialogIsGone(),
    ...see("Nothing happened", `${CURRENT_STATE}:contains(In Progress)`),
]);

tour("resolved", () => [
    ...press("Resolve", verb("action_resolve")),
    ...see("In one press", `${CURRENT_STATE}:contains(Resolved)`),
]);

tour("rounds", () => [
    ...openTab("rounds"),
    ...press("The round", `${row("round_ids", "1")} td[name=kind]`),
    ...see("Its plan", ".modal .o_field_widget[name=plan_summary]:contains(We sort the stock)"),
    ...see("Both versions", `.modal ${row("plan_version_ids", "this year's records")}`),
    ...see("Its deadlines", `.modal ${row("clock_ids", "First response")}:contains(Breached)`),
    ...see("Its deadlines", `.modal ${row("clock_ids", "Handling")}:contains(Met)`),
]);
