from odoo import models


class MailScheduledMessage(models.Model):
    """What will be posted on a complaint is closed to whom it is about (R73)."""

    _name = "mail.scheduled.message"
    _inherit = ["complaint.discreet.mixin", "mail.scheduled.message"]

    _DOCUMENT_FIELD = "model"
