from odoo import models

from .complaint_action import OPEN_STATES, OUTLIVING_KINDS


class ComplaintCarryOver(models.Model):
    """What becomes of unfinished actions when the next round opens (R47).

    Work that has been promised goes on; a plan the customer objected to binds nobody:

    - corrective and preventive actions, verification and follow-up live on in their own round,
      whose plan they belong to, as they outlive the closing of the case;
    - containment, correction, investigation and communication that are open or accepted move into
      the new round: its plan counts them, and owners who have not accepted may object to it;
    - those objected to are cancelled: the objection was against a plan that is being rewritten.
    """

    _inherit = "complaint.complaint"

    def _after_object(self):
        result = super()._after_object()
        self._carry_actions_over()
        return result

    def _after_reopen(self):
        result = super()._after_reopen()
        self._carry_actions_over()
        return result

    def _carry_actions_over(self):
        """Decide about unfinished actions of earlier rounds, as the class says."""
        # sudo: the verb was checked; actions may be of people of other departments
        for number, complaints in self.sudo().grouped("round").items():
            earlier = complaints.action_ids.filtered(
                lambda a, n=number: (
                    a.round_number < n and a.state in OPEN_STATES and a.kind not in OUTLIVING_KINDS
                )
            )
            objected = earlier.filtered(lambda a: a.state == "objected")
            objected._write_trusted(
                {
                    "state": "cancelled",
                    "completion_note": self.env._("Superseded by round %s.", number),
                }
            )
            (earlier - objected)._write_trusted({"round_number": number})
