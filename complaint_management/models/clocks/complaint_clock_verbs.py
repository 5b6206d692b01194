from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime

# A customer who waits for a first word is never told to wait: that clock cannot be paused.
PAUSABLE_KINDS = ("plan", "handling", "report")
# verb -> states it leaves
CLOCK_VERBS = {
    "pause": ("running",),
    "resume": ("paused",),
    "extend": ("running", "paused"),
}


class ComplaintClockVerbs(models.Model):
    """Pause, resume, extend: always with a reason, always logged (R13, R14, T16).

    The lead and those above him pause and resume; managers extend. What is breached can be neither
    paused nor extended: it happened.
    """

    _inherit = "complaint.clock"

    can_pause = fields.Boolean(compute="_compute_can")
    can_resume = fields.Boolean(compute="_compute_can")
    can_extend = fields.Boolean(compute="_compute_can")

    @api.depends_context("uid")
    @api.depends("state", "kind", "date_stopped", "date_deadline", "complaint_id.lead_user_id")
    def _compute_can(self):
        allowed = self.complaint_id._filtered_access("write") if self.ids else []
        for clock in self:
            for verb in CLOCK_VERBS:
                clock[f"can_{verb}"] = (
                    not clock._get_verb_obstacle(verb)
                    and clock.complaint_id in allowed
                    and clock._has_verb_right(verb)
                )

    def _has_verb_right(self, verb):
        """Whether the user may do ``verb`` beyond being allowed to write the complaint."""
        self.ensure_one()
        if verb == "extend":
            return self.env.user.has_group("complaint_management.group_complaint_manager")
        complaint = self.complaint_id
        return complaint._is_above_lead() or complaint.lead_user_id == self.env.user

    def _get_verb_obstacle(self, verb):
        """:return: translated sentence why ``verb`` cannot happen now, or an empty text"""
        self.ensure_one()
        labels = dict(self._fields["state"]._description_selection(self.env))
        late = self.state == "running" and self.date_deadline <= fields.Datetime.now()
        if self.state not in CLOCK_VERBS[verb] or late:
            return self.env._(
                "%(deadline)s is “%(state)s” and cannot take this step.",
                deadline=self.display_name,
                state=labels["breached" if late else self.state],
            )
        if verb == "pause" and self.kind not in PAUSABLE_KINDS:
            return self.env._(
                "%s cannot be paused: answer the customer, even if only that you are on it.",
                self.display_name,
            )
        return ""

    def _check_verb(self, verb):
        """Rights and states, said at once.

        :raise AccessError: without write access to the complaint or the right to ``verb``
        :raise UserError: naming each clock that cannot take the step
        """
        self.check_access("read")
        self.complaint_id.check_access("write")
        if not all(clock._has_verb_right(verb) for clock in self):
            raise AccessError(self._get_verb_refusal(verb))
        obstacles = [clock._get_verb_obstacle(verb) for clock in self]
        if any(obstacles):
            raise UserError("\n".join(filter(None, obstacles)))

    @api.model
    def _get_verb_refusal(self, verb):
        if verb == "extend":
            return self.env._("Only complaint managers extend deadlines. Ask one of them.")
        return self.env._(
            "Deadlines are paused and resumed by the lead, customer service or quality."
        )

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_pause(self, reason=None):
        """Stop the clock for a while, e.g. until the customer's sample arrives.

        :param str reason: kept in the log; without it the wizard is returned
        :raise UserError: when one is not running, is the first response, or is late already
        """
        self._check_verb("pause")
        if not (reason or "").strip():
            return self._open_wizard("pause")
        now = fields.Datetime.now()
        self._log_event("paused", reason, date=now)
        self._write_clock(
            {
                "state": "paused",
                "date_paused": now,
                "pause_reason": reason,
                "date_next_step": False,
                "was_paused": True,
            }
        )
        self._tell(lambda clock: self.env._("Paused: %s", clock._get_label()), reason)

    def action_resume(self):
        """Let it run again: the working hours that were left are planned from now on.

        :raise UserError: when one is not paused
        """
        self._check_verb("resume")
        before = {clock: clock.date_deadline for clock in self}
        self._plan_anew()
        for clock in self:
            clock._log_event("resumed", deadline_before=before[clock])
        self._write_clock({"state": "running", "date_paused": False, "pause_reason": False})
        self._plan_next_step()
        self._tell(
            lambda clock: self.env._(
                "Resumed: %(deadline)s, now until %(date)s",
                deadline=clock._get_label(),
                date=clock._format_deadline(),
            )
        )

    def action_extend(self, hours=0.0, days=0.0, reason=None):
        """Allow more time; only managers do.

        :param float hours: working hours more
        :param float days: working days more, of as many hours as the calendar's day has
        :param str reason: kept in the log; without it the wizard is returned
        :raise UserError: when one is decided already, or for no or less time
        :raise AccessError: for everybody but managers
        """
        self._check_verb("extend")
        if not (reason or "").strip():
            return self._open_wizard("extend")
        if hours < 0 or days < 0 or not (hours or days):
            raise UserError(self.env._("Say how many working hours or days more you allow."))
        before = {clock: clock.date_deadline for clock in self}
        for clock, more in self._get_more_hours(hours, days).items():
            clock._write_clock(
                {
                    "extension_hours": clock.extension_hours + more,
                    "allowed_hours": clock.allowed_hours + more,
                }
            )
        self._plan_anew()
        for clock in self:
            clock._log_event("extended", reason, deadline_before=before[clock])
        self._plan_next_step()
        self._tell(
            lambda clock: self.env._(
                "Extended: %(deadline)s, now until %(date)s",
                deadline=clock._get_label(),
                date=clock._format_deadline(),
            ),
            reason,
        )

    # ------------------------------------------------------------
    # Behind the verbs
    # ------------------------------------------------------------
    def _get_more_hours(self, hours, days):
        """:return: dict clock → working hours that ``hours`` and ``days`` are by its calendar"""
        times = self._get_working_times()
        return {clock: hours + days * times[clock].day_hours for clock in self}

    def _get_extended_deadlines(self, hours=0.0, days=0.0):
        """:return: dict clock → ``datetime`` (UTC) an extension would give"""
        times = self._get_working_times()
        return {
            clock: times[clock].plan(
                clock.date_start, clock.allowed_hours + more, clock._get_all_pauses()
            )
            for clock, more in self._get_more_hours(hours, days).items()
        }

    def _get_all_pauses(self, until=None):
        """:param until: ``datetime`` (UTC) until which the present pause lasts; default now
        :return: list of (start, end) of all pauses
        """
        pauses = self._get_pauses()
        if self.state == "paused":
            pauses.append((self.date_paused, until or fields.Datetime.now()))
        return pauses

    def _plan_anew(self, until=None):
        """Moments from the start, the time allowed and all pauses, the present one included.

        :param until: ``datetime`` (UTC) until which the present pause lasts; default now
        """
        now = fields.Datetime.now()
        times = self._get_working_times()
        for clock in self:
            vals = clock._prepare_deadline_vals(
                times[clock],
                clock.date_start,
                clock.allowed_hours,
                clock.warn_percent,
                clock._get_all_pauses(until),
            )
            if clock.date_warned and vals["date_warning"] > now:
                vals["date_warned"] = False
            clock._write_clock(vals)

    def _get_label(self):
        self.ensure_one()
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _format_deadline(self, moment=None):
        """:return: ``moment``, default the deadline, in the user's language and time zone"""
        self.ensure_one()
        return format_datetime(self.env, moment or self.date_deadline, dt_format="short")

    def _tell(self, get_line, reason=None):
        """One line per clock in the chatter of its complaint, with the reason."""
        for complaint, clocks in self.grouped("complaint_id").items():
            lines = [get_line(clock) for clock in clocks] + ([reason] if reason else [])
            complaint._message_log(body=Markup("<br/>").join(lines))

    def _open_wizard(self, verb):
        """:return: action of the wizard that asks for reason, time, and which clocks"""
        titles = {
            "pause": self.env._("Pause: which deadlines, and why?"),
            "extend": self.env._("Extend: by how much, and why?"),
        }
        wizard = self.env["complaint.clock.wizard"].create({"verb": verb, "clock_ids": self.ids})
        return {
            "type": "ir.actions.act_window",
            "name": titles[verb],
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }
