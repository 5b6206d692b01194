import logging
from collections import defaultdict

from odoo import fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools.misc import format_datetime

from ..handling.complaint_following import NOT_FOLLOWING

_logger = logging.getLogger(__name__)

MAX_LINES = 5


class ComplaintEscalationTelling(models.Model):
    """Telling who is escalated to: one to-do per person and deadline, and the notices (R14, R47).

    After an outage several levels come at once: each is recorded, each person told once, of the
    highest.
    """

    _inherit = "complaint.escalation"

    def _tell(self):
        """Make the to-dos in one batch and announce; the acting user is not told."""
        highest = self._get_highest_by_person()
        if not highest:
            return
        self._make_activities(highest)
        self._announce_all(highest)

    def _get_highest_by_person(self):
        """:return: dict (complaint, clock, ``res.users``) → the highest of these escalations"""
        highest = {}
        for escalation in self:
            for user in escalation.user_ids:
                key = (escalation.complaint_id, escalation.clock_id, user)
                if user != self.env.user and (
                    key not in highest or highest[key].level < escalation.level
                ):
                    highest[key] = escalation
        return highest

    # ------------------------------------------------------------
    # To-dos
    # ------------------------------------------------------------
    def _make_activities(self, highest):
        """Make one to-do per person and deadline; it replaces an earlier one of a lower level.

        :param dict highest: as of :meth:`_get_highest_by_person`
        """
        keys = {(clock.id, user.id) for _complaint, clock, user in highest if clock}
        # sudo: to-dos of people of other departments; being told was decided by the ladder
        activities = self.env["mail.activity"].sudo()
        earlier = activities.search([("complaint_clock_id", "in", self.clock_id.ids)])
        earlier = earlier.filtered(lambda a: (a.complaint_clock_id.id, a.user_id.id) in keys)
        if earlier:
            earlier._as_mirror().write(
                {"active": False, "feedback": self.env._("Replaced by a higher level.")}
            )
        readers = self._get_reader_envs(user for _complaint, _clock, user in highest)
        vals_list = [
            escalation._prepare_activity_vals(user, readers[user])
            for (_complaint, _clock, user), escalation in highest.items()
        ]
        activities.with_context(
            mail_activity_quick_update=True, complaint_not_following=NOT_FOLLOWING
        ).create(vals_list)

    def _get_reader_envs(self, users):
        """:return: dict ``res.users`` → environment in his language and time zone"""
        return {
            user: self.with_context(lang=user.lang, tz=user._get_complaint_tz()).env
            for user in dict.fromkeys(users)
        }

    def _prepare_activity_vals(self, user, env):
        """Values of the to-do of one person; called by :meth:`_make_activities`.

        :param env: environment in his language and time zone
        """
        self.ensure_one()
        moment = fields.Datetime.now()
        if self.clock_id and not self._is_overdue():
            moment = self.clock_id.date_deadline
        xmlid = "complaint_management.mail_activity_type_information"
        return {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(xmlid),
            "summary": self._get_text(env),
            "user_id": user.id,
            "date_deadline": fields.Datetime.context_timestamp(self.with_env(env), moment).date(),
            "res_model_id": self.env["ir.model"]._get_id("complaint.complaint"),
            "res_id": self.complaint_id.id,
            "automated": True,
            "complaint_until": "clock" if self.clock_id else "close",
            "complaint_clock_id": self.clock_id.id,
        }

    # ------------------------------------------------------------
    # Notices
    # ------------------------------------------------------------
    def _announce_all(self, highest):
        """Announce each kind of event once for the batch.

        :param dict highest: as of :meth:`_get_highest_by_person`
        """
        people = defaultdict(lambda: defaultdict(self.env["res.users"].browse))
        lines = defaultdict(list)
        for (complaint, _clock, user), escalation in highest.items():
            event = escalation._get_event()
            if not event:
                continue
            people[event][complaint] |= user
            lines[event, complaint.id, user.id].append(escalation)
        for event, told in people.items():
            complaints = self.env["complaint.complaint"].browse([c.id for c in told])
            # What was pending before is none of the notice's business
            self.env.flush_all()
            try:
                with self.env.cr.savepoint():
                    complaints._announce(event, dict(told), self._get_teller(event, lines))
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception:
                # Everybody has his to-do: a mail template somebody broke keeps nobody from it
                _logger.exception("Escalations could not be announced: %s", complaints)

    def _get_event(self):
        """:return: key of ``EVENTS`` by which this is told; none for critical cases, which are
        announced as such
        """
        self.ensure_one()
        if self.reason == "critical":
            return ""
        return "warning" if self.reason == "clock" and not self._is_overdue() else "escalation"

    def _get_teller(self, event, lines):
        """:return: callable ``(complaints, env)`` → what a reader is told of them"""

        def tell(complaints, env):
            reader = env.context.get("complaint_reader") or env["res.users"]
            env = env(context={**env.context, "tz": reader._get_complaint_tz()})
            texts = []
            for complaint in complaints[:MAX_LINES]:
                own = lines.get((event, complaint.id, reader.id))
                # Somebody a notice names besides: he reads what the first reader reads
                own = own or next(
                    (v for k, v in lines.items() if k[:2] == (event, complaint.id)), []
                )
                said = " · ".join(escalation._get_text(env) for escalation in own)
                texts.append(f"{complaint.display_name}: {said}")
            if len(complaints) > MAX_LINES:
                texts.append(env._("and %s more", len(complaints) - MAX_LINES))
            return "\n".join(texts)

        return tell

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------
    def _is_overdue(self):
        """:return: whether the deadline is over, whatever the level: after an outage a warning
        comes too late to be one
        """
        self.ensure_one()
        return self.clock_id.state == "breached"

    def _get_text(self, env):
        """:return: what happened, in the language and time zone of ``env``"""
        self.ensure_one()
        if self.reason == "critical":
            return env._("Critical complaint (level %s)", self.level)
        if self.reason == "round":
            return env._(
                "Round %(round)s (level %(level)s)", round=self.round_number, level=self.level
            )
        clock = self.clock_id
        kinds = dict(clock._fields["kind"]._description_selection(env))
        values = {
            "deadline": kinds[clock.kind],
            # Of itself it asks the job's user for his time zone
            "moment": format_datetime(env, clock.date_deadline, env.tz.zone, dt_format="short"),
            "level": self.level,
        }
        if not self._is_overdue():
            return env._("%(deadline)s: due %(moment)s", **values)
        if not self.level:
            return env._("%(deadline)s: overdue since %(moment)s", **values)
        return env._("%(deadline)s: overdue since %(moment)s (level %(level)s)", **values)
