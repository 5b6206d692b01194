from odoo import api, models
from odoo.fields import Domain


class MailNotification(models.Model):
    """Who was told of a complaint is no business of whom it is about (R73)."""

    _name = "mail.notification"
    _inherit = ["complaint.discreet.mixin", "mail.notification"]

    @api.model
    def _get_hidden_domain(self, ids):
        hidden = self.env["mail.message"]._get_hidden_domain(ids)
        return Domain("mail_message_id", "any!", hidden)
