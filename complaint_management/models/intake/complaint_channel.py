from odoo import fields, models

from ..complaint.complaint_classification import SEVERITIES


class ComplaintChannel(models.Model):
    """The way a complaint reached us, with the person who watches it and his backup (R5)."""

    _name = "complaint.channel"
    _description = "Complaint Channel"
    _inherit = ["complaint.taxonomy.mixin"]

    user_id = fields.Many2one("res.users", "Owner", domain="[('share', '=', False)]")
    backup_user_id = fields.Many2one("res.users", "Backup", domain="[('share', '=', False)]")
    counts_as_response = fields.Boolean(
        help="Talking to the customer is a first response: phone and face to face."
    )
    default_severity = fields.Selection(
        SEVERITIES,
        help="Severity proposed for what arrives here, e.g. critical for authorities and media.",
    )
