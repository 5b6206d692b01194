import logging

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

from ..models.portal.complaint_customer_files import SHOWN_TYPES
from .portal_answer import ComplaintPortalAnswer

PDF = "application/pdf"
_logger = logging.getLogger(__name__)


class ComplaintPortalFiles(ComplaintPortalAnswer):
    """Photos and documents of a case, and the signature under a document (T1, T2, T12)."""

    @http.route(
        "/my/complaints/<int:complaint_id>/file/<int:evidence_id>",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
    )
    def portal_file(self, complaint_id, evidence_id, access_token=None, **_kwargs):
        """A photo or document the customer gave, or may see."""
        try:
            complaint = self._get_complaint(complaint_id, access_token)
        except (AccessError, MissingError):
            return self._redirect_away()
        evidence = complaint._get_customer_evidence().filtered(lambda e: e.id == evidence_id)
        if not evidence:
            raise request.not_found()
        content, mimetype, name = complaint._get_customer_content(evidence)
        # Only plain pictures are shown in place; nothing of a customer's runs on our site
        if mimetype not in SHOWN_TYPES:
            return self._send_file(content, "application/octet-stream", name, "attachment")
        return self._send_file(content, mimetype, name, "inline")

    @http.route(
        "/my/complaints/<int:complaint_id>/report/<int:report_id>",
        type="http",
        auth="public",
        methods=["GET"],
    )
    def portal_report(
        self,
        complaint_id,
        report_id,
        access_token=None,
        pid=None,
        hash=None,
        workbook=None,
        **_kwargs,
    ):
        """A document that was sent, exactly as it was approved (R44); ``workbook``: the one that
        went out beside the PDF.
        """
        try:
            complaint = self._get_complaint(complaint_id, access_token)
        except (AccessError, MissingError):
            return self._redirect_away()
        report = self._find_report(complaint, report_id, pid, hash)
        if not report:
            raise request.not_found()
        try:
            document = report._get_sent_documents()[-1 if workbook else 0]
        except UserError:
            _logger.warning("Report %s cannot be shown: its stored bytes changed", report.name)
            post = {"access_token": access_token, "pid": pid, "hash": hash}
            self._flash(
                complaint,
                "warning",
                self.env._("This document cannot be shown at the moment. Please ask us."),
            )
            return request.redirect(self._get_page_url(complaint, post))
        name, mimetype, content = document
        place = "inline" if mimetype == PDF else "attachment"
        return self._send_file(content, mimetype, name, place)

    @http.route(
        "/my/complaints/<int:complaint_id>/report/<int:report_id>/sign",
        type="jsonrpc",
        auth="public",
        website=True,
    )
    def portal_sign(
        self,
        complaint_id,
        report_id,
        access_token=None,
        pid=None,
        hash=None,
        name=None,
        signature=None,
        **_kwargs,
    ):
        """Keep the customer's signature under a document; called by core's signature form."""
        # The form posts to an address that carries the link's parts
        args = request.httprequest.args
        post = {
            "access_token": access_token or args.get("access_token"),
            "pid": pid or args.get("pid"),
            "hash": hash or args.get("hash"),
        }
        try:
            complaint = self._get_complaint(complaint_id, post["access_token"])
        except (AccessError, MissingError):
            return {"error": self.env._("This complaint cannot be opened. Please log in again.")}
        try:
            who = self._get_answerer(complaint, post)
            report = complaint.report_ids._filter_shown_to(who.partner)
            report = report.filtered(lambda r: r.id == report_id)
            if not report:
                return {"error": self.env._("This document cannot be signed.")}
            with request.env.cr.savepoint():
                report._customer_sign(who, name, signature)
        except UserError as error:
            return {"error": str(error.args[0])}
        self._flash(
            complaint, "success", self.env._("Thank you. Your signature is kept with the document.")
        )
        return {"force_refresh": True, "redirect_url": self._get_page_url(complaint, post)}

    # ------------------------------------------------------------
    # Behind the routes
    # ------------------------------------------------------------
    def _find_report(self, complaint, report_id, pid, signature):
        """:return: the report, when it was sent to whoever reads; to colleagues as on the page"""
        reader = self._get_actor(complaint, pid, signature)
        reader = reader or complaint._get_customer_reader(request.env.user, pid, signature)
        reports = complaint.report_ids._filter_shown_to(reader)
        return reports.filtered(lambda r: r.id == report_id)

    def _send_file(self, content, mimetype, name, disposition):
        """:return: response with a file no browser runs or takes for something else"""
        return request.make_response(
            content,
            headers=[
                ("Content-Type", mimetype),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name, disposition)),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", "default-src 'none'; sandbox"),
                ("Cache-Control", "private, max-age=0"),
            ],
        )
