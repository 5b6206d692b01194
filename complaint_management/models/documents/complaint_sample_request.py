from odoo import models


class ComplaintSampleRequest(models.Model):
    """The customer is asked for a sample, by mail and once the complaint is registered (R8)."""

    _inherit = "complaint.complaint"

    def _after_register(self):
        result = super()._after_register()
        waiting = self.evidence_ids.filtered(lambda e: e.sample_state == "requested")
        waiting.complaint_id._tell_sample_request()
        return result

    def _tell_sample_request(self):
        """Mail the request to the customer; tell the salesperson, who may fetch the sample."""
        if not self:
            return
        self._announce("sample_requested", {c: c.user_id for c in self})
        template = self.env.ref(
            "complaint_management.mail_template_sample_request", raise_if_not_found=False
        )
        for complaint in self.filtered("email_from") if template else ():
            complaint.message_post_with_source(
                template,
                partner_ids=(complaint.contact_id or complaint.partner_id).ids,
                subtype_xmlid="mail.mt_comment",
            )
