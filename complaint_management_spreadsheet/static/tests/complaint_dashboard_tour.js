import {registry} from "@web/core/registry";

/** The spreadsheet the page shows; figures are drawn, so no selector reads them. */
function findModel(node = [...owl.App.apps].at(-1).root) {
    const model = node.component.loader?.getActiveDashboard?.()?.model;
    return (
        model ||
        Object.values(node.children)
            .map((child) => findModel(child))
            .find(Boolean)
    );
}

function readCell(xc) {
    const {getters} = findModel();
    const sheetId = getters.getSheetIds().find((id) => getters.getSheetName(id) === "Data");
    const column = xc.charCodeAt(0) - "A".charCodeAt(0);
    return getters.getEvaluatedCell({sheetId, col: column, row: Number(xc.slice(1)) - 1}).value;
}

/** Figures come one after the other: wait until the cell has its value. */
async function expectCell(xc, expected) {
    for (let waited = 0; waited < 60 && readCell(xc) !== expected; waited++) {
        await new Promise((resolve) => setTimeout(resolve, 250));
    }
    if (readCell(xc) !== expected) {
        throw new Error(`${xc} is ${readCell(xc)}, not ${expected}`);
    }
}

const OPEN = [
    {trigger: ".o_search_panel_category_value:contains(Complaints)", run: "click"},
    {trigger: ".o-figure canvas"},
];

registry.category("web_tour.tours").add("complaint_dashboard", {
    steps: () => [
        ...OPEN,
        {
            content: "Figures are those of the database",
            trigger: ".o-figure canvas",
            async run() {
                await expectCell("B2", 3);
                await expectCell("B7", 67);
                // Nothing resolved, no plan's deadline decided: not known, never 0
                await expectCell("B4", "");
                await expectCell("B8", "");
                // Pareto: the highest first, the line ends at all of them
                await expectCell("A21", "Test: rust");
                await expectCell("B21", 2);
                await expectCell("C21", 67);
                await expectCell("A22", "Test: scratch");
                await expectCell("C22", 100);
                await expectCell("B23", "");
            },
        },
    ],
});

registry.category("web_tour.tours").add("complaint_dashboard_empty", {
    steps: () => [
        ...OPEN,
        {content: "It says that it is a sample", trigger: ".o-sample-dashboard .o-figure canvas"},
    ],
});
