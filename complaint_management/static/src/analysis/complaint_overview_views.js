import {registry} from "@web/core/registry";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {ListRenderer} from "@web/views/list/list_renderer";
import {listView} from "@web/views/list/list_view";
import {ComplaintOverview} from "./complaint_overview";

/** Figures of all complaints stand above lists of all complaints: where the action asks for them. */
export class ComplaintOverviewListRenderer extends ListRenderer {
    static template = "complaint_management.OverviewListRenderer";
    static components = {...ListRenderer.components, ComplaintOverview};

    get hasOverview() {
        return Boolean(this.props.list.context.complaint_overview) && !this.env.inDialog;
    }
}

export class ComplaintOverviewKanbanRenderer extends KanbanRenderer {
    static template = "complaint_management.OverviewKanbanRenderer";
    static components = {...KanbanRenderer.components, ComplaintOverview};

    get hasOverview() {
        return Boolean(this.props.list.context.complaint_overview) && !this.env.inDialog;
    }
}

registry.category("views").add("complaint_overview_list", {
    ...listView,
    Renderer: ComplaintOverviewListRenderer,
});
registry.category("views").add("complaint_overview_kanban", {
    ...kanbanView,
    Renderer: ComplaintOverviewKanbanRenderer,
});
