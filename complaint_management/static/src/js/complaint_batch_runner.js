import {Component, onWillUnmount, useEffect, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/**
 * Asks the server for one step of a running batch after the other, and shows how far it is. Each
 * step is a request of its own: what is done stays done when the window is closed.
 */
export class ComplaintBatchRunner extends Component {
    static template = xml`<span class="d-none"/>`;
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.isStopped = false;
        useEffect(
            (state) => {
                if (state === "running") {
                    this.run();
                }
            },
            () => [this.props.record.data.state],
        );
        onWillUnmount(() => {
            this.isStopped = true;
        });
    }

    async run() {
        if (this.isRunning) {
            return;
        }
        this.isRunning = true;
        try {
            let isMore = true;
            while (isMore && !this.isStopped) {
                const {resModel, resId} = this.props.record;
                isMore = await this.orm.silent.call(resModel, "action_step", [[resId]]);
                if (!this.isStopped) {
                    await this.props.record.load();
                }
            }
        } finally {
            this.isRunning = false;
        }
    }
}

registry.category("view_widgets").add("complaint_batch_runner", {
    component: ComplaintBatchRunner,
    fieldDependencies: [{name: "state", type: "selection"}],
});
