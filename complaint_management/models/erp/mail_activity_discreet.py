from odoo import models


class MailActivity(models.Model):
    """Activities of a complaint are closed to whom it is about, also his own (R73)."""

    _name = "mail.activity"
    _inherit = ["complaint.discreet.mixin", "mail.activity"]
