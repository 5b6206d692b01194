import hashlib
import io
import re
import zipfile

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.pdf import PdfReader

from .complaint_report_stored import STORED_FIELDS

# Of office files: the parts that hold text.
OFFICE_TEXT = re.compile(r"(?:word|xl|docProps)/.*\.xml")
MARKUP = re.compile(r"<[^>]*>")
MAX_READ = 25 * 1024 * 1024


class ComplaintAnonymisingFiles(models.Model):
    """Files of a case that name a person (T21).

    What cannot be freed of one name goes as a whole: in its place stands a text that says what was
    there by its SHA-256. Photos stay, under a neutral name.
    """

    _inherit = "complaint.complaint"

    def _anonymise_files(self, parts, redaction):
        """:param parts: as returned by ``_get_case_parts``"""
        owners = self._group_by_owner(parts)
        files = self._get_case_files(parts)
        personal = self._get_personal_files(files, redaction)
        for file in files:
            owner = owners.get((file.res_model, file.res_id)) or self[:1].id
            vals = {
                name: redaction.redact(file[name])
                for name in ("name", "description", "index_content")
                if redaction.contains(file[name])
            }
            if file in personal and not redaction.keep_documents:
                vals.update(self._prepare_removed_file_vals(file))
                self._note_removed_report(file)
            if vals:
                file.write(vals)
                redaction.count(owner, self.env._("File"))

    def _get_case_files(self, parts):
        """:return: ``ir.attachment``: files of these records and of what was written about them"""
        files = self.env["ir.attachment"]
        for records in parts:
            of_records = [("res_model", "=", records._name), ("res_id", "in", records.ids)]
            # Without a condition on res_field core leaves out the files of binary fields
            files |= self._search_all("ir.attachment", [*of_records, ("id", "!=", 0)])
            files |= self._search_all("ir.attachment", [*of_records, ("res_field", "!=", False)])
            messages = self._search_all(
                "mail.message", [("model", "=", records._name), ("res_id", "in", records.ids)]
            )
            files |= messages.attachment_ids
        return self._for_anonymising(files)

    def _get_personal_files(self, files, redaction):
        """:return: those of ``files`` that name the person, and copies of them"""
        named = files.filtered(
            lambda f: self._is_file_of(f, redaction) or redaction.contains(self._read_file(f))
        )
        digests = set(named.mapped("checksum"))
        return files.filtered(lambda f: f.checksum and f.checksum in digests)

    def _is_file_of(self, file, redaction):
        """:return: whether a file is the person's: a document to him, a sheet that he signed"""
        if file.res_model == "complaint.report" and file.res_field != "signature":
            # sudo: rights on the case were checked
            report = self.env["complaint.report"].sudo().browse(file.res_id)
            return bool(redaction.partner) and report.partner_id == redaction.partner
        if file.res_model == "complaint.evidence" and file.res_field:
            evidence = self.env["complaint.evidence"].sudo().browse(file.res_id)
            return evidence.kind == "feedback"
        return False

    def _read_file(self, file):
        """:return: text of a file as far as it can be read, else an empty string"""
        content = file.raw or b""
        if not content or len(content) > MAX_READ or self._is_removed_file(file):
            return ""
        try:
            if content.startswith(b"%PDF"):
                pages = PdfReader(io.BytesIO(content), strict=False).pages
                return "\n".join(page.extract_text() or "" for page in pages)
            if content.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    return "\n".join(
                        MARKUP.sub(" ", archive.read(info).decode("utf-8", "replace"))
                        for info in archive.infolist()
                        if OFFICE_TEXT.fullmatch(info.filename) and info.file_size < MAX_READ
                    )
        except Exception:  # readers raise all sorts of errors; what cannot be read has no words
            return ""
        if (file.mimetype or "").startswith(("text/", "message/", "application/json")):
            return content.decode("utf-8", "replace")
        return ""

    def _prepare_removed_file_vals(self, file):
        """Values of the text in place of a file; called by :meth:`_anonymise_files`."""
        text = self.env._(
            "Removed on %(date)s: it named a person whose data were taken out of the complaint. "
            "SHA-256 of what stood here: %(digest)s",
            date=format_date(self.env, fields.Date.context_today(self)),
            digest=hashlib.sha256(file.raw or b"").hexdigest(),
        )
        return {"raw": text.encode(), "mimetype": "text/plain"}

    def _is_removed_file(self, file):
        return file.mimetype == "text/plain" and b"SHA-256" in (file.raw or b"")[:2000]

    def _note_removed_report(self, file):
        if file.res_model == "complaint.report" and file.res_field in STORED_FIELDS:
            report = self.env["complaint.report"].sudo().browse(file.res_id)
            self._for_anonymising(report).write({"date_removed": fields.Datetime.now()})


class ComplaintReportRemoved(models.Model):
    """An approved document that named a person: its SHA-256 stays, its bytes are gone (T21)."""

    _inherit = "complaint.report"

    date_removed = fields.Datetime(
        "Removed on", readonly=True, copy=False, help="With a person's data; its SHA-256 stays."
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"date_removed"}

    def _get_stored(self, name):
        if self.date_removed:
            raise UserError(
                self.env._(
                    "%(report)s was removed on %(date)s together with the data of a person; its "
                    "SHA-256 stays with the complaint.",
                    report=self.name,
                    date=format_date(self.env, self.date_removed),
                )
            )
        return super()._get_stored(name)


class ComplaintEvidence(models.Model):
    """Files as a customer called them often carry his name."""

    _inherit = "complaint.evidence"

    def _prepare_anonymised_vals(self, redaction):
        vals = super()._prepare_anonymised_vals(redaction)
        if self.file_name:
            ending = re.search(r"\.\w{1,5}$", self.file_name)
            neutral = f"evidence-{self.id}{ending.group() if ending else ''}"
            if self.file_name != neutral:
                vals["file_name"] = neutral
        return vals
