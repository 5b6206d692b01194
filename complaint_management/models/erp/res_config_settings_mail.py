from odoo import fields, models

from ..correspondence.complaint_mail_flood import CAP_PARAMETER
from ..correspondence.complaint_mail_sender import AUTHSERV_PARAMETER


class ResConfigSettings(models.TransientModel):
    """How far mails are trusted; the same for all companies, as the mail server is (T5, T8)."""

    _inherit = "res.config.settings"

    complaint_mail_authserv_id = fields.Char(
        "Trusted mail server",
        config_parameter=AUTHSERV_PARAMETER,
        help="The name with which your own mail server begins its Authentication-Results header.",
    )
    complaint_mail_sender_cap = fields.Integer(
        "Mails an hour",
        default=lambda self: self.env["complaint.complaint"]._get_sender_cap(),
        help="One sender opens so many complaints an hour; further mails are kept. 0: no limit.",
    )

    def set_values(self):
        """Keep a cap of 0 too: core would forget it."""
        result = super().set_values()
        # sudo: core has checked the right to change settings
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(CAP_PARAMETER, str(max(self.complaint_mail_sender_cap, 0)))
        return result
