import {dialogIsGone, fill, fillSelection, press, row, see, verb} from "./complaint_tour_steps";
import {registry} from "@web/core/registry";

const OPTION = ".o_field_widget[name=option_ids] .o_selected_row";

/** Count rows: on a busy machine the row before is still open when one goes on. */
function addOption(name, label, number) {
    return [
        ...press(
            "Another option",
            ".o_field_widget[name=option_ids] .o_field_x2many_list_row_add a",
        ),
        ...see(
            "A row of its own",
            `.o_field_widget[name=option_ids] .o_data_row:nth-of-type(${number}).o_selected_row`,
        ),
        ...fill("What we offer", `${OPTION} td[name=name] input`, name),
        ...press("How it is carried out", `${OPTION} td[name=remedy_kind]`),
        ...fillSelection("How it is carried out", "remedy_kind", label, OPTION),
    ];
}

function closeLetter(words) {
    return [
        ...see("The letter says it", `.modal .o_field_widget[name=body]:contains("${words}")`),
        ...press("Not now", ".modal .btn-close, .modal .o_form_button_cancel"),
        ...dialogIsGone(),
    ];
}

/** A request is answered with two options; the customer chooses the money. */
registry.category("web_tour.tours").add("complaint_offer_options", {
    steps: () => [
        ...see("Whether we can", ".o_field_widget[name=feasibility]:contains('free in stock')"),
        ...see("What others got", ".o_field_widget[name=similar_cases]:contains('1 like cases')"),
        ...addOption("Three new ones", "Exchange", 1),
        ...addOption("A discount", "Discount", 2),
        ...press("How much", `${OPTION} td[name=amount]`),
        ...fill("How much", `${OPTION} td[name=amount] input`, "45"),
        ...press("Offer", verb("action_offer")),
        ...closeLetter("Three new ones"),
        ...press("He chooses", `${row("option_ids", "A discount")} button[name=action_choose]`),
        ...see("Accepted", ".o_statusbar_status .o_arrow_button_current:contains('Accepted')"),
        ...see("As he chose", ".o_field_widget[name=remedy_kind]:contains('Discount')"),
        ...see("As he chose", ".o_field_widget[name=amount]:contains('45.00')"),
    ],
});

/** Declining asks why and what instead, and proposes the letter. */
registry.category("web_tour.tours").add("complaint_offer_decline", {
    steps: () => [
        ...press(
            "Decline",
            ".o_field_widget[name=demand_ids] .o_data_row button[name=action_decline]",
        ),
        ...fillSelection("Because", "reason", "Not justified", ".modal"),
        ...fill("Why not", ".modal .o_field_widget[name=answer] textarea", "They were dry."),
        ...fillSelection("A proposal", "proposal", "Come and look", ".modal"),
        ...see(
            "It is written",
            ".modal .o_field_widget[name=alternative] textarea:value('look at it together')",
        ),
        ...press("Decline", ".modal button[name=action_confirm]"),
        ...closeLetter("look at it together"),
        ...see("Declined", row("demand_ids", "Declined")),
    ],
});
