import io

from pypdf import PdfReader

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..browser import BrowserCase
from .eightd_common import EightdCommon


@tagged("post_install", "-at_install")
class TestReport8dPdf(EightdCommon, BrowserCase):
    """The real engine: pages of 8D reports and letters, short and long, in both languages."""

    def _read(self, content):
        self.assertTrue(content.startswith(b"%PDF"))
        return PdfReader(io.BytesIO(content))

    def _text(self, page):
        return " ".join(page.extract_text().split())

    def test_8d(self):
        report = self._report(self._case_8d(photos=4), "8d")
        pages = self._read(self._pdf(report)).pages
        self.assertLessEqual(len(pages), 3)
        text = " ".join(self._text(page) for page in pages)
        for part in ("8D Report", "D1 Team", "D4 Root causes", "D8 Closure", "Max Member"):
            self.assertIn(part, text)
        for number, page in enumerate(pages, 1):
            self.assertIn(f"{number} / {len(pages)}", self._text(page))

    def test_8d_on_letterhead(self):
        report = self._report(self._case_8d(), "8d")
        report.profile_id.sudo().layout = "letterhead"
        pages = self._read(self._pdf(report)).pages
        self.assertIn(self.company.name, self._text(pages[0]))
        self.assertIn("D8 Closure", " ".join(self._text(page) for page in pages))

    def test_interim_of_an_empty_case(self):
        report = self._report(self._registered_complaint(user=self.user_sales), "8d")
        pages = self._read(self._pdf(report)).pages
        self.assertEqual(len(pages), 1)
        self.assertNotIn("Containment actions", self._text(pages[0]))

    def test_long_8d_in_chinese(self):
        """Nothing is cut off: what is written last stands on the last pages."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.contact.write({"name": "王小明", "lang": "zh_CN"})
        words = "切刀断裂之后碎片没有被金属探测器发现，因为探测器安装在折叠机之前。" * 6
        complaint = self._case_8d(photos=9, description=words, lesson_learned=words * 3)
        complaint.cause_ids.with_user(self.user_quality).write({"whys": "\n".join([words] * 5)})
        complaint.check_ids = [
            Command.create({"place": "warehouse", "action": words, "date": fields.Date.today()})
            for _number in range(15)
        ]
        reader = self._read(self._pdf(self._report(complaint, "8d")))
        self.assertGreater(len(reader.pages), 3)
        self.assertLess(len(reader.pages), 14)
        fonts = {
            font.get_object()["/BaseFont"]
            for font in reader.pages[0]["/Resources"]["/Font"].values()
        }
        self.assertTrue(any("CJK" in font or "Han" in font for font in fonts), fonts)

    def test_letter_fits_one_page(self):
        complaint = self._case(
            demand_ids=[
                Command.create({"kind": "exchange", "name": f"New towels, floor {floor}"})
                for floor in range(5)
            ]
        )
        self._add_action(complaint, kind="correction", name="We bring new towels")
        pages = self._read(self._pdf(self._report(complaint, "letter"))).pages
        self.assertEqual(len(pages), 1)
        text = self._text(pages[0])
        self.assertLess(text.index("We bring new towels"), text.index("The cartons got wet"))

    def test_approved_8d_is_kept(self):
        report = self._report(self._case_8d(), "8d")
        self.assertEqual(report.stage, "final")
        report.with_user(self.user_manager).with_context(
            force_report_rendering=True
        ).action_approve()
        content = report._get_pdf_bytes()
        report.complaint_id.first_good_lot = "Another one"
        report.profile_id.sudo().title = "Another title"
        self.assertEqual(self._pdf(report), content)
