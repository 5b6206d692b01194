import hashlib

from odoo import api, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import TRUSTED

REPORT_MODEL = "complaint.report"
PDF_FIELD = "pdf"
# Who may read it without a look at the report, and what a browser takes it for.
SHOWN_FIELDS = ("public", "access_token", "name", "mimetype")
# Where the bytes are and whose they are.
OWNER_FIELDS = ("type", "url", "res_model", "res_id", "res_field")
KEPT_FIELDS = frozenset({"raw", "datas", "db_datas", *OWNER_FIELDS, *SHOWN_FIELDS})


class IrAttachment(models.Model):
    """Keeps the stored PDF of a complaint report as it was approved (T20).

    Only the approval makes it; nobody changes, forges or deletes it, by sudo or RPC. Odoo's own
    moving between database and disk writes the same bytes and is let through.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_complaint_pdf()
        return attachments

    def write(self, vals):
        """Let nothing change the stored bytes of a report, nor make another file pose as them.

        :raise UserError: for everybody but the report's own verbs
        """
        if KEPT_FIELDS.intersection(vals) and not self._is_complaint_trusted():
            before = {
                attachment: attachment._get_complaint_pdf_state()
                for attachment in self.sudo()  # sudo: the fields of a rule, nothing is shown
                if attachment._is_complaint_pdf()
            }
            result = super().write(vals)
            for attachment, state in before.items():
                if attachment._get_complaint_pdf_state() != state:
                    attachment._refuse_complaint_pdf()
            (self.sudo() - self.browse([a.id for a in before]).sudo())._check_complaint_pdf()
            return result
        return super().write(vals)

    def unlink(self):
        """Keep the stored document of an approved report (T20).

        :raise UserError: whoever asks
        """
        # sudo: the fields of a rule, nothing is shown
        pdfs = self.sudo().filtered(lambda a: a._is_complaint_pdf())
        if pdfs:
            reports = self.env[REPORT_MODEL].sudo().browse(pdfs.mapped("res_id")).exists()
            if any(report.state != "draft" for report in reports):
                self._refuse_complaint_pdf()
        return super().unlink()

    def _check_complaint_pdf(self):
        """:raise UserError: when one of these poses as the stored document of a report"""
        if self._is_complaint_trusted():
            return
        # sudo: the fields of a rule, nothing is shown
        if any(attachment._is_complaint_pdf() for attachment in self.sudo()):
            self._refuse_complaint_pdf()

    def _is_complaint_pdf(self):
        self.ensure_one()
        return self.res_model == REPORT_MODEL and self.res_field == PDF_FIELD

    def _is_complaint_trusted(self):
        return self.env.context.get("complaint_transition") is TRUSTED

    def _get_complaint_pdf_state(self):
        """:return: what must stay: bytes, owner, name and readers of a stored document"""
        self.ensure_one()
        content = hashlib.sha256(self.raw or b"").hexdigest()
        return (content, *(self[name] or False for name in OWNER_FIELDS + SHOWN_FIELDS))

    def _refuse_complaint_pdf(self):
        raise UserError(
            self.env._(
                "The stored document of a complaint report is made by its approval and stays as it "
                "is."
            )
        )
