from odoo import fields, models

from ..routing.complaint_function import FUNCTIONS

# Whom a level may tell besides the functions of the team.
ROLES = [
    ("owner", "Who has to move now"),
    ("backup", "His backup"),
    ("lead", "Lead"),
    ("salesperson", "Salesperson"),
    ("leader", "Team leader"),
]


class ComplaintEscalationRecipient(models.Model):
    """One of those a level of the ladder tells (R14, R47)."""

    _name = "complaint.escalation.recipient"
    _description = "Recipient of an Escalation"
    _inherit = ["complaint.remembered.mixin"]
    _order = "level_id, id"
    _rec_name = "recipient"

    level_id = fields.Many2one(
        "complaint.escalation.level", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="level_id.company_id", store=True, index=True)
    recipient = fields.Selection(ROLES + FUNCTIONS, "Who", required=True)

    _recipient_unique = models.Constraint(
        "UNIQUE(level_id, recipient)", "A level tells everybody once."
    )
