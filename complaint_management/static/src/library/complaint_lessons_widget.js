import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/**
 * Lessons that may help with the complaint that is open (`get_lesson_proposals`). They are asked
 * for beside the form, which never waits for them; one quiet line until somebody opens it. Links
 * open beside the form, so that nothing typed is left.
 */
export class ComplaintLessonsWidget extends Component {
    static template = "complaint_management.LessonsWidget";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({lessons: [], isOpen: false});
        onWillStart(() => {
            this.load(this.props.record.resId);
        });
        onWillUpdateProps((nextProps) => {
            if (nextProps.record.resId !== this.loadedId) {
                this.load(nextProps.record.resId);
            }
        });
    }

    async load(resId) {
        this.loadedId = resId;
        this.state.lessons = [];
        this.state.isOpen = false;
        if (!resId) {
            return;
        }
        const lessons = await this.orm.silent.call("complaint.complaint", "get_lesson_proposals", [
            [resId],
        ]);
        // Somebody may have gone on to another complaint meanwhile
        if (this.loadedId === resId) {
            this.state.lessons = lessons;
        }
    }

    toggle() {
        this.state.isOpen = !this.state.isOpen;
    }

    async onHelped(lesson) {
        await this.orm.call("complaint.complaint", "action_lesson_helped", [
            [this.props.record.resId],
            lesson.id,
        ]);
        lesson.helped = true;
        lesson.count++;
    }
}

registry.category("view_widgets").add("complaint_lessons", {
    component: ComplaintLessonsWidget,
});
