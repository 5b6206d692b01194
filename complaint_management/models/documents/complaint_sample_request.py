from odoo import api, fields, models


class ComplaintSampleRequest(models.Model):
    """The customer is asked for a sample, by mail and once the complaint is registered (R8)."""

    _inherit = "complaint.complaint"

    sample_awaited = fields.Boolean(
        compute="_compute_sample_awaited",
        store=True,
        precompute=True,
        help="The customer was asked for a sample that has not come yet.",
    )

    @api.depends("evidence_ids.sample_state")
    def _compute_sample_awaited(self):
        for complaint in self:
            states = complaint.evidence_ids.mapped("sample_state")
            complaint.sample_awaited = "requested" in states

    def _after_register(self):
        """Ask for the samples that were noted while the case was a draft."""
        result = super()._after_register()
        self.filtered("sample_awaited")._tell_sample_request()
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
