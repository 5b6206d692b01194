import {registry} from "@web/core/registry";

import {countFiles} from "./complaint_tour_steps";

/**
 * Both buttons of a list or a board that one hands out, one after the other.
 *
 * @param {String} record selector of what it shows
 * @returns {Object} tour
 */
function pressButtons(record) {
    return {
        steps: () => [
            {content: "The cases are there", trigger: record, run: countFiles},
            {trigger: ".o_control_panel button:contains(Workbook)", run: "click"},
            {content: "The workbook came", trigger: "body[data-files='1']"},
            {trigger: ".o_control_panel button:contains(Print)", run: "click"},
            {content: "The paper came", trigger: "body[data-files='2']"},
        ],
    };
}

const tours = registry.category("web_tour.tours");

tours.add("complaint_table_list", pressButtons(".o_data_row, .o_group_header"));
tours.add("complaint_table_kanban", pressButtons(".o_kanban_record:not(.o_kanban_ghost)"));

const MONTH = ".o_field_widget[name=date_from]";

tours.add("complaint_table_months", {
    steps: () => [
        {
            content: "A month shows as one",
            trigger: `${MONTH} button`,
            run() {
                if (!/^[A-Z][a-z]+ \d{4}$/.test(this.anchor.textContent.trim())) {
                    throw new Error(`No month: ${this.anchor.textContent}`);
                }
                countFiles();
            },
        },
        {trigger: `${MONTH} button`, run: "click"},
        {trigger: ".o_datetime_picker .o_date_item_cell:contains(Jan)", run: "click"},
        {content: "It is chosen", trigger: `${MONTH} button:contains(January)`},
        {trigger: ".o_statusbar_buttons button:contains(Workbook)", run: "click"},
        {content: "The workbook came", trigger: "body[data-files='1']"},
    ],
});
