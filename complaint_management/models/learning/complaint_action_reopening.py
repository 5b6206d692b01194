from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_date

# Calendar days for doing it better, where its date is over.
REOPENED_DAYS = 7


class ComplaintActionReopening(models.Model):
    """A measure that a complaint speaks against is ineffective and open again; quality is told once
    (R43). Works on cases that are closed: measures outlive them.

    Its earlier result stays readable in the chatter. The mark goes when nothing speaks against the
    measure any more; whether there is still something to do, its owner says by finishing it.
    """

    _inherit = "complaint.action"

    def _reopen_refuted(self, contradictions):
        """Mark and open again; callers are jobs.

        :param dict contradictions: measure → ``complaint.contradiction``
        """
        notes = {}
        for action in self:
            # A job has no language: the chatter speaks that of the lead
            env = action.complaint_id._for_lead().env
            note = action.with_env(env)._get_refuted_note(contradictions[action].with_env(env))
            notes.setdefault(action.complaint_id, []).append(note)
            vals = {"is_refuted": True, "effectiveness": "ineffective"}
            if action.state == "done":
                vals |= action._prepare_reopened_vals()
            # Without sync: a job opens it, which is no change of a plan that goes out again
            action._without_sync()._write_trusted(vals)
        self._sync_activities()
        self.env["complaint.complaint"]._note_in_chatter(notes)

    def _prepare_reopened_vals(self):
        """Values of a finished measure that is open again; called by :meth:`_reopen_refuted`."""
        self.ensure_one()
        today = self.complaint_id._get_company_day(fields.Datetime.now())
        return {
            "state": "open",
            "date_done": False,
            "done_by_id": False,
            "deadline": max(self.deadline, today + timedelta(days=REOPENED_DAYS)),
        }

    def _get_refuted_note(self, rows):
        """:param rows: ``complaint.contradiction``
        :return: sentence for the chatter, with what was done so far
        """
        self.ensure_one()
        day = self.date_done and format_date(
            self.env, self.complaint_id._get_company_day(self.date_done)
        )
        return self.env._(
            "“%(measure)s” does not work: %(complaints)s about goods that carry it (%(point)s). It "
            "is open again. Done on %(day)s: %(result)s",
            measure=self.name,
            complaints=rows._get_numbers(),
            point=self._get_clean_text(),
            day=day or "–",
            result=self.completion_note or "–",
        )

    def _prepare_activity_vals(self):
        """Whoever gets it again reads why, in his language whoever acts."""
        vals = super()._prepare_activity_vals()
        if self.is_refuted and self.state in ("open", "in_progress"):
            # sudo: his language
            lang = self.env["res.users"].sudo().browse(vals["user_id"]).lang
            env = self.with_context(lang=lang or self.env.lang).env
            vals["summary"] = env._("Does not work: %s", self.name)
        return vals

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------
    def _tell_refuted(self, contradictions):
        """Tell the quality of each case once what came (``complaint.notice``).

        :param dict contradictions: measure → those not told yet
        """
        people, without, by_case = {}, {}, {}
        for complaint, actions in self.grouped("complaint_id").items():
            rows = self.env["complaint.contradiction"].union(*(contradictions[a] for a in actions))
            concerned = complaint._get_concerned_users()
            for new in rows.new_complaint_id:
                concerned |= new._get_concerned_users()
            people[complaint], _other = complaint.team_id._get_function_user(
                "quality", complaint._get_default_takers(), complaint.company_id, concerned
            )
            without[complaint] = concerned
            by_case[complaint.id] = actions

        def get_text(complaints, env):
            return "\n".join(
                env._(
                    "%(case)s: “%(measure)s” does not work, %(complaints)s about goods that carry "
                    "it. It is open again.",
                    case=complaint.name,
                    measure=action.name,
                    complaints=contradictions[action].with_env(env)._get_numbers(),
                )
                for complaint in complaints
                for action in by_case[complaint.id]
            )

        if people:
            complaints = self.env["complaint.complaint"].concat(*people)
            complaints._announce("measure_refuted", people, get_text, without=without)

    # ------------------------------------------------------------
    # Taking it back
    # ------------------------------------------------------------
    def _clear_refutation(self, gone):
        """Nothing speaks against these measures any more.

        :param dict gone: measure → ``complaint.contradiction`` just withdrawn
        """
        reason = self.env["complaint.contradiction"]._fields["withdrawn_because"]
        notes = {}
        for action in self:
            vals = {"is_refuted": False}
            if action.effectiveness == "ineffective":
                vals["effectiveness"] = "pending"
            action._write_trusted(vals)
            env = action.complaint_id._for_lead().env
            rows = gone[action].with_env(env)
            reasons = dict(reason._description_selection(env))
            why = ", ".join(dict.fromkeys(reasons[key] for key in rows.mapped("withdrawn_because")))
            values = {"measure": action.name, "complaints": rows._get_numbers(), "why": why}
            if len(rows) == 1:
                note = env._(
                    "“%(measure)s”: %(complaints)s no longer speaks against it (%(why)s).", **values
                )
            else:
                note = env._(
                    "“%(measure)s”: %(complaints)s no longer speak against it (%(why)s).", **values
                )
            notes.setdefault(action.complaint_id, []).append(note)
        self._sync_activities()
        self.env["complaint.complaint"]._note_in_chatter(notes)


class ComplaintContradiction(models.Model):
    """How what speaks against a measure is named where many read it."""

    _inherit = "complaint.contradiction"

    def _get_numbers(self):
        """:return: numbers of the complaints that came, at most five; those about people of ours
        are counted and not named (R73)
        """
        named = self.new_complaint_id.filtered(lambda c: not c._get_concerned_users())
        names = named[:5].mapped("name")
        left = len(self.new_complaint_id) - len(names)
        if left and names:
            names.append(self.env._("%s more", left))
        elif left:
            one = self.env._("1 complaint")
            names.append(one if left == 1 else self.env._("%s complaints", left))
        return ", ".join(names)
