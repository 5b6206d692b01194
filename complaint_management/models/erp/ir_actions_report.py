import io

from odoo import models

REPORT_MODEL = "complaint.report"


class IrActionsReport(models.Model):
    """Prints an approved complaint report as the bytes that were stored, never again (R44)."""

    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if report.model != REPORT_MODEL or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        records = self.env[REPORT_MODEL].browse(res_ids)
        records.check_access("read")
        stored = {r.id: r._get_pdf_bytes() for r in records if r.pdf_sha256}
        fresh = [res_id for res_id in res_ids if res_id not in stored]
        streams = {}
        if fresh:
            streams = super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=fresh)
        for res_id, content in stored.items():
            streams[res_id] = {"stream": io.BytesIO(content), "attachment": None}
        return streams
