from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..models.documents.complaint_report_stored import MIMETYPES


class ComplaintReportOffice(http.Controller):
    """Drafts of office files, made anew for whoever may read the report; nothing is stored."""

    @http.route(
        "/complaint/report/<int:report_id>/draft",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download_draft(self, report_id, **_kwargs):
        """The customer's form or the 8D workbook as it would be filled now (R72)."""
        report = request.env["complaint.report"].browse(report_id).exists()
        if not report or not report.has_access("read") or report.is_frozen:
            raise request.not_found()
        try:
            content, ending = report._make_office()
        except UserError as error:
            # The button says what is wrong before it leads here
            raise request.not_found() from error
        headers = [
            ("Content-Type", MIMETYPES[ending]),
            ("Content-Length", len(content)),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
            ("Content-Disposition", content_disposition(report._get_draft_name(ending))),
        ]
        return request.make_response(content, headers)
