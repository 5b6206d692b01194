from odoo import fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..intake.complaint_severity_factor import TIERS


class ResPartner(models.Model):
    """How important a customer is to us; it weighs in the grade of his complaints (R15)."""

    _inherit = "res.partner"

    complaint_tier = fields.Selection(
        TIERS,
        "Tier for complaints",
        groups=INSIDE_GROUPS,
        help="Weighs in the severity of this customer's complaints, contacts included. Internal: "
        "customers never see it.",
    )
