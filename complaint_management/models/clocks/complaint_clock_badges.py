from markupsafe import Markup

from odoo import api, fields, models

from .complaint_clock import KINDS

# state shown -> colour; text says the same, for those who do not see colours
COLOURS = {
    "breached": "text-bg-danger",
    "warning": "text-bg-warning",
    "running": "text-bg-light border",
    "paused": "text-bg-secondary",
    "met": "text-bg-success",
}
ICONS = {
    "breached": "fa-exclamation-circle",
    "warning": "fa-clock-o",
    "running": "fa-clock-o",
    "paused": "fa-pause",
    "met": "fa-check",
}


class ComplaintClockText(models.Model):
    """What people read of a clock: colour and a few words."""

    _inherit = "complaint.clock"

    shown_state = fields.Selection(
        [
            ("running", "Running"),
            ("warning", "Warning"),
            ("paused", "Paused"),
            ("met", "Met"),
            ("breached", "Breached"),
            ("cancelled", "Cancelled"),
        ],
        "Now",
        compute="_compute_shown",
        help="As of now, also before the scheduled job stamps it.",
    )
    summary = fields.Char(compute="_compute_shown")

    @api.depends("state", "date_deadline", "date_warning", "date_stopped", "hours_left")
    @api.depends_context("lang")
    def _compute_shown(self):
        now = fields.Datetime.now()
        times = self._get_working_times()
        for clock in self:
            shown = clock.state
            if shown == "running" and clock.date_deadline and clock.date_deadline <= now:
                shown = "breached"
            elif shown == "running" and clock.date_warning and clock.date_warning <= now:
                shown = "warning"
            clock.shown_state = shown
            clock.summary = clock._get_summary(shown, times[clock].day_hours)

    def _get_summary(self, shown, day_hours):
        """:return: translated words such as “2.5 h left”"""
        self.ensure_one()
        time = self._format_hours(abs(self.hours_left), day_hours)
        if shown == "breached":
            if self.date_stopped:
                return self.env._("%s late", time)
            return self.env._("breached %s ago", time)
        if shown == "paused":
            return self.env._("paused, %s left", time)
        if shown in ("running", "warning"):
            return self.env._("%s left", time)
        return self.env._("met") if shown == "met" else self.env._("cancelled")

    @api.model
    def _format_hours(self, hours, day_hours):
        """:return: translated “12 min”, “2.5 h” or “3.2 days”; of working time"""
        if hours < 1:
            return self.env._("%s min", round(hours * 60))
        if hours < 2 * day_hours:
            return self.env._("%s h", f"{hours:.1f}".removesuffix(".0"))
        return self.env._("%s days", f"{hours / day_hours:.1f}".removesuffix(".0"))

    def _get_badge(self):
        """:return: ``Markup`` of one badge, its deadline as title"""
        self.ensure_one()
        return Markup(
            '<span class="badge rounded-pill text-wrap text-start fw-normal %s" title="%s">'
            '<i class="fa %s me-1" role="img" aria-hidden="true"></i>%s: <b>%s</b></span>'
        ) % (
            COLOURS[self.shown_state],
            self.env._("Until %s", self._format_deadline()),
            ICONS[self.shown_state],
            self._get_label(),
            self.summary,
        )

    def action_open_complaint(self):
        """Button: the case this deadline is of.

        :return: action that opens it
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "complaint.complaint",
            "res_id": self.complaint_id.id,
            "views": [(False, "form")],
            "view_mode": "form",
        }


class ComplaintClockBadges(models.Model):
    """One calm strip of badges on the form: how much time is left (R25)."""

    _inherit = "complaint.complaint"

    clock_badges = fields.Html(
        "Time left", compute="_compute_clock_badges", sanitize=False, compute_sudo=True
    )

    @api.depends("clock_state", "next_clock_deadline", "round", "clock_ids.state")
    @api.depends_context("lang", "tz")
    def _compute_clock_badges(self):
        order = [kind for kind, _label in KINDS]
        for complaint in self:
            clocks = complaint._get_current_clocks().filtered(lambda c: c.state != "cancelled")
            badges = [c._get_badge() for c in clocks.sorted(lambda c: order.index(c.kind))]
            complaint.clock_badges = Markup(" ").join(badges) if badges else False


class ComplaintRound(models.Model):
    """A round shows the clocks it had (R47)."""

    _inherit = "complaint.round"

    clock_ids = fields.One2many("complaint.clock", "round_id", "Deadlines")
