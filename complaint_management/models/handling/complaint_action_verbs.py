from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_action import OPEN_STATES, OUTLIVING_KINDS

# The one table of an action's life: verb -> (states it leaves, state it reaches).
ACTION_TRANSITIONS = {
    "accept": (("open", "objected"), "in_progress"),
    "object": (("open",), "objected"),
    "finish": (("open", "in_progress"), "done"),
    "cancel": (OPEN_STATES, "cancelled"),
    "restart": (("objected", "in_progress", "done", "cancelled"), "open"),
}
# States of a complaint in which its actions are worked on.
STARTED_STATES = ("registered", "planned", "executing", "resolved", "closed")


class ComplaintActionVerbs(models.Model):
    """What people do with an action: accept, object, finish, cancel, restart (R23, R26).

    Who may do what is in ``complaint_action_rights``.
    """

    _inherit = "complaint.action"

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_accept(self):
        """The owner takes it on; when everybody has, a released plan starts (R23).

        :raise UserError: from a state that does not lead there
        """
        self._check_verb("accept")
        self._move("accept", objection_reason=False)
        self.complaint_id.sudo()._start_when_agreed()

    def action_object(self, reason=None):
        """The owner objects before he starts: the action goes back to the lead (R23).

        The lead answers by changing and restarting it or by cancelling it; that makes a new
        version of the plan.

        :param str reason: kept on the action; without it the wizard is returned
        :raise UserError: before the plan is released, or from another state
        """
        self._check_verb("object")
        if not (reason or "").strip():
            return self._open_note_wizard("object")
        self._move("object", objection_reason=reason)

    def action_finish(self, note=None, verdict=None):
        """It is done; salesperson and sales manager are told (R26).

        :param str note: what was done and found; without it the wizard is returned
        :param str verdict: of checks of effect and follow-ups, key of ``verdict`` (R43); without
            it their wizard is returned
        :raise UserError: from a state that does not lead there, or for a verdict of another kind
        """
        self._check_verb("finish")
        if not self.sudo()._check_verdict(verdict) or not (note or "").strip():
            return self._open_note_wizard("finish", note or self[:1].result_draft)
        self._finish(note, verdict=verdict)

    def action_not_concerned(self):
        """One press for the question “material, carrier or supplier concerned?”: it is not."""
        return self.action_finish(self.env._("Looked at it: not concerned."))

    def action_cancel(self):
        """It is not needed any more.

        :raise UserError: when it is done or cancelled already
        """
        self._check_verb("cancel")
        objected = self.filtered(lambda a: a.state == "objected")
        self._move("cancel")
        objected._answer_objections()

    def action_restart(self):
        """Open it again: after an objection was answered, or because the result does not hold.

        What is restarted in a later round belongs to that round (see ``complaint_carry_over``).

        :raise UserError: when it is open already, or the case is over
        """
        self._check_verb("restart")
        objected = self.filtered(lambda a: a.state == "objected")
        self._move("restart", objection_reason=False, date_done=False, done_by_id=False)
        self.complaint_id._carry_actions_over()
        objected._answer_objections()

    # ------------------------------------------------------------
    # Behind the verbs
    # ------------------------------------------------------------
    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {
            "activity_id",
            "template_id",
            "objection_reason",
            "completion_note",
            "date_done",
            "done_by_id",
        }

    def write(self, vals):
        """A new owner has neither objected nor accepted yet: his action is open again."""
        reassigned = self.browse()
        if "user_id" in vals:
            reassigned = self.filtered(
                lambda a: a.state in ("objected", "in_progress") and a.user_id.id != vals["user_id"]
            )
        result = super().write(vals)
        if reassigned:
            objected = reassigned.filtered(lambda a: a.state == "objected")
            reassigned._write_trusted({"state": "open", "objection_reason": False})
            objected._answer_objections()
        return result

    def _check_verb(self, verb):
        """Rights and states, said at once.

        Ownership is checked before any access right, so that an owner without further rights can
        do his part; everything else needs write access to action and complaint.

        :raise AccessError: for somebody who is neither owner nor allowed to write
        :raise UserError: naming the state of each action that cannot take the step
        """
        # sudo: only to compare the owner with the user
        others = self.filtered(lambda a: not a.sudo()._is_own(verb))
        if others:
            others.check_access("write")
            others._check_may_steer()
        # sudo: an owner may not read all of the complaint whose state decides
        obstacles = [a._get_verb_obstacle(verb) for a in self.sudo()]
        if any(obstacles):
            raise UserError("\n".join(filter(None, obstacles)))

    def _get_verb_obstacle(self, verb):
        """:return: translated sentence why the action cannot take ``verb`` now, or an empty text"""
        self.ensure_one()
        sources, _target = ACTION_TRANSITIONS[verb]
        labels = dict(self._fields["state"]._description_selection(self.env))
        if self.state not in sources:
            return self.env._(
                "“%(action)s” is “%(state)s” and cannot take this step.",
                action=self.name,
                state=labels[self.state],
            )
        state = self.complaint_id.state
        if verb in ("accept", "finish") and state not in STARTED_STATES:
            return self.env._("“%s”: the complaint is not registered.", self.name)
        if verb == "object" and state not in ("planned", "executing"):
            return self.env._("“%s”: the plan is not released yet; talk to the lead.", self.name)
        over = ("cancelled",) if self.kind in OUTLIVING_KINDS else ("cancelled", "closed")
        if verb == "restart" and state in over:
            return self.env._("“%s”: the complaint is over.", self.name)
        return ""

    def _move(self, verb, **vals):
        """Write the transition; callers have checked that it may happen."""
        _sources, target = ACTION_TRANSITIONS[verb]
        # sudo: _check_verb let the owner through, who needs no write access (R60)
        self.sudo()._write_trusted({**vals, "state": target})

    def _prepare_finish_vals(self, note):
        """Values of a finished action; called by :meth:`_finish`."""
        return {
            "completion_note": note,
            "date_done": fields.Datetime.now(),
            "done_by_id": self.env.uid,
        }

    def _finish(self, note, messages=None, verdict=None):
        """Finish checked actions with one note; parameters as for :meth:`_finish_each`."""
        self._finish_each(dict.fromkeys(self, note), messages, verdict)

    def _finish_each(self, notes, messages=None, verdict=None):
        """Finish checked actions, close their activities, tell once who waits for it.

        :param dict notes: action → what was done and found
        :param messages: ``mail.message`` of the activities where these were finished first
        :param str verdict: what those of them found that have to say more than a note
        """
        groups = {}
        for action, note in notes.items():
            groups[note] = groups.get(note, self.browse()) + action
        if messages is None:
            messages = self.env["mail.message"].sudo()
            for note, actions in groups.items():
                messages |= actions._finish_activities(note)
        for note, actions in groups.items():
            actions._move("finish", **self._prepare_finish_vals(note))
        self._tell_finished(messages)
        self._apply_verdict(verdict)

    def _answer_objections(self):
        """The lead answered: where nothing is objected to any more, the plan goes out again.

        What is sent, and when, is in ``complaint_plan_change``.
        """

    def _open_note_wizard(self, verb, note=None):
        """:return: action of the wizard that asks for a finished action's note or the objection

        :param str note: what is known already
        """
        titles = {
            "finish": self.env._("Done: what was done and found?"),
            "object": self.env._("Object: why not, and what would work?"),
        }
        wizard = self.env["complaint.action.wizard"].create(
            {"verb": verb, "action_ids": self.ids, "note": note}
        )
        return {
            "type": "ir.actions.act_window",
            "name": titles[verb],
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }
