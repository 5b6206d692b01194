import {Component} from "@odoo/owl";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * The open cases that may be the same as the one being written (`same_cases`, see
 * `complaint.complaint._find_same_cases`). Links open beside the form, so that nothing typed is
 * left; “Same case” saves first and asks the server, which shows what would happen.
 */
export class ComplaintSameCasesField extends Component {
    static template = "complaint_management.SameCasesField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get cases() {
        return this.props.record.data[this.props.name] || [];
    }

    get title() {
        const others = this.cases.every((entry) => entry.is_others);
        return others ? _t("Others have this too") : _t("Already taken in?");
    }

    get canMerge() {
        return this.props.record.data.can_same_case;
    }

    getDay(entry) {
        return formatDate(deserializeDateTime(entry.date));
    }

    async onSameCase(entry) {
        const record = this.props.record;
        if (!(await record.save())) {
            return;
        }
        const action = await this.orm.call(
            record.resModel,
            "action_same_case",
            [[record.resId], entry.id],
            {context: {...user.context, seen_version: record.data.version}},
        );
        await this.action.doAction(action, {onClose: () => record.load()});
    }
}

registry.category("fields").add("complaint_same_cases", {
    component: ComplaintSameCasesField,
    supportedTypes: ["json"],
    fieldDependencies: [
        {name: "can_same_case", type: "boolean", readonly: true},
        {name: "version", type: "integer", readonly: true},
    ],
});
