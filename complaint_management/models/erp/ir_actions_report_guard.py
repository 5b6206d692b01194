import base64
import re

from odoo import api, models
from odoo.exceptions import UserError

from .report_cleaning import clean_document
from .report_engine import EngineRun, RenderClock

MODEL_PREFIX = "complaint."
# Seconds one document may take, from the press to the PDF.
SECONDS_PER_DOCUMENT = 10
SECONDS_PARAMETER = "complaint_management.document_seconds"
# A picture in a letterhead, as the editor of Odoo writes its address.
STORED_PICTURE = re.compile(r"/web/(?:image|content)/(\d+)(?:-\w+)?(?:[/?].*)?")
PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")
MAX_PICTURE_BYTES = 4 * 1024 * 1024


class IrActionsReport(models.Model):
    """Documents of complaints take nothing from outside and end in time (T11).

    Customers' words are plain text in the templates already. Here is the second wall, for whatever
    enters as HTML (letterhead, another addon's template), and the third: the engine itself reaches
    no host but our own. Other apps' documents are left to core.
    """

    _inherit = "ir.actions.report"

    @api.model
    def _is_complaint_model(self, name):
        """:return: whether documents of model ``name`` are ours to guard"""
        return bool(name) and name.startswith(MODEL_PREFIX)

    def _prepare_html(self, html, report_model=False):
        """Clean what a template made before core puts it into its own frame."""
        if self._is_complaint_model(report_model or self.model):
            if isinstance(html, str):
                html = html.encode()
            html = clean_document(html, self._get_complaint_picture)
        return super()._prepare_html(html, report_model=report_model)

    def _get_complaint_picture(self, address):
        """Put a stored picture of the letterhead into the document itself.

        :param str address: as it stands in the HTML
        :return: data URI, or None for what is no picture of ours the user may read
        """
        match = STORED_PICTURE.fullmatch(address)
        if not match:
            return None
        # Reports come by sudo; a picture is printed to whom may read it
        attachment = self.env["ir.attachment"].sudo(False).browse(int(match[1])).exists()
        if not attachment or not attachment.has_access("read"):
            return None
        # sudo: the user may read it, as was just asked
        content = attachment.sudo().raw or b""
        mimetype = attachment.sudo().mimetype
        if mimetype not in PICTURE_TYPES or len(content) > MAX_PICTURE_BYTES:
            return None
        return f"data:{mimetype};base64,{base64.b64encode(content).decode()}"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Start the clock: an object no caller's context can hold."""
        clocked = self.with_context(complaint_render_clock=RenderClock())
        return super(IrActionsReport, clocked)._render_qweb_pdf_prepare_streams(
            report_ref, data, res_ids=res_ids
        )

    @api.model
    def _run_wkhtmltopdf(self, bodies, report_ref=False, **options):
        """Give the engine its time, and no host but our own.

        :raise UserError: when it was not ready in time
        """
        report = self._get_report(report_ref) if report_ref else self
        if not self._is_complaint_model(report[:1].model):
            return super()._run_wkhtmltopdf(bodies, report_ref=report_ref, **options)
        bodies = list(bodies)
        seconds = self._get_complaint_seconds(len(bodies))
        clock = self.env.context.get("complaint_render_clock")
        elapsed = clock.get_elapsed() if isinstance(clock, RenderClock) else 0
        run = EngineRun(max(seconds - elapsed, 0), self._get_report_url())
        guarded = self.with_context(complaint_engine_run=run)
        try:
            with run.watch():
                return super(IrActionsReport, guarded)._run_wkhtmltopdf(
                    bodies, report_ref=report_ref, **options
                )
        except UserError:
            if not run.timed_out:
                raise
        raise UserError(self._get_complaint_late_message(report, seconds))

    @api.model
    def _get_complaint_late_message(self, report, seconds):
        """Hook: :return: what is said where the engine was not ready after ``seconds``"""
        return self.env._(
            "“%(document)s” was not ready after %(seconds)s seconds and was stopped; nothing "
            "was saved. Show the customer fewer photos, shorten very long texts, or print "
            "fewer documents at once. Then try again.",
            document=report.name,
            seconds=seconds,
        )

    @api.model
    def _get_complaint_seconds(self, documents):
        """How long the engine may take: 10 seconds each, or what an administrator wrote
        into the system parameter ``complaint_management.document_seconds``.

        :param int documents: how many are printed at once
        :return: int, seconds
        """
        # sudo: a setting of the machine, whoever prints
        setting = self.env["ir.config_parameter"].sudo().get_param(SECONDS_PARAMETER) or ""
        seconds = int(setting) if setting.isdecimal() and setting.isascii() else 0
        return (seconds or SECONDS_PER_DOCUMENT) * max(documents, 1)

    @api.model
    def _build_wkhtmltopdf_args(self, *args, **kwargs):
        arguments = super()._build_wkhtmltopdf_args(*args, **kwargs)
        # An object only code of this process can hold: no caller's context adds arguments
        run = self.env.context.get("complaint_engine_run")
        return [*arguments, *run.get_arguments()] if isinstance(run, EngineRun) else arguments
