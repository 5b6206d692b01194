from odoo import models
from odoo.exceptions import UserError


class ComplaintReportOffice(models.Model):
    """The office file of a report: as it was approved, or the draft's as it would be now."""

    _inherit = "complaint.report"

    def action_download_office(self):
        """Download the workbook of an 8D report, or the customer's form.

        :return: client action
        :raise AccessError: when the user may not read the report
        :raise UserError: for a document that has no office file
        """
        self.ensure_one()
        self.check_access("read")
        if self.office_sha256:
            return self._get_stored_action("office")
        if self.is_frozen or not self._has_office():
            raise UserError(self.env._("%s has no office file.", self.name))
        self._make_office()  # what is wrong is told here, not on an empty page
        url = f"/complaint/report/{self.id}/draft"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def _has_office(self):
        """:return: whether documents of this kind have an office file"""
        self.ensure_one()
        return self.kind in ("form", "8d")

    def _make_office(self):
        """Make the office file from what is recorded and edited now.

        :return: tuple (bytes, ending of its name)
        :raise UserError: for a document that has none, or a form that cannot be filled
        """
        self.ensure_one()
        if self.kind == "form":
            return self._fill_form()
        if self.kind == "8d":
            return self._make_8d_sheet(), "xlsx"
        raise UserError(self.env._("%s has no office file.", self.name))

    def _prepare_document_vals(self):
        """Keep the workbook of an 8D report beside its PDF."""
        vals = super()._prepare_document_vals()
        if self.kind == "8d":
            content, ending = self._make_office()
            vals.update(self._prepare_stored_vals("office", content, ending))
            # sudo: the profile of a document the user may read
            vals["sends_office"] = self.sudo().profile_id.sends_office
        return vals

    def _get_draft_name(self, ending):
        """:return: file name that says that the document is not approved"""
        mark = self.with_context(lang=self.lang).env._("DRAFT")
        return f"{self._get_report_base_filename()}-{mark}.{ending}"
