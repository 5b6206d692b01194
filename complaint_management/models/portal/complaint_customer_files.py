from odoo import models
from odoo.tools.mimetypes import guess_mimetype

# Pictures every browser shows; others are offered for download.
SHOWN_TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")


class ComplaintCustomerFiles(models.Model):
    """Photos and documents on the customer's page (T2): his own, and what is marked for him."""

    _inherit = "complaint.complaint"

    def _prepare_customer_page(self, reader):
        page = super()._prepare_customer_page(reader)
        return {
            **page,
            "files": self._prepare_customer_files(self._get_customer_evidence()),
            "reports": [
                self._prepare_customer_report(r) for r in self.report_ids._filter_shown_to(reader)
            ],
        }

    def _get_customer_evidence(self):
        """:return: evidence with a file that the customer handed in, or may see"""
        firms = self._get_customer_firms()
        # bin_size: whether there is a file, without reading it
        evidence = self.evidence_ids.with_context(bin_size=True).filtered("file")
        shown = evidence.filtered(lambda e: e.customer_visible or e._is_handed_in_by(firms))
        return shown.with_env(self.env)

    def _prepare_customer_files(self, evidence):
        """:return: list of dicts, one a photo or document"""
        attachments = self.env["ir.attachment"].search(
            [
                ("res_model", "=", evidence._name),
                ("res_id", "in", evidence.ids),
                ("res_field", "=", "file"),
            ]
        )
        types = {attachment.res_id: attachment.mimetype for attachment in attachments}
        return [
            {
                "id": part.id,
                "name": part.name or part.file_name or "",
                "is_picture": types.get(part.id) in SHOWN_TYPES,
            }
            for part in evidence
        ]

    def _get_customer_content(self, evidence):
        """:return: tuple (bytes, type a browser may take it for, file name) of a file"""
        content = evidence._get_file_bytes()
        mimetype = guess_mimetype(content)
        return content, mimetype, evidence.file_name or evidence.name or "file"

    def _prepare_customer_report(self, report):
        """One document that was sent; called by :meth:`_prepare_customer_page`."""
        kinds = dict(report._fields["kind"]._description_selection(self.env))
        stages = dict(report._fields["stage"]._description_selection(self.env))
        return {
            "id": report.id,
            "name": report.name,
            "kind": self.env._("Your form")
            if report.kind == "form"
            else kinds.get(report.kind, ""),
            "stage": stages.get(report.stage, "") if report.kind == "8d" else "",
            "version": report.version,
            "replaced_by": report._find_newer().get(report, report.browse()).name or "",
            "to_sign": report._is_to_sign(),
            "has_workbook": len(report._get_sent_names()) > 1,
            "date": self._get_print_day(report.date_sent),
            "signed": self._get_print_day(report.date_signed),
            "signed_by": report.signed_by or "",
            "acknowledged": self._get_print_day(report.date_acknowledged),
        }
