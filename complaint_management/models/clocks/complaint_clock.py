from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .working_time import get_working_times

KINDS = [
    ("response", "First response"),
    ("plan", "Plan"),
    ("handling", "Handling"),
    ("report", "Report"),
]
# The date of the complaint that stops each clock.
STOPPED_BY = {
    "response": "date_responded",
    "plan": "date_planned",
    "handling": "date_handled",
    "report": "date_reported",
}
# States in which nothing was decided yet. A breached clock runs on until it is stopped.
UNDECIDED_STATES = ("running", "paused")
# A paused clock does not escalate; a breached one does until it is stopped.
CLIMBING_STATES = ("running", "breached")


class ComplaintClock(models.Model):
    """One deadline of a round: first response, plan, handling or report (R11, R13, R14).

    Times are working hours of the team's calendar (``working_time``), moments are UTC. Rows are
    written by code only: started and stopped by the dates of the complaint, breached by the
    scheduled job, paused, resumed and extended by the verbs in ``complaint_clock_verbs``.
    """

    _name = "complaint.clock"
    _description = "Complaint Deadline"
    _inherit = ["complaint.child.mixin"]
    # Nobody sets a clock by hand, an extension goes through its verb (T16).
    _WRITTEN_BY_CODE = True
    _order = "date_deadline, id"

    round_id = fields.Many2one(
        "complaint.round", "Of round", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    state = fields.Selection(
        [
            ("running", "Running"),
            ("paused", "Paused"),
            ("met", "Met"),
            ("breached", "Breached"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="running",
        index=True,
        help="Breached stays breached, also when it was stopped later.",
    )
    date_start = fields.Datetime("Started", required=True, readonly=True)
    date_deadline = fields.Datetime("Deadline", required=True, readonly=True, index=True)
    date_stopped = fields.Datetime("Stopped", readonly=True)
    date_warning = fields.Datetime("Warn at", readonly=True)
    date_warned = fields.Datetime("Warned", readonly=True)
    date_breached = fields.Datetime("Noticed as breached", readonly=True)
    date_paused = fields.Datetime("Paused since", readonly=True)
    date_next_step = fields.Datetime(
        "Due for the scheduled job",
        readonly=True,
        help="The next moment at which a warning, a breach or an escalation is due.",
    )
    allowed_hours = fields.Float("Allowed (hours)", readonly=True, aggregator="avg")
    extension_hours = fields.Float("Of which extension (hours)", readonly=True, aggregator="avg")
    warn_percent = fields.Float("Warn at (%)", readonly=True, aggregator=None)
    hours_taken = fields.Float(
        "Taken (hours)",
        readonly=True,
        aggregator="avg",
        help="Working hours from start to stop, without pauses.",
    )
    hours_left = fields.Float(
        "Left (hours)",
        compute="_compute_hours_left",
        help="Working hours until the deadline; negative: so many too late.",
    )
    was_paused = fields.Boolean(readonly=True)
    pause_reason = fields.Text(readonly=True)
    event_ids = fields.One2many("complaint.clock.event", "clock_id", "Log")
    watch_error = fields.Text("Could not be watched", readonly=True)

    category_id = fields.Many2one(related="complaint_id.category_id")
    team_id = fields.Many2one(related="complaint_id.team_id")
    lead_user_id = fields.Many2one(related="complaint_id.lead_user_id")
    severity = fields.Selection(related="complaint_id.severity")
    urgency = fields.Selection(related="complaint_id.urgency")

    _round_kind_unique = models.Constraint(
        "UNIQUE(round_id, kind)", "A round has one clock of each kind."
    )
    _next_step_idx = models.Index("(date_next_step) WHERE date_next_step IS NOT NULL")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------
    @api.depends("kind", "complaint_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for clock in self:
            clock.display_name = f"{clock.complaint_id.name}: {kinds.get(clock.kind, '')}"

    @api.depends("state", "date_deadline", "date_stopped", "allowed_hours", "date_paused")
    def _compute_hours_left(self):
        now = fields.Datetime.now()
        times = self._get_working_times()
        for clock in self:
            if not clock.date_deadline:
                clock.hours_left = 0
            elif clock.date_stopped:
                clock.hours_left = clock.allowed_hours - clock.hours_taken
            elif clock.state == "paused":
                clock.hours_left = clock.allowed_hours - times[clock].count(
                    clock.date_start, clock.date_paused, clock._get_pauses()
                )
            else:
                clock.hours_left = times[clock].count(now, clock.date_deadline)

    # ------------------------------------------------------------
    # CRUD: by code only
    # ------------------------------------------------------------
    @api.model
    def _check_imported_vals(self, vals):
        raise UserError(self.env._("Deadlines start by themselves at registration."))

    def _check_deletable(self):
        super()._check_deletable()
        raise UserError(self.env._("Deadlines stay with the complaint; they end by themselves."))

    def _bump_complaint_version(self):
        """A clock that runs is no change anybody has to see before he approves."""

    # ------------------------------------------------------------
    # Working time
    # ------------------------------------------------------------
    def _get_working_times(self):
        """:return: dict clock → ``WorkingTime``, shared by all of one calendar and company"""
        # sudo: calendars and teams are read for a deadline, whoever looks at it
        times = get_working_times(self.sudo().complaint_id)
        return {clock: times[clock.sudo().complaint_id] for clock in self}

    def _get_pauses(self):
        """:return: list of (start, end) ``datetime`` (UTC) in which the clock stood still"""
        self.ensure_one()
        if not self.was_paused:
            return []
        # sudo: the log is part of the clock
        return self.sudo().event_ids._get_pauses()

    def _prepare_deadline_vals(self, working_time, start, allowed_hours, warn_percent, pauses=()):
        """Moments that follow from start and time allowed; callers write them.

        :param working_time: ``WorkingTime``
        :param start: ``datetime`` (UTC)
        :param float allowed_hours: working hours
        :param float warn_percent: share of them after which the owner is warned
        :param pauses: list of (start, end) ``datetime`` (UTC)
        :return: dict of ``date_deadline``, ``date_warning``
        """
        warning = working_time.plan(start, allowed_hours * warn_percent / 100, pauses)
        deadline = working_time.plan(start, allowed_hours, pauses)
        # Never at once with the start, so that a warning always comes after it
        return {
            "date_deadline": max(deadline, start + timedelta(seconds=1)),
            "date_warning": warning,
        }
