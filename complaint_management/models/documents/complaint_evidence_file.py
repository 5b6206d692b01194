import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Of what a colleague files; what comes from outside is limited by ``complaint.upload``.
MAX_BYTES = 25 * 1024 * 1024


class ComplaintEvidenceFile(models.Model):
    """Rules for evidence files, filing the signed sheet (R8, R68)."""

    _inherit = "complaint.evidence"

    @api.constrains("file", "file_name", "kind")
    def _check_file(self):
        """Refuse what is too large, what runs, and photos that are no pictures.

        :raise ValidationError: saying which file and why
        """
        for evidence in self.filtered("file"):
            problem = evidence._get_file_problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "%(file)s: %(problem)s",
                        file=evidence.file_name or evidence.name,
                        problem=problem,
                    )
                )

    @api.constrains("complaint_id")
    def _check_number(self):
        """A case holds so much evidence as somebody can still look through (T9).

        :raise ValidationError: naming the complaint and the company's limit
        """
        # sudo: counted is what is there, not what the writer may see
        counts = self.sudo()._read_group(
            [("complaint_id", "in", self.complaint_id.ids)], ["complaint_id"], ["__count"]
        )
        for complaint, count in counts:
            limit = complaint.company_id.complaint_evidence_max
            if count > limit:
                raise ValidationError(
                    self.env._(
                        "%(complaint)s: no more than %(limit)s pieces of evidence. Remove some, or "
                        "file the rest as one document.",
                        complaint=complaint.display_name,
                        limit=limit,
                    )
                )

    def _get_file_problem(self):
        """:return: translated reason why the file is not accepted, or None"""
        self.ensure_one()
        content = self._get_file_bytes()
        if len(content) > MAX_BYTES:
            return self.env["complaint.upload"]._get_size_problem(MAX_BYTES)
        uploads = self.env["complaint.upload"]
        if uploads._is_refused_type(self.file_name, content):
            return self.env._("files of this type are not accepted as evidence.")
        if self.kind == "photo" and not uploads._is_picture(content):
            return self.env._("a photo is a picture file; choose “Document” for others.")
        return None

    def _get_file_bytes(self):
        self.ensure_one()
        try:
            return base64.b64decode(self.with_context(bin_size=False).file or b"")
        except (binascii.Error, ValueError):
            return b""

    # ------------------------------------------------------------
    # The signed feedback sheet (R68)
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        """A picture is kept as it came: core would make it smaller, take half a minute for a large
        PNG, and drop what the camera noted."""
        kept = super(ComplaintEvidenceFile, self.with_context(image_no_postprocess=True))
        evidence = kept.create(vals_list).with_env(self.env)
        evidence._file_signed_sheet()
        return evidence

    def write(self, vals):
        """Keep pictures as they came; file a signed sheet also when its file comes later."""
        kept = super(ComplaintEvidenceFile, self.with_context(image_no_postprocess=True))
        result = kept.write(vals)
        if {"kind", "file"}.intersection(vals):
            self._file_signed_sheet()
        return result

    def _file_signed_sheet(self):
        """A scanned sheet with the customer's signature acknowledges the sheet that was sent."""
        signed = self.filtered(lambda e: e.kind == "feedback" and e.file)
        for complaint in signed.complaint_id:
            # sudo: filing the sheet is enough to acknowledge it; the writer works on the case
            sheets = complaint.sudo().report_ids.filtered(
                lambda r: r.kind == "feedback" and r.state == "sent"
            )
            sheets._write_trusted(
                {"state": "acknowledged", "date_acknowledged": fields.Datetime.now()}
            )
            complaint.sudo()._message_log(
                body=self.env._("The feedback sheet signed by the customer was filed.")
            )
