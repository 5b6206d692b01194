import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Only ends what hangs: on a busy machine a page takes its time. */
const patient = (steps) => steps.map((step) => ({timeout: 60000, ...step}));

/** Drafts for all selected complaints, the bar runs to its end, one that failed is named (R44). */
tours.add("complaint_report_batch", {
    steps: () =>
        patient([
            {
                content: "Select all complaints",
                trigger: ".o_list_view thead .o_list_record_selector input",
                run: "click",
            },
            {
                content: "Open the actions",
                trigger: ".o_cp_action_menus .dropdown-toggle:contains(Actions)",
                run: "click",
            },
            {
                content: "Generate documents",
                trigger: ".o-dropdown-item:contains(Generate Documents)",
                run: "click",
            },
            {
                content: "Start",
                trigger: ".modal button[name=action_start]:contains(Generate)",
                run: "click",
            },
            {
                content: "It comes to its end by itself",
                trigger: ".modal .o_field_widget[name=state]:contains(Done)",
            },
            {
                content: "Who could not be done is named",
                trigger: ".modal .o_data_row.text-danger:contains(has no customer)",
            },
            {
                content: "Look at the documents",
                trigger: ".modal button[name=action_open_reports]",
                run: "click",
            },
            {trigger: ".o_list_view .o_data_row:contains(Draft)"},
        ]),
});

/** An own text in which a placeholder is picked from the list, nobody types one (T12). */
tours.add("complaint_report_profile", {
    steps: () =>
        patient([
            {
                trigger: ".o_field_widget[name=name] input",
                run: "edit Exampleton Motors",
            },
            {
                content: "His own words",
                trigger: ".nav-link:contains(Opening and Closing)",
                run: "click",
            },
            {
                trigger: ".o_field_widget[name=intro] textarea",
                run: "edit To ",
            },
            {
                content: "Open the list",
                trigger: ".o_field_widget[name=intro] .o_complaint_placeholder_button",
                run: "click",
            },
            {
                content: "Pick the customer",
                trigger: ".o_complaint_placeholders .o-dropdown-item:contains(Customer (company))",
                run: "click",
            },
            {
                trigger: ".o_form_button_save",
                run: "click",
            },
            {trigger: ".o_form_saved"},
        ]),
});

/** The sales manager reads what changed since the version before, then approves (R33). */
tours.add("complaint_report_changes", {
    steps: () =>
        patient([
            {
                content: "What changed",
                trigger: ".nav-link:contains(Changes)",
                run: "click",
            },
            {trigger: ".o_field_widget[name=difference] .text-success:contains(LOT-0100)"},
            {
                content: "Approve",
                trigger: ".o_form_statusbar button[name=action_approve]",
                run: "click",
            },
            {trigger: ".o_arrow_button_current:contains(Approved)"},
        ]),
});
