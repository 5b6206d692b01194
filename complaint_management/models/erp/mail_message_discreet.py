from odoo import models


class MailMessage(models.Model):
    """Messages of a complaint are closed to whom it is about, also his own (R73)."""

    _name = "mail.message"
    _inherit = ["complaint.discreet.mixin", "mail.message"]

    _DOCUMENT_FIELD = "model"
