from odoo import fields, models

from ..complaint.complaint_state_guard import EVERYTHING

ROLES = [("champion", "Champion"), ("leader", "Team leader"), ("member", "Member")]


class ComplaintMember(models.Model):
    """Somebody of the team that solves a case (8D D1); a name and a function, no login needed.

    Names stand here because they are printed for the customer; nothing else about people is.
    """

    _name = "complaint.member"
    _description = "Member of the Problem-Solving Team"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, sequence, id"
    _OUTLIVES_CLOSING = False
    _FROZEN_FIELDS = {"closed": EVERYTHING}
    _VERSIONED_FIELDS = frozenset({"name", "role", "function", "contact"})

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, help="Printed in the 8D report.")
    role = fields.Selection(ROLES, required=True, default="member")
    function = fields.Char(help="E.g. process engineer. Printed in the 8D report.")
    contact = fields.Char(help="Telephone or e-mail, where the customer may ask directly.")
