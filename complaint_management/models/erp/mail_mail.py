from odoo import api, models
from odoo.fields import Domain


class MailMail(models.Model):
    """Mails of a complaint are closed to whom it is about, also to administrators (R73)."""

    _name = "mail.mail"
    _inherit = ["complaint.discreet.mixin", "mail.mail"]

    @api.model
    def _get_hidden_domain(self, ids):
        hidden = self.env["mail.message"]._get_hidden_domain(ids)
        return Domain("mail_message_id", "any!", hidden)
