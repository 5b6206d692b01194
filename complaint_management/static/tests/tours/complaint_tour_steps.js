/** Steps all our tours are made of; each function returns a list of steps. */

import {download} from "@web/core/network/download";

export const CURRENT_STATE = ".o_statusbar_status .o_arrow_button_current";

/** Only ends what hangs: on a busy machine a page takes its time. */
const timeout = 60000;

/** @returns {Number} what is pressed or filled in; looking costs nothing */
export function countInteractions(steps) {
    return steps.filter(({run}) => typeof run === "string").length;
}

/** One press of a button, a tick box or a chip. */
export function press(content, trigger) {
    return [{content, trigger, run: "click", timeout}];
}

/** Filling one field: going into it, typing, picking from its list. */
export function fill(content, trigger, value, ...picks) {
    return [
        {content, trigger, run: `edit ${value}`, timeout},
        ...picks.flatMap((pick) => press(`${content}: pick`, pick)),
    ];
}

/** Filling a field with several lines. */
export function fillLines(content, trigger, ...lines) {
    return [{content, trigger, run: (helpers) => helpers.edit(lines.join("\n")), timeout}];
}

/** A cell of an editable list is a field, too. */
export function fillCell(content, cell, value, ...picks) {
    return [
        ...press(content, cell),
        ...fill(content, `${cell} input, ${cell} textarea`, value, ...picks),
    ];
}

export function fillSelection(content, name, label, where = "") {
    return [
        ...press(content, `${where} .o_field_widget[name=${name}] input`),
        ...press(`${content}: pick`, `.o_select_menu_item:contains("${label}")`),
    ];
}

export function openTab(name) {
    return press(`Open the tab ${name}`, `.o_notebook .nav-link[name=${name}]`);
}

export function see(content, trigger) {
    return [{content, trigger, timeout}];
}

/** Our verbs in the header; Odoo folds some of them away on small screens, never on this one. */
export function verb(name) {
    return `.o_form_statusbar button[name=${name}]`;
}

export function dialogIsGone() {
    return see("The dialog is gone", "body:not(:has(.modal))");
}

export function save() {
    return [
        ...press("Save", ".o_form_button_save"),
        ...see("Saved", ".o_form_view:not(:has(.o_form_button_save:visible))"),
    ];
}

/** Another entry of the list in `field`. */
export function chip(field, label) {
    return `.o_field_widget[name=${field}] .o_field_x2many_list_row_add a:contains("${label}")`;
}

export function autocomplete(label) {
    return `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains("${label}")`;
}

/** The row of the list in `field` that says `text`. */
export function row(field, text) {
    return `.o_field_widget[name=${field}] .o_data_row:contains("${text}")`;
}

/** Step's `run`: count on the page how many files came (`data-files` of the body). */
export function countFiles() {
    const fetchFile = download._download;
    document.body.dataset.files = 0;
    download._download = async (options) => {
        const answer = await fetchFile(options);
        document.body.dataset.files++;
        return answer;
    };
}

/** Step's `run`: nothing on a phone is to be looked for beside the screen. */
export function fitsTheScreen() {
    const {scrollWidth} = document.documentElement;
    if (scrollWidth > window.innerWidth) {
        throw new Error(`The page is ${scrollWidth} wide, the screen ${window.innerWidth}`);
    }
}
