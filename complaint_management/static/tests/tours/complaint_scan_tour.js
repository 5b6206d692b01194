import {registry} from "@web/core/registry";

const BOX = ".o_complaint_add_code input";
const ANSWER = ".o_complaint_add_code_answer";

/** What a hand scanner does: it types and presses Enter; the cursor has to be in the box still. */
function scan(code, answer) {
    return [
        {content: `Scan ${code}`, trigger: BOX, run: `edit ${code} && press Enter`},
        {
            content: `Answer to ${code}`,
            trigger: `${ANSWER}:contains(${answer})`,
            run() {
                if (!document.activeElement.matches(BOX)) {
                    throw new Error("The next code would go astray");
                }
            },
        },
    ];
}

registry.category("web_tour.tours").add("complaint_scan", {
    steps: () => [
        ...scan("NO-SUCH-CODE", "is no lot"),
        ...scan("SN-1", "SN-1 added"),
        {
            content: "The new complaint has its customer and the piece",
            trigger: ".o_complaint_quick_line:contains(SN-1)",
        },
        ...scan("SN-1", "there already"),
        ...scan("SN-2", "SN-2 added"),
        {
            content: "Two deliveries: one is asked",
            trigger: BOX,
            run: "edit LOT-9 && press Enter",
        },
        {
            trigger: ".modal .o_data_row:contains(LOT-9):last button[name=action_take]",
            run: "click",
        },
        {
            content: "Back, and ready for the next code",
            trigger: "body:not(:has(.modal)) .o_complaint_quick_line:contains(LOT-9)",
        },
        {trigger: "body:not(:has(.o_complaint_add_code .fa-spin))"},
        ...scan("lot9", "there already"),
    ],
});

/** Whoever types and scans at once; the line is slow, and the draft wants to save itself. */
registry.category("web_tour.tours").add("complaint_scan_words", {
    steps: () => [
        {
            content: "What the customer said",
            trigger: ".o_complaint_quick .o_field_widget[name=description] textarea",
            run: "edit It does not start",
        },
        ...scan("SN-1", "SN-1 added"),
        {
            content: "Saved, with the piece",
            trigger: ".o_complaint_quick_line:contains(SN-1)",
        },
        {
            content: "What was typed is there",
            trigger: ".o_complaint_quick .o_field_widget[name=description] textarea",
            run({anchor}) {
                if (anchor.value !== "It does not start") {
                    throw new Error(anchor.value);
                }
            },
        },
        {
            content: "What is typed next is kept, too",
            trigger: ".o_complaint_quick .o_field_widget[name=description] textarea",
            run: "edit It does not start any more",
        },
        {trigger: ".o_complaint_draft_sign[data-state=saved]"},
    ],
});
