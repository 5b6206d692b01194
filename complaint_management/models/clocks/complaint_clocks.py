from odoo import api, fields, models

from ..complaint.complaint_state_guard import TRUSTED
from .complaint_clock import KINDS, STOPPED_BY
from .working_time import get_working_times

# From gravest to calmest: the complaint shows the worst of its round.
CLOCK_STATES = [
    ("breached", "Breached"),
    ("warning", "Warning"),
    ("running", "Running"),
    ("paused", "Paused"),
    ("met", "Met"),
]


class ComplaintClocks(models.Model):
    """The clocks of a complaint: starting them, and what the complaint shows of them (R25)."""

    _inherit = "complaint.complaint"

    clock_ids = fields.One2many("complaint.clock", "complaint_id", "Deadlines")
    clock_event_ids = fields.One2many("complaint.clock.event", "complaint_id", "Log of deadlines")
    response_deadline = fields.Datetime(
        "Answer until", compute="_compute_deadlines", store=True, copy=False
    )
    plan_deadline = fields.Datetime(
        "Plan until", compute="_compute_deadlines", store=True, copy=False
    )
    handling_deadline = fields.Datetime(
        "Handle until", compute="_compute_deadlines", store=True, copy=False
    )
    report_deadline = fields.Datetime(
        "Report until", compute="_compute_deadlines", store=True, copy=False
    )
    clock_state = fields.Selection(
        CLOCK_STATES,
        "Deadlines are",
        compute="_compute_clock_state",
        store=True,
        copy=False,
        index="btree_not_null",
        help="The worst of the current round.",
    )
    next_clock_deadline = fields.Datetime(
        "Next deadline",
        compute="_compute_clock_state",
        store=True,
        copy=False,
        index="btree_not_null",
        help="The earliest deadline that still runs, breached ones included.",
    )

    # ------------------------------------------------------------
    # Mirrors
    # ------------------------------------------------------------
    @api.model
    def _get_verb_fields(self):
        mirrors = {f"{kind}_deadline" for kind, _label in KINDS}
        return super()._get_verb_fields() | mirrors | {"clock_state", "next_clock_deadline"}

    @api.depends("round", "clock_ids.date_deadline", "clock_ids.state")
    def _compute_deadlines(self):
        for complaint in self:
            clocks = complaint._get_current_clocks().filtered(lambda c: c.state != "cancelled")
            deadlines = {clock.kind: clock.date_deadline for clock in clocks}
            for kind, _label in KINDS:
                complaint[f"{kind}_deadline"] = deadlines.get(kind, False)

    @api.depends(
        "round",
        "clock_ids.state",
        "clock_ids.date_warned",
        "clock_ids.date_stopped",
        "clock_ids.date_deadline",
    )
    def _compute_clock_state(self):
        for complaint in self:
            clocks = complaint._get_current_clocks()
            states = {
                "warning" if clock.state == "running" and clock.date_warned else clock.state
                for clock in clocks
            }
            complaint.clock_state = next((s for s, _label in CLOCK_STATES if s in states), False)
            open_clocks = clocks.filtered(
                lambda c: not c.date_stopped and c.state in ("running", "breached")
            )
            complaint.next_clock_deadline = min(open_clocks.mapped("date_deadline"), default=False)

    def _get_current_clocks(self):
        """:return: clocks of the current rounds"""
        # sudo: what a complaint shows of its clocks follows from all of them
        return self.sudo().clock_ids.filtered(lambda c: c.round_number == c.complaint_id.round)

    # ------------------------------------------------------------
    # Starting
    # ------------------------------------------------------------
    def _get_clock_calendar(self):
        """:return: ``resource.calendar`` of the team, else the company's; empty: round the clock"""
        self.ensure_one()
        # sudo: by which hours a team works is no secret, but not everybody may read teams
        complaint = self.sudo()
        return complaint.team_id.resource_calendar_id or complaint.company_id.resource_calendar_id

    def _start_clocks(self):
        """End the clocks of earlier rounds and start those of the current one (R11, R13, R14).

        Called once on the batch that was registered or got a new round. What is stopped already
        (a phone call is a response) is met at once. Started twice, it starts nothing new.
        """
        self._end_earlier_clocks()
        # sudo: rounds follow the complaint, whose verb was checked; record rules cost queries
        rounds = {r.complaint_id: r for r in self.sudo()._get_current_rounds()}
        starts = {c: c._get_clock_starts(rounds[c]) for c in self if c in rounds}
        if not starts:
            return self.env["complaint.clock"]
        times = get_working_times(self)
        vals_list = []
        for complaint, moments in starts.items():
            started = complaint._get_started_kinds()
            limits = complaint._get_clock_limits(times[complaint])
            vals_list += [
                complaint._prepare_clock_vals(
                    kind, rounds[complaint], moments[kind], limits[kind], times[complaint]
                )
                for kind in limits
                if kind not in started
            ]
        # sudo: clocks are closed to everybody; registering was checked
        clocks = self.env["complaint.clock"].sudo().with_context(complaint_transition=TRUSTED)
        clocks = clocks.create(vals_list).with_env(self.env)
        clocks._wake_job(min(filter(None, clocks.mapped("date_next_step")), default=None))
        return clocks

    def _get_started_kinds(self):
        """:return: set of the kinds that run already in the current round"""
        return set(self._get_current_clocks().mapped("kind"))

    def _get_clock_starts(self, current):
        """:return: dict kind → ``datetime`` (UTC) its clock starts at

        :param current: the current ``complaint.round``
        """
        self.ensure_one()
        if current.number > 1:
            return dict.fromkeys(STOPPED_BY, current.date_opened)
        received = self.date_received
        starts = dict.fromkeys(STOPPED_BY, received)
        return {**starts, "plan": self.date_registered or received}

    def _get_clock_limits(self, working_time):
        """:return: dict kind → (allowed working hours, share in % for the warning), only of the
        kinds that run
        """
        self.ensure_one()
        limits = self.env["complaint.policy"]._get_limits(self)
        hours = {"response": limits["response_hours"]}
        for kind in ("plan", "handling", "report"):
            hours[kind] = limits[f"{kind}_days"] * working_time.day_hours
        return {kind: (value, limits["warn_percent"]) for kind, value in hours.items() if value}

    def _get_clock_stamp(self, kind, start):
        """:return: ``datetime`` (UTC) at which the current round's clock was stopped, or False

        A channel that counts as response (R5) answered the customer when he called.
        """
        self.ensure_one()
        stamp = self[STOPPED_BY[kind]]
        if stamp and kind == "response" and self.round == 1 and self.channel_id.counts_as_response:
            return start
        if stamp and self.round > 1 and stamp < start:
            return False
        return stamp

    def _prepare_clock_vals(self, kind, current, start, limit, working_time):
        """Values of a clock that starts; called by :meth:`_start_clocks`.

        :param str kind: key of ``complaint.clock.kind``
        :param current: its ``complaint.round``
        :param start: ``datetime`` (UTC)
        :param limit: (allowed working hours, share in % for the warning)
        :param working_time: ``WorkingTime``
        """
        self.ensure_one()
        clocks = self.env["complaint.clock"]
        moments = clocks._prepare_deadline_vals(working_time, start, *limit)
        stopped = self._get_clock_stamp(kind, start)
        vals = {
            "complaint_id": self.id,
            "round_id": current.id,
            "kind": kind,
            "date_start": start,
            "allowed_hours": limit[0],
            "warn_percent": limit[1],
            "state": "running",
            "date_next_step": moments["date_warning"],
            **moments,
        }
        if stopped:
            stopped = max(stopped, start)
            vals.update(
                state="met" if stopped <= moments["date_deadline"] else "breached",
                date_stopped=stopped,
                date_next_step=False,
                hours_taken=working_time.count(start, stopped),
            )
        return vals
