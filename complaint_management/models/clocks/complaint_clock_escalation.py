from odoo import fields, models

from .complaint_clock import CLIMBING_STATES
from .escalation_people import EscalationPeople

# Who has to move now, by kind of deadline; otherwise whoever the next step waits for.
OWNED_BY = {"response": "user_id", "plan": "lead_user_id"}


class ComplaintClockEscalation(models.Model):
    """A deadline climbs the ladder: each level once, whatever happened in between (R14, T14).

    Selected by what is recorded, not by the day: levels missed in an outage are caught up.
    """

    _inherit = "complaint.clock"

    escalation_ids = fields.One2many("complaint.escalation", "clock_id", "Escalations")
    date_escalation = fields.Datetime(
        "Next escalation", readonly=True, help="When the next level of the ladder is told."
    )

    # ------------------------------------------------------------
    # When
    # ------------------------------------------------------------
    def _get_due_moments(self):
        """The ladder's next moment counts, too."""
        moments = super()._get_due_moments()
        if self._is_climbing() and self.date_escalation:
            moments.append(self.date_escalation)
        return moments

    def _is_climbing(self):
        self.ensure_one()
        return self.state in CLIMBING_STATES and not self.date_stopped

    def _plan_next_step(self, wake=True):
        """Find out first when the ladder wants to be heard again, in one go for all."""
        for clock, steps in self._get_open_levels().items():
            moment = min((moment for _level, moment in steps), default=False)
            if clock.date_escalation != moment:
                clock._write_clock({"date_escalation": moment})
        return super()._plan_next_step(wake=wake)

    def _get_open_levels(self):
        """:return: dict clock → list of (``LadderLevel``, ``datetime`` UTC) not reached yet"""
        # sudo: what was escalated decides, whoever moves a deadline
        clocks = self.sudo().filtered(lambda c: c._is_climbing())
        reached = dict(
            self.env["complaint.escalation"]
            .sudo()
            ._read_group([("clock_id", "in", clocks.ids)], ["clock_id"], ["level_id:array_agg"])
        )
        times = clocks._get_working_times()
        levels = self.env["complaint.escalation.level"]
        return {
            clock: [
                (level, clock._get_level_moment(level, times[clock]))
                for level in levels._get_ladder(clock.kind, clock.company_id)
                if level.id not in reached.get(clock, ())
            ]
            for clock in clocks
        }

    def _get_level_moment(self, level, working_time):
        """When a level is due.

        :param level: ``LadderLevel``
        :param working_time: ``WorkingTime``
        :return: ``datetime`` (UTC)
        """
        self.ensure_one()
        if level.timing == "before":
            if level.percent in (0, self.warn_percent):
                return self.date_warning
            hours = self.allowed_hours * level.percent / 100
            return working_time.plan(self.date_start, hours, self._get_pauses())
        return working_time.plan(self.date_deadline, level.get_delay_hours(working_time))

    # ------------------------------------------------------------
    # Climbing
    # ------------------------------------------------------------
    def _escalate_due(self):
        """Record and tell all levels that are due on these clocks, in one batch."""
        result = super()._escalate_due()
        now = fields.Datetime.now()
        vals_list, people = [], EscalationPeople(self.sudo().env)
        escalations = self.env["complaint.escalation"]
        for clock, steps in self._get_open_levels().items():
            due = [level for level, moment in steps if moment <= now]
            if not due:
                continue
            complaint, owner = clock.complaint_id, clock._get_owner()
            for level in due:
                users = people.find_all(complaint, level.recipients, owner)
                vals_list.append(escalations._prepare_vals(complaint, level, users, clock=clock))
        escalations._record(vals_list)
        return result

    def _get_owner(self):
        """:return: ``res.users`` who has to move now, so that this deadline is met"""
        self.ensure_one()
        complaint = self.complaint_id
        field = OWNED_BY.get(self.kind)
        return (field and complaint[field]) or complaint.next_user_id or complaint.lead_user_id

    # ------------------------------------------------------------
    # To-dos close with their deadline
    # ------------------------------------------------------------
    def _stop(self, moments):
        result = super()._stop(moments)
        self._close_escalations()
        return result

    def _end(self, moments):
        result = super()._end(moments)
        self._close_escalations()
        return result

    def _close_escalations(self):
        """Close what told people about these deadlines: nobody has to do anything any more."""
        # sudo: other people's to-dos; what stopped the clock was checked
        activities = self.env["mail.activity"].sudo()
        activities = activities.search([("complaint_clock_id", "in", self.ids)])
        if activities:
            activities._as_mirror().write(
                {"active": False, "feedback": self.env._("Closed by itself: no longer needed.")}
            )
