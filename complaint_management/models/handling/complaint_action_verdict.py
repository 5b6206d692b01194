from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_action import MEASURE_KINDS

# Kind of action -> what finishing it has to say besides the note.
VERDICTS = {
    "verification": ("effective", "ineffective"),
    "followup": ("satisfied", "remarks", "dissatisfied"),
}


class ComplaintActionVerdict(models.Model):
    """Checks of effect and follow-ups end with a verdict, and something follows from it (R43, R69).

    Measures that do not work: the lead is asked for a better plan. A customer who is not satisfied:
    the next round.
    """

    _inherit = "complaint.action"

    verdict = fields.Selection(
        [
            ("effective", "Effective"),
            ("ineffective", "Not effective"),
            ("satisfied", "Satisfied"),
            ("remarks", "Satisfied, with remarks"),
            ("dissatisfied", "Not satisfied"),
        ],
        readonly=True,
        copy=False,
        help="What a verification or a follow-up found.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"verdict"}

    @api.model
    def _get_verdicts(self):
        """:return: dict kind of action → tuple of what finishing it may say; addons add theirs"""
        return dict(VERDICTS)

    def _needs_verdict(self):
        """:return: the actions that cannot be finished by a note alone"""
        kinds = self._get_verdicts()
        return self.filtered(lambda a: a.kind in kinds)

    def _check_verdict(self, verdict=None):
        """:return: whether ``verdict`` says all that these actions have to say

        :raise UserError: for a verdict that does not belong to one of them
        """
        asked = self._needs_verdict()
        if not asked or not verdict:
            return not asked
        labels = dict(self._fields["verdict"]._description_selection(self.env))
        verdicts = self._get_verdicts()
        for action in asked:
            if verdict not in verdicts[action.kind]:
                raise UserError(
                    self.env._(
                        "“%(action)s” is answered by: %(answers)s.",
                        action=action.name,
                        answers=", ".join(labels[key] for key in verdicts[action.kind]),
                    )
                )
        return True

    def _check_no_verdict(self):
        """:raise UserError: where a door takes a note only, and more has to be said"""
        asked = self.sudo()._needs_verdict()  # sudo: names of what the user may finish
        if asked:
            raise UserError(
                self.env._(
                    "Say what came out of it: open the action and press “Done”.\n%s",
                    "\n".join(f"• {action.name}" for action in asked),
                )
            )

    def _apply_verdict(self, verdict):
        """Let follow what the finished actions found; called by :meth:`_finish_each`.

        :param str verdict: key of ``verdict``, or None
        """
        # sudo: finishing was checked; what follows is not the owner's to write
        asked = self.sudo()._needs_verdict()
        if not verdict or not asked:
            return
        asked._write_trusted({"verdict": verdict})
        if verdict in VERDICTS["verification"]:
            asked._get_verified_measures()._write_trusted({"effectiveness": verdict})
        if verdict == "ineffective":
            asked._ask_for_better_plan()
        if verdict == "dissatisfied":
            asked._open_dissatisfied_round()

    # ------------------------------------------------------------
    # Not effective
    # ------------------------------------------------------------
    def _get_verified_measures(self):
        """:return: the finished measures these verifications looked at: those against the same
        cause, or all of the case
        """
        measures = self.browse()
        for action in self:
            measures |= action.complaint_id.action_ids.filtered(
                lambda a, cause=action.cause_id: (
                    a.kind in MEASURE_KINDS
                    and a.state == "done"
                    and (not cause or a.cause_id == cause)
                )
            )
        return measures

    def _ask_for_better_plan(self):
        """Tell the leads that their measures do not work, all in one batch (R43)."""
        # sudo: the lead may be of another department than whoever looked
        activities = self.env["mail.activity"].sudo()
        activities = activities.with_context(mail_activity_quick_update=True).create(
            [action._prepare_better_plan_vals() for action in self]
        )
        activities.with_env(self.env)._tell_complaint_owners()

    def _prepare_better_plan_vals(self):
        """Values of the lead's activity; called by :meth:`_ask_for_better_plan`."""
        self.ensure_one()
        complaint = self.complaint_id
        xmlid = "complaint_management.mail_activity_type_information"
        return {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(xmlid),
            "summary": self.env._("Change the plan: the measures do not work"),
            "note": self.completion_note,
            "user_id": (complaint.lead_user_id or complaint.user_id or self.env.user).id,
            "date_deadline": fields.Date.context_today(self) + timedelta(days=1),
            "res_model_id": self.env["ir.model"]._get_id(complaint._name),
            "res_id": complaint.id,
            "automated": True,
            "complaint_until": "close",
        }

    def _open_new_measure(self):
        """:return: action of the form of a new measure instead of one that does not work; False
        for those who may not plan
        """
        action = self._filtered_steerable()._needs_verdict()[:1]
        if not action:
            return False
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("A better measure"),
            "res_model": self._name,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_complaint_id": action.complaint_id.id,
                "default_kind": "corrective",
                "default_cause_id": action.cause_id.id,
                "default_user_id": action.complaint_id.lead_user_id.id,
            },
        }

    # ------------------------------------------------------------
    # Not satisfied
    # ------------------------------------------------------------
    def _open_dissatisfied_round(self):
        """Open the next round where the customer is not satisfied and the case allows one (R69)."""
        for action in self:
            # Finishing the follow-up itself was the change since the page was opened
            complaint = action.complaint_id.with_context(seen_version=None)
            if complaint.state in ("resolved", "closed"):
                complaint.action_dissatisfied(action.completion_note)
