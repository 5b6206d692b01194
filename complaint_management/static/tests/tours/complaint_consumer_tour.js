import {registry} from "@web/core/registry";

import {
    QUICK,
    ask,
    goods,
    howMany,
    register,
    savesItself,
    saysWords,
} from "./complaint_quick_steps";
import {
    CURRENT_STATE,
    autocomplete,
    chip,
    countInteractions,
    fill,
    press,
    see,
} from "./complaint_tour_steps";

/** What one is asked to do at most while a consumer is on the phone whom nobody knows (R61). */
const MAX_INTERACTIONS = 11;

function fitsWidth() {
    const root = document.documentElement;
    const content = document.querySelector(".o_content");
    for (const element of [root, content]) {
        if (element.scrollWidth > element.clientWidth) {
            throw new Error(`${element.className}: ${element.scrollWidth} pixels wide`);
        }
    }
}

function field(name, value, where = QUICK) {
    return fill(name, `${where} .o_field_widget[name=${name}] input`, value);
}

/** Picked from the list under the field, on a phone from a page of its own. */
const RUST = `${autocomplete("Rust")}, .modal .o_kanban_record:contains("Rust")`;

const REGISTERING = [
    press("Nobody we know", ".o_complaint_call_first"),
    saysWords("There is a blade in the tissue."),
    fill("What is wrong", `${QUICK} .o_field_widget[name=defect_id] input`, "Rust", RUST),
    field("complainant_name", "Ms Lee"),
    // Goods typed after the draft got its place must be kept, too
    [...field("purchase_place", "Corner Shop"), ...savesItself()],
    field("name", "Tissue 3-ply", goods("Goods")),
    field("lot_name", "B77", goods("Goods")),
    // He talks on: what is pressed afterwards is written into a draft that is there
    savesItself(),
    ask("explanation"),
    press("There is no photo yet", chip("evidence_ids", "Photo follows")),
    register(),
];

registry.category("web_tour.tours").add("complaint_consumer", {
    steps: () => {
        const interactions = countInteractions(REGISTERING.flat());
        if (interactions > MAX_INTERACTIONS) {
            throw new Error(`${interactions} interactions`);
        }
        const [open, ...others] = REGISTERING;
        return [
            ...open,
            {content: "It fits", trigger: QUICK, run: fitsWidth, timeout: 60000},
            ...others.flat(),
            ...see(
                "It is registered, and shown whole",
                `.o_form_view:not(:has(${QUICK})) .o_field_widget[name=state]:contains(Registered), ${CURRENT_STATE}:contains(Registered)`,
            ),
        ];
    },
});

/** The gate leads to what is missing instead of telling in front of it. */
registry.category("web_tour.tours").add("complaint_quick_gate", {
    steps: () => [
        {
            content: "Opened from an order: the words have the cursor",
            trigger: `${QUICK} .o_field_widget[name=description] textarea:focus`,
        },
        ...register(),
        ...see("What is missing", ".o_complaint_quick_gate:contains(what the customer said)"),
        {
            content: "The cursor is there",
            trigger: `${QUICK} .o_field_widget[name=description] textarea:focus`,
        },
        ...press("How many", ".o_complaint_quick_gate button:contains(how much of)"),
        {
            content: "The cursor is there",
            trigger: `${QUICK} .o_complaint_quick_missing_value input:focus`,
        },
        ...saysWords("It is rusty."),
        ...see(
            "Words are not asked for any longer",
            ".o_complaint_quick_gate:not(:contains(said))",
        ),
        ...howMany("Screwdriver", -5),
        ...see("Refused at once", ".o_complaint_quick_hint.text-danger"),
        ...howMany("Screwdriver", 9999),
        ...see("More than shipped", ".o_complaint_quick_hint.text-warning-emphasis"),
        ...savesItself(),
    ],
});
