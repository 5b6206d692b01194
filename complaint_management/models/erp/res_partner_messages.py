from odoo import fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..correspondence.complaint_rhythm import RHYTHMS


class ResPartner(models.Model):
    """How often a customer wants to hear from us about his complaints (R42)."""

    _inherit = "res.partner"

    complaint_progress_rhythm = fields.Selection(
        RHYTHMS,
        "Told about complaints",
        groups=INSIDE_GROUPS,
        help="Agreed with this customer, for him and his people. Empty: by the deadlines of the "
        "category.",
    )
