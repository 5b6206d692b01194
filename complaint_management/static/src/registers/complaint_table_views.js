import {KanbanController} from "@web/views/kanban/kanban_controller";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";

/**
 * A view whose header buttons print or export what it shows: they are told the filters in words, so
 * that the paper says what it lists.
 *
 * @param {Function} Controller of a list or a board
 * @returns {Function} controller
 */
const tellFilters = (Controller) =>
    class extends Controller {
        async beforeExecuteActionButton(clickParams) {
            const result = await super.beforeExecuteActionButton(clickParams);
            if (clickParams.buttonContext) {
                clickParams.buttonContext.complaint_table_filters = this.getFilterWords();
            }
            return result;
        }

        getFilterWords() {
            return this.env.searchModel.facets
                .filter((facet) => facet.type !== "groupBy")
                .map((facet) => {
                    const words = facet.values.join(` ${facet.separator} `);
                    return facet.title ? `${facet.title}: ${words}` : words;
                });
        }
    };

registry.category("views").add("complaint_table_list", {
    ...listView,
    Controller: tellFilters(ListController),
});

registry.category("views").add("complaint_table_kanban", {
    ...kanbanView,
    Controller: tellFilters(KanbanController),
});
