import base64
import hashlib
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

MIMETYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# Fields that hold bytes, the main document first; each has a ``…_name`` and a ``…_sha256``.
STORED_FIELDS = ("pdf", "office")


class StoredDocument(NamedTuple):
    """A document as it was approved: what readers of it need to know."""

    name: str
    mimetype: str
    content: bytes


class ComplaintReportStored(models.Model):
    """The stored document of an approved report: a PDF, an office file, or both (R44, R72, T20).

    Whoever shows or sends a report takes these bytes, by :meth:`_get_documents`; they are compared
    with their SHA-256 each time.
    """

    _inherit = "complaint.report"

    office = fields.Binary("Office File", attachment=True, readonly=True, copy=False)
    office_name = fields.Char(readonly=True, copy=False)
    office_sha256 = fields.Char("SHA-256 of the office file", readonly=True, copy=False)
    sends_office = fields.Boolean(
        "Workbook goes out, too",
        readonly=True,
        copy=False,
        help="As the profile said when the document was approved.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {
            "office",
            "office_name",
            "office_sha256",
            "sends_office",
        }

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------
    def _get_documents(self):
        """:return: list of :class:`StoredDocument`, the main one first
        :raise UserError: when one of them is not the one that was approved, or there is none
        """
        self.ensure_one()
        return [self._get_stored(name) for name in self._get_stored_names() or STORED_FIELDS[:1]]

    def _get_sent_documents(self):
        """:return: those of :meth:`_get_documents` that go to the customer
        :raise UserError: as there
        """
        documents = self._get_documents()
        return documents[: max(len(self._get_sent_names()), 1)]

    def _get_stored_names(self):
        """:return: list of those of ``STORED_FIELDS`` that hold a document"""
        self.ensure_one()
        return [name for name in STORED_FIELDS if self[f"{name}_sha256"]]

    def _get_sent_names(self):
        """:return: list of those of ``STORED_FIELDS`` that go to the customer: the PDF alone unless
        his profile wanted the workbook, too, when it was approved
        """
        names = self._get_stored_names()
        return names if self.sends_office else names[:1]

    def _get_stored(self, name):
        """:param str name: one of ``STORED_FIELDS``
        :return: :class:`StoredDocument`
        :raise UserError: when the bytes are not those that were approved
        """
        self.ensure_one()
        content = self._get_stored_attachment(name).raw or b""
        if not content or hashlib.sha256(content).hexdigest() != self[f"{name}_sha256"]:
            raise UserError(
                self.env._(
                    "The stored document of %s is not the one that was approved. Restore it from a "
                    "backup or make a new version.",
                    self.name,
                )
            )
        file_name = self[f"{name}_name"]
        ending = file_name.rpartition(".")[2]
        return StoredDocument(file_name, MIMETYPES.get(ending, "application/octet-stream"), content)

    def _get_pdf_bytes(self):
        """:return: the stored bytes of the PDF
        :raise UserError: when they are not those that were approved
        """
        return self._get_stored("pdf").content

    def _get_stored_attachment(self, name):
        """:return: the attachment that holds a stored document, by sudo; may be empty"""
        self.ensure_one()
        # sudo: the field's attachment follows the report, which the caller has checked
        attachments = self.env["ir.attachment"].sudo()
        domain = [
            ("res_model", "=", self._name),
            ("res_field", "=", name),
            ("res_id", "=", self.id),
        ]
        return attachments.search(domain, limit=1)

    def _get_stored_hashes(self):
        """:return: set of the SHA-256 of the stored documents"""
        self.ensure_one()
        return {self[f"{name}_sha256"] for name in self._get_stored_names()}

    # ------------------------------------------------------------
    # Keeping
    # ------------------------------------------------------------
    def _prepare_stored_vals(self, name, content, ending):
        """Values that keep a document; called by :meth:`_prepare_document_vals`.

        :param str name: one of ``STORED_FIELDS``
        :param bytes content: the document
        :param str ending: of its file name
        """
        self.ensure_one()
        return {
            name: base64.b64encode(content),
            f"{name}_name": f"{self._get_report_base_filename()}.{ending}",
            f"{name}_sha256": hashlib.sha256(content).hexdigest(),
        }
