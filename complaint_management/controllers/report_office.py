from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
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
        report = request.env["complaint.report"].browse(report_id)
        try:
            report.check_access("read")
            if not report.exists() or report.is_frozen:
                return request.not_found()
            content, ending = report._make_office()
        except (AccessError, MissingError, UserError):
            # The button says what is wrong before it leads here
            return request.not_found()
        headers = [
            ("Content-Type", MIMETYPES[ending]),
            ("Content-Length", len(content)),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
            ("Content-Disposition", content_disposition(report._get_draft_name(ending))),
        ]
        return request.make_response(content, headers)
