import {registry} from "@web/core/registry";

import {
    CURRENT_STATE,
    autocomplete,
    chip,
    fill,
    fillCell,
    fillSelection,
    openTab,
    press,
    see,
} from "./complaint_tour_steps";

import {ask, howMany, register, saysWords} from "./complaint_quick_steps";

const {DateTime} = luxon;

/** What a salesperson is asked to do at most, from the order to the registered complaint (R3). */
const MAX_INTERACTIONS = 8;
/** Each entry is one interaction of the salesperson. */
const REGISTERING = [
    press("The customer complains about this order", "button[name=action_create_complaint]"),
    saysWords("The tips of the screwdrivers are rusty."),
    fill(
        "Say what is wrong",
        ".o_field_widget[name=defect_id] input",
        "Rust",
        autocomplete("Rust"),
    ),
    howMany("Screwdriver", "3"),
    ask("cause_prevention"),
    press("There is no photo yet", chip("evidence_ids", "Photo follows")),
    register(),
];

registry.category("web_tour.tours").add("complaint_main_sales", {
    steps: () => {
        if (REGISTERING.length > MAX_INTERACTIONS) {
            throw new Error(`${REGISTERING.length} interactions to register a complaint`);
        }
        return [
            ...REGISTERING.flat(),
            ...see("It is registered", `${CURRENT_STATE}:contains(Registered)`),
            ...see(
                "Goods nobody complained about are gone",
                ".o_field_widget[name=line_ids]:not(:has(.o_data_row:contains(Hammer)))",
            ),
            ...openTab("plan"),
            ...see("Quality has something to do", ".o_field_widget[name=action_ids] .o_data_row"),
        ];
    },
});

const ACTION = ".o_field_widget[name=action_ids] .o_selected_row";

function addMeasure(label, what) {
    const deadline = DateTime.now().plus({days: 14}).toFormat("MM/dd/yyyy");
    return [
        ...press(`Add: ${label}`, chip("action_ids", label)),
        ...see("Its row is open", `${ACTION} td[name=kind] input:value("${label} action")`),
        ...fill("What has to be done", `${ACTION} td[name=name] input`, what),
        ...press("By when", `${ACTION} td[name=deadline] input, ${ACTION} td[name=deadline]`),
        ...fill("By when", `${ACTION} td[name=deadline] input`, deadline),
    ];
}

registry.category("web_tour.tours").add("complaint_main_quality", {
    steps: () => [
        ...fillCell(
            "Answer the request",
            ".o_field_widget[name=demand_ids] .o_data_row td[name=answer]",
            "Our report tells you the cause and what we do about it.",
        ),
        ...openTab("plan"),
        ...fill(
            "Write the plan",
            ".o_field_widget[name=plan_summary] textarea",
            "We replace the three screwdrivers and look at the oil bath.",
        ),
        ...addMeasure("Corrective", "Measure the oil bath each shift"),
        ...addMeasure("Preventive", "Measure it in the other two workshops, too"),
        ...openTab("causes"),
        ...fillSelection("Is it justified?", "validity", "Justified"),
        ...fill(
            "What was found",
            ".o_field_widget[name=investigation_result] textarea",
            "The oil bath had 3 % instead of 8 %.",
        ),
        ...press("Add a cause", ".o_field_widget[name=cause_ids] .o_field_x2many_list_row_add a"),
        ...fill(
            "Why",
            ".modal .o_field_widget[name=name] textarea",
            "The oil bath was too thin: nobody was told to measure it.",
        ),
        ...fill(
            "Where it lies",
            ".modal .o_field_widget[name=category_id] input",
            "Method",
            autocomplete("Method"),
        ),
        ...fill(
            "What proves it",
            ".modal .o_field_widget[name=evidence_note] textarea",
            "Log of the bath, salt spray test",
        ),
        ...press("Keep it", ".modal .o_form_button_save"),
        ...see("The dialog is gone", "body:not(:has(.modal))"),
        ...press("Save", ".o_form_button_save"),
        ...press(
            "It is proven",
            ".o_field_widget[name=cause_ids] .o_data_row button[name=action_verify]",
        ),
        ...see("Verified", ".o_field_widget[name=cause_ids] .o_data_row:contains(Verified)"),
        ...press("Release the plan", ".o_form_statusbar button[name=action_release]"),
        ...see("Released", `${CURRENT_STATE}:contains(Planned)`),
        ...press("Ask for approval", "button[name=action_request_approval]"),
        ...see("Asked", ".o_field_widget[name=measures_state]:contains(To approve)"),
    ],
});

registry.category("web_tour.tours").add("complaint_main_manager", {
    steps: () => [
        ...openTab("causes"),
        ...press("Approve", ".o_form_statusbar button[name=action_approve_measures]"),
        ...see("Approved", ".o_field_widget[name=measures_state]:contains(Approved)"),
        ...openTab("reports"),
        ...press("Make the report", "button[name=action_generate_preventive_report]"),
        ...see("The report is a draft", `${CURRENT_STATE}:contains(Draft)`),
        ...press("Approve it", ".o_form_statusbar button[name=action_approve]"),
        ...see("The document is frozen", `${CURRENT_STATE}:contains(Approved)`),
        ...openTab("document"),
        ...see("One sees it", ".o_field_widget[name=pdf] iframe"),
        ...press("Send it", ".o_form_statusbar button[name=action_send]"),
        ...press("Send the mail", ".modal button[name=action_send_mail]"),
        ...see("It is sent", `${CURRENT_STATE}:contains(Sent)`),
    ],
});
