from odoo import models


class ComplaintReportDiscreet(models.Model):
    """A report's chatter, too, is closed to whom the complaint is about (R73)."""

    _inherit = "complaint.report"

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        about = self.complaint_id._get_concerned_users().partner_id.ids
        partner_ids = [pid for pid in partner_ids or () if pid not in about]
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        return self.complaint_id._without_concerned(recipients)
