from odoo import fields, models

from ..complaint.complaint_state_guard import TRUSTED
from .complaint_clock import UNDECIDED_STATES

# What a clock that runs again forgets.
UNSTOPPED = {"date_stopped": False, "hours_taken": 0.0, "state": "running"}


class ComplaintClockLife(models.Model):
    """Stopping, ending, running again, recalculating: what the complaint does to its clocks.

    Nothing here asks for rights: callers are hooks behind verbs that did. Rows change as
    superuser, because clocks are closed to everybody.
    """

    _inherit = "complaint.clock"

    def _write_clock(self, vals):
        """Write guarded fields."""
        # sudo: clocks are closed to everybody; callers have checked what they do
        self.sudo()._write_trusted(vals)

    def _log_event(self, kind, reason=None, **vals):
        """Keep what happened to each of these clocks, with the deadline it had.

        :param str kind: key of ``complaint.clock.event.kind``
        :param vals: further values, e.g. ``deadline_before``
        """
        # sudo: the log is closed to everybody; callers have checked what they do
        events = self.env["complaint.clock.event"].sudo().with_context(complaint_transition=TRUSTED)
        events.create([c._prepare_event_vals(kind, reason, **vals) for c in self])

    def _prepare_event_vals(self, kind, reason=None, **vals):
        """Values of one log entry; called by :meth:`_log_event`."""
        self.ensure_one()
        return {
            "complaint_id": self.complaint_id.id,
            "clock_id": self.id,
            "kind": kind,
            "reason": reason,
            "user_id": self.env.uid,
            "deadline_before": self.date_deadline,
            "deadline_after": self.date_deadline,
            **vals,
        }

    # ------------------------------------------------------------
    # Stop and run again
    # ------------------------------------------------------------
    def _stop(self, moments):
        """Stop clocks: met, or breached when that was after the deadline.

        A clock that was noticed as breached, but was in truth stopped before its deadline (an
        answer logged afterwards), is met; its log says so. A pause ends with the clock.

        :param dict moments: clock → ``datetime`` (UTC) it stops at
        """
        times = self._get_working_times()
        self._end_pauses(moments)
        for clock in self:
            stopped = max(moments[clock], clock.date_start)
            late = stopped > clock.date_deadline
            if clock.state == "breached" and not late:
                clock._log_event("corrected")
            clock._write_clock(
                {
                    **clock._prepare_stop_vals(stopped, times[clock]),
                    "state": "breached" if late else "met",
                }
            )

    def _end_pauses(self, moments):
        """What stood still when it was stopped was in time; its deadline moves by the pause.

        :param dict moments: clock → ``datetime`` (UTC) it stops at
        """
        for clock in self.filtered(lambda c: c.state == "paused"):
            before, ended = clock.date_deadline, max(moments[clock], clock.date_paused)
            clock._plan_anew(ended)
            clock._log_event("resumed", date=ended, deadline_before=before)
            clock._write_clock({"state": "running", "date_paused": False})

    def _stop_at(self, moments):
        """Stop clocks at a moment of their complaint.

        :param dict moments: complaint → ``datetime`` (UTC)
        """
        self._stop({clock: moments[clock.complaint_id] for clock in self})

    def _prepare_stop_vals(self, moment, working_time):
        """Values of a clock that does not run any more; called when stopping and ending."""
        self.ensure_one()
        return {
            "date_stopped": moment,
            "hours_taken": working_time.count(
                self.date_start, max(moment, self.date_start), self._get_all_pauses(moment)
            ),
            "date_next_step": False,
            "date_paused": False,
            "pause_reason": False,
        }

    def _run_again(self):
        """The date that stopped them was taken back: they run on as if never stopped."""
        now = fields.Datetime.now()
        self._log_event("reopened")
        for clock in self:
            state = "breached" if clock.date_deadline < now else "running"
            clock._write_clock({**UNSTOPPED, "state": state})
        self._plan_next_step()

    def _revive(self):
        """Cancelled clocks that the case needs again; callers plan their deadlines anew."""
        self._log_event("reopened")
        self._write_clock(UNSTOPPED)

    def _is_dropped(self):
        """:return: whether an earlier classification had no such deadline"""
        self.ensure_one()
        if self.state == "cancelled":
            return True
        late = self.state == "breached" and self.date_stopped
        return bool(late) and self.event_ids[:1].kind == "cancelled"

    def _end(self, moments):
        """The case or the round ended first: undecided clocks are cancelled.

        A breached one stays breached; only its time ends.

        :param dict moments: clock → ``datetime`` (UTC)
        """
        times = self._get_working_times()
        for clock in self:
            state = "cancelled" if clock.state in UNDECIDED_STATES else clock.state
            vals = clock._prepare_stop_vals(moments[clock], times[clock])
            clock._write_clock({**vals, "state": state})

    # ------------------------------------------------------------
    # Another time allowed
    # ------------------------------------------------------------
    def _recalculate(self, starts, limits):
        """Plan undecided clocks anew from their start, because the case was classified anew.

        A breached clock keeps its deadline: what was missed is not made good by another category.

        :param dict starts: clock → ``datetime`` (UTC) it starts at
        :param dict limits: clock → (allowed hours, share in % for the warning)
        """
        times = self._get_working_times()
        for clock in self:
            allowed = limits[clock][0] + clock.extension_hours
            vals = {
                "date_start": starts[clock],
                "allowed_hours": allowed,
                "warn_percent": limits[clock][1],
                **clock._prepare_deadline_vals(
                    times[clock], starts[clock], allowed, limits[clock][1], clock._get_pauses()
                ),
            }
            if all(clock[name] == value for name, value in vals.items()):
                continue
            clock._log_event(
                "recalculated",
                deadline_after=vals["date_deadline"],
                reason=self.env._("Category, urgency, severity, team or receipt changed."),
            )
            if clock.date_warned and vals["date_warning"] > fields.Datetime.now():
                vals["date_warned"] = False
            clock._write_clock(vals)
        self._plan_next_step()
