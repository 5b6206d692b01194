from odoo import api, models
from odoo.exceptions import ValidationError

from ..handling.complaint_action import OPEN_STATES


class ComplaintConcernedAction(models.Model):
    """Whom a complaint is about has nothing to do in it (R73)."""

    _inherit = "complaint.action"

    @api.constrains("user_id", "state")
    def _check_owner_not_concerned(self):
        """:raise ValidationError: when an open action is given to somebody the case is about"""
        for action in self:
            concerned = action.complaint_id._get_concerned_users()
            if action.state in OPEN_STATES and action.user_id in concerned:
                raise ValidationError(
                    self.env._(
                        "%(complaint)s is about %(user)s: give “%(action)s” to somebody else.",
                        complaint=action.complaint_id.name,
                        # sudo: the name of the colleague the user just chose
                        user=action.user_id.sudo().name,
                        action=action.name,
                    )
                )
