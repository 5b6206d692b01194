import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {format} from "./call_format";

// As on the complaint's own form; the words beside say the same.
const CLOCKS = {
    breached: {colour: "text-bg-danger", icon: "fa-exclamation-circle"},
    warning: {colour: "text-bg-warning", icon: "fa-clock-o"},
    running: {colour: "text-bg-light border", icon: "fa-clock-o"},
    paused: {colour: "text-bg-secondary", icon: "fa-pause"},
    met: {colour: "text-bg-success", icon: "fa-check"},
};
const SEVERITIES = {major: "text-bg-warning", critical: "text-bg-danger"};

/** The caller's last complaints: where they stand, what comes next, who does it and until when. */
export class CallComplaints extends Component {
    static template = "complaint_management.CallComplaints";
    static props = {
        complaints: Array,
        /** Called with model and id of what to look at. */
        onOpen: Function,
        /** Called with the complaint whose call is to be logged. */
        onLog: Function,
    };

    setup() {
        this.format = format;
    }

    /** Those that say something: what was cancelled does not. */
    getClocks(complaint) {
        return complaint.clocks.filter((clock) => clock.shown_state in CLOCKS);
    }

    getClock(clock) {
        return CLOCKS[clock.shown_state];
    }

    getSeverity(complaint) {
        const labels = {major: _t("Major"), critical: _t("Critical")};
        const colour = SEVERITIES[complaint.severity];
        return colour && {colour, label: labels[complaint.severity]};
    }

    open(complaint) {
        this.props.onOpen("complaint.complaint", complaint.id);
    }
}
