import {registry} from "@web/core/registry";

import {fitsTheScreen} from "./complaint_tour_steps";

const CARDS = ".o_complaint_overview";

function card(name, number) {
    return `${CARDS} [data-card=${name}]:contains(${number})`;
}

registry.category("web_tour.tours").add("complaint_overview", {
    steps: () => [
        {content: "Figures stand above the list", trigger: card("all", 2)},
        {content: "What is overdue is one press away", trigger: card("overdue", 1), run: "click"},
        {trigger: ".o_facet_value:contains(Overdue)"},
        {
            content: "The list shows as many as the card says",
            trigger: ".o_list_renderer:not(:contains(My case)) .o_data_row:contains(Overdue case)",
        },
        {trigger: `${CARDS} [data-card=overdue][aria-pressed=true]`},
        {content: "The facet can be removed", trigger: ".o_facet_remove", run: "click"},
        {trigger: `${CARDS} [data-card=overdue][aria-pressed=false]`},
        {content: "Mine", trigger: card("mine", 1), run: "click"},
        {trigger: ".o_facet_value:contains(My Complaints)"},
        {
            content: "From now on the figures are mine",
            trigger: card("overdue", 0),
            run() {
                this.anchor.focus();
                if (document.activeElement !== this.anchor) {
                    throw new Error("A card cannot be reached with the keyboard");
                }
            },
        },
        {trigger: card("overdue", 0), run: "click"},
        {trigger: ".o_facet_value:contains(Overdue)"},
        {content: "Nothing of mine is overdue", trigger: ".o_nocontent_help"},
        {content: "Pressed again it opens up", trigger: card("overdue", 0), run: "click"},
        {trigger: ".o_data_row:contains(My case)"},
    ],
});

/** The figures themselves: no press makes a request fail. */
function findOverview(node = [...owl.App.apps].at(-1).root) {
    return node.component.constructor.name === "ComplaintOverview"
        ? node.component
        : Object.values(node.children)
              .map((child) => findOverview(child))
              .find(Boolean);
}

registry.category("web_tour.tours").add("complaint_overview_failing", {
    steps: () => [
        {
            content: "A request fails while figures are shown: they stay",
            trigger: card("all", 2),
            async run() {
                const overview = findOverview();
                const {orm} = overview;
                overview.orm = {silent: {call: () => Promise.reject(new Error("No network"))}};
                await overview.load();
                if (overview.state.isFailed || !overview.state.scopes) {
                    throw new Error("Figures that were there are gone");
                }
                overview.state.scopes = null;
                await overview.load();
                overview.orm = orm;
            },
        },
        {
            content: "Without any figure there is no header",
            trigger: `.o_action_manager:not(:has(${CARDS})) .o_list_renderer`,
            run: () => findOverview().load(),
        },
        {content: "It comes back with the next figures", trigger: card("all", 2)},
    ],
});

registry.category("web_tour.tours").add("complaint_overview_phone", {
    steps: () => [
        {
            content: "On a phone the cards are pushed sideways, never cut off",
            trigger: card("late_month", "On time"),
            run() {
                const header = document.querySelector(CARDS);
                fitsTheScreen();
                header.scrollLeft = header.scrollWidth;
                if (this.anchor.getBoundingClientRect().right > window.innerWidth) {
                    throw new Error("The last card cannot be reached");
                }
            },
        },
        {trigger: card("overdue", 1), run: "click"},
        {trigger: ".o_kanban_record:contains(Overdue case)"},
        {trigger: ".o_kanban_renderer:not(:contains(My case))"},
    ],
});
