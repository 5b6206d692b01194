import base64
import io

from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..browser import BrowserCase
from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestReportPdf(DocumentsCommon, BrowserCase):
    """The real engine: pages, languages, long cases, the frozen bytes."""

    def _pages(self, content):
        self.assertTrue(content.startswith(b"%PDF"))
        return len(PdfReader(io.BytesIO(content)).pages)

    def test_simple_case_fits_one_page(self):
        complaint = self._case()
        for kind in ("preventive", "feedback"):
            with self.subTest(kind=kind):
                self.assertEqual(self._pages(self._pdf(self._report(complaint, kind))), 1)

    def test_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.contact.write({"name": "王小明", "lang": "zh_CN"})
        complaint = self._case(description="螺丝刀杆生锈。\n三箱受潮。")
        report = self._report(complaint)
        html = self._html(report)
        self.assertIn("螺丝刀杆生锈。", html)
        self.assertIn('lang="zh-CN"', html)
        content = self._pdf(report)
        self.assertEqual(self._pages(content), 1)
        fonts = {
            font.get_object()["/BaseFont"]
            for font in PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/Font"].values()
        }
        self.assertTrue(any("CJK" in font or "Han" in font for font in fonts), fonts)

    def test_long_case(self):
        complaint = self._case(measures=15, photos=12, description="A long story.\n" * 60)
        report = self._report(complaint)
        pages = self._pages(self._pdf(report))
        self.assertGreater(pages, 2)
        self.assertLess(pages, 9)

    def test_approved_pdf_is_kept(self):
        report = self._report()
        report.with_user(self.user_manager).with_context(
            force_report_rendering=True
        ).action_approve()
        content = report._get_pdf_bytes()
        self.assertEqual(self._pages(content), 1)
        self.assertEqual(base64.b64decode(report.pdf), content)
        self.assertEqual(self._pdf(report), content)
        self.authenticate(self.user_quality.login, self.user_quality.login)
        answer = self.url_open(report.action_preview()["url"])
        self.assertEqual(answer.content, content)

    def test_internal_form(self):
        content, _type = (
            self.env["ir.actions.report"]
            .with_user(self.user_quality)
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(
                "complaint_management.report_complaint_form", self._case(photos=2).ids
            )
        )
        self.assertGreaterEqual(self._pages(content), 1)

    def test_unstyled_pdf_is_not_kept(self):
        """The engine reports success when it cannot reach our server for the style sheet."""
        report = self._report()
        approver = report.with_user(self.user_manager).with_context(force_report_rendering=True)
        self.env["ir.config_parameter"].set_param("report.url", "http://127.0.0.1:9")
        refused = self.assertRaisesRegex(UserError, "style sheet could not be loaded")
        with refused, self.env.cr.savepoint():
            approver.action_approve()
        self.env["ir.config_parameter"].set_param("report.url", False)
        self.env.invalidate_all()
        self.assertFalse(report.pdf_sha256)
        approver.action_approve()
        self.assertEqual(report.state, "approved")
