from odoo import fields, models

from ..complaint.complaint_complaint import OVER_STATES, UNREGISTERED_STATES
from .complaint_clock import STOPPED_BY, UNDECIDED_STATES
from .working_time import get_working_times

# What decides how long a step may take, and from when.
CLASSIFYING = frozenset(
    {"category_id", "urgency", "severity", "team_id", "date_received", "defect_id", "channel_id"}
)


class ComplaintClockHooks(models.Model):
    """What starts, stops, ends and recalculates the clocks of a complaint (R11, R13, R14)."""

    _inherit = "complaint.complaint"

    # ------------------------------------------------------------
    # Rounds
    # ------------------------------------------------------------
    def _after_register(self):
        result = super()._after_register()
        self._start_clocks()
        return result

    def _after_object(self):
        result = super()._after_object()
        self._start_clocks()
        return result

    def _after_reopen(self):
        result = super()._after_reopen()
        self._start_clocks()
        return result

    def _after_resolve(self):
        """Who resolved a case without a plan needed none: the plan's clock stops, too."""
        result = super()._after_resolve()
        moments = {c: c.date_resolved for c in self}
        self._get_open_clocks().filtered(lambda c: c.kind == "plan")._stop_at(moments)
        return result

    def _after_close(self):
        result = super()._after_close()
        self._end_clocks(self._get_open_clocks())
        return result

    def _after_cancel(self):
        result = super()._after_cancel()
        self._end_clocks(self._get_open_clocks())
        return result

    def _end_clocks(self, clocks):
        """End ``clocks`` with their round, else now."""
        now = fields.Datetime.now()
        clocks._end({c: c.round_id.date_ended or now for c in clocks})

    def _end_earlier_clocks(self):
        """End what earlier rounds left open; nothing to look for in a first round."""
        later = self.filtered(lambda c: c.round > 1)
        # sudo: clocks are closed to everybody; opening a round was checked
        self._end_clocks(
            later.sudo().clock_ids.filtered(
                lambda c: not c.date_stopped and c.round_number < c.complaint_id.round
            )
        )

    def _get_open_clocks(self):
        """:return: clocks of the current rounds that were not stopped"""
        return self._get_current_clocks().filtered(lambda c: not c.date_stopped)

    # ------------------------------------------------------------
    # Dates stop clocks; another classification plans them anew
    # ------------------------------------------------------------
    def write(self, vals):
        """Pass on to the clocks what concerns them."""
        stamped = [kind for kind, name in STOPPED_BY.items() if name in vals]
        before = {}
        if CLASSIFYING.intersection(vals):
            before = {c: c._get_classification() for c in self if c._runs_clocks()}
        result = super().write(vals)
        for kind in stamped:
            self._follow_stamp(kind)
        changed = self.filtered(lambda c: c in before and before[c] != c._get_classification())
        if changed:
            changed._recalculate_clocks()
        return result

    def _runs_clocks(self):
        self.ensure_one()
        return self.state not in (*UNREGISTERED_STATES, *OVER_STATES)

    def _get_classification(self):
        """:return: tuple of what decides about clocks"""
        self.ensure_one()
        return (self.category_id, self.urgency, self.severity, self.team_id, self.date_received)

    def _follow_stamp(self, kind):
        """Stop the clocks of ``kind`` by their date; let them run again where it was taken back.

        Rounds that ended keep their clocks as they are.
        """
        registered = self.filtered(lambda c: c.state not in UNREGISTERED_STATES)
        clocks = registered._get_current_clocks().filtered(
            lambda c: c.kind == kind and not c.round_id.date_ended and c.state != "cancelled"
        )
        stamps = {c: c.complaint_id[STOPPED_BY[kind]] for c in clocks}
        stopping = clocks.filtered(lambda c: stamps[c] and not c.date_stopped)
        stopping._stop({clock: stamps[clock] for clock in stopping})
        clocks.filtered(lambda c: not stamps[c] and c.date_stopped)._run_again()

    def _recalculate_clocks(self):
        """Give undecided clocks the time of the new classification, start what it adds.

        What is late already stays late, whether or not the job has noticed; it is pursued as long
        as the classification has such a deadline.
        """
        self._get_open_clocks()._stamp_breaches()
        times = get_working_times(self)
        # sudo: clocks are closed to everybody; writing the complaint was checked
        clocks = self.env["complaint.clock"].sudo()
        starts, limits, dropped, back = {}, {}, clocks, clocks
        # sudo: rounds follow the complaint, whose writing was checked
        rounds = {r.complaint_id: r for r in self.sudo()._get_current_rounds()}
        for complaint in self.filtered(lambda c: c in rounds):
            new_limits = complaint._get_clock_limits(times[complaint])
            new_starts = complaint._get_clock_starts(rounds[complaint])
            for clock in complaint._get_current_clocks():
                if clock.kind not in new_limits:
                    dropped += clock if not clock.date_stopped else clocks
                    continue
                back += clock if clock._is_dropped() else clocks
                if clock.state in (*UNDECIDED_STATES, "cancelled"):
                    starts[clock] = new_starts[clock.kind]
                    limits[clock] = new_limits[clock.kind]
        back.filtered(lambda c: c.state == "cancelled")._revive()
        clocks.concat(*starts)._recalculate(starts, limits)
        back.filtered(lambda c: c.date_stopped)._run_again()
        for kind in set(back.mapped("kind")):
            back.complaint_id._follow_stamp(kind)
        dropped._log_event("cancelled", self.env._("The new classification has no such deadline."))
        self._end_clocks(dropped)
        self._start_clocks()
