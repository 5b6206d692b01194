import hashlib

from odoo import api, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import TRUSTED
from ..documents.complaint_report_stored import STORED_FIELDS

REPORT_MODEL = "complaint.report"
# Who may read it without a look at the report, and what a browser takes it for.
SHOWN_FIELDS = ("public", "access_token", "name", "mimetype")
# Where the bytes are and whose they are.
OWNER_FIELDS = ("type", "url", "res_model", "res_id", "res_field")
KEPT_FIELDS = frozenset({"raw", "datas", "db_datas", *OWNER_FIELDS, *SHOWN_FIELDS})


class IrAttachment(models.Model):
    """Keeps the stored documents of a complaint report as they were approved (T20).

    Only the approval makes them; nobody changes, forges or deletes them, by sudo or RPC. Odoo's own
    moving between database and disk writes the same bytes and is let through.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_complaint_document()
        return attachments

    def write(self, vals):
        """Let nothing change the stored bytes of a report, nor make another file pose as them.

        :raise UserError: for everybody but the report's own verbs
        """
        if KEPT_FIELDS.intersection(vals) and not self._is_complaint_trusted():
            before = {
                attachment: attachment._get_complaint_document_state()
                for attachment in self.sudo()  # sudo: the fields of a rule, nothing is shown
                if attachment._is_complaint_document()
            }
            result = super().write(vals)
            for attachment, state in before.items():
                if attachment._get_complaint_document_state() != state:
                    attachment._refuse_complaint_document()
            (self.sudo() - self.browse([a.id for a in before]).sudo())._check_complaint_document()
            return result
        return super().write(vals)

    def unlink(self):
        """Keep the stored document of an approved report (T20).

        :raise UserError: whoever asks
        """
        # sudo: the fields of a rule, nothing is shown
        stored = self.sudo().filtered(lambda a: a._is_complaint_document())
        if stored:
            reports = self.env[REPORT_MODEL].sudo().browse(stored.mapped("res_id")).exists()
            if any(report.state != "draft" for report in reports):
                self._refuse_complaint_document()
        return super().unlink()

    def _check_complaint_document(self):
        """:raise UserError: when one of these poses as the stored document of a report"""
        if self._is_complaint_trusted():
            return
        # sudo: the fields of a rule, nothing is shown
        if any(attachment._is_complaint_document() for attachment in self.sudo()):
            self._refuse_complaint_document()

    def _is_complaint_document(self):
        self.ensure_one()
        return self.res_model == REPORT_MODEL and self.res_field in STORED_FIELDS

    def _is_complaint_trusted(self):
        return self.env.context.get("complaint_transition") is TRUSTED

    def _get_complaint_document_state(self):
        """:return: what must stay: bytes, owner, name and readers of a stored document"""
        self.ensure_one()
        content = hashlib.sha256(self.raw or b"").hexdigest()
        return (content, *(self[name] or False for name in OWNER_FIELDS + SHOWN_FIELDS))

    def _refuse_complaint_document(self):
        raise UserError(
            self.env._(
                "The stored document of a complaint report is made by its approval and stays as it "
                "is."
            )
        )
