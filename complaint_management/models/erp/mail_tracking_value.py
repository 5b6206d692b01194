from odoo import api, models
from odoo.fields import Domain


class MailTrackingValue(models.Model):
    """Changes of a complaint are closed to whom it is about, technical administrators too (R73)."""

    _name = "mail.tracking.value"
    _inherit = ["complaint.discreet.mixin", "mail.tracking.value"]

    @api.model
    def _get_hidden_domain(self, ids):
        hidden = self.env["mail.message"]._get_hidden_domain(ids)
        return Domain("mail_message_id", "any!", hidden)
