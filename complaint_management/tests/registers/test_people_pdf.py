import io
import unicodedata
from datetime import date, datetime, timedelta

from pypdf import PdfReader

from odoo import Command
from odoo.tests import tagged

from ..browser import BrowserCase
from .common import RegisterCommon
from .test_salesperson import SalespersonCommon


@tagged("post_install", "-at_install")
class TestPeoplePdf(SalespersonCommon, RegisterCommon, BrowserCase):
    """The real engine: measures and the meeting's pack with one row, many, none, in Chinese."""

    def _pages(self, table, lang="en_US", **values):
        """:return: list of the texts of the pages; each is landscape"""
        self.env.flush_all()
        model = (
            self.env[table]
            .with_user(self.user_leadership)
            .with_context(force_report_rendering=True, lang=lang, tz="UTC")
        )
        content, _name = model._make_file(self._request(table, "pdf", **values))
        pages = PdfReader(io.BytesIO(content)).pages
        for page in pages:
            self.assertGreater(page.mediabox.width, page.mediabox.height)
        return [page.extract_text() for page in pages]

    def _measures(self, count, name="Measure"):
        """:return: the rows of a complaint with so many measures"""
        case = self._fact(
            self.user_sales,
            datetime(2025, 3, 3),
            action_ids=[
                Command.create(
                    {
                        "name": f"{name} {number:03} " + "and more " * (number % 20),
                        "kind": "preventive",
                        "user_id": self.user_quality.id,
                        "deadline": date(2025, 3, 1) + timedelta(days=number % 50),
                    }
                )
                for number in range(count)
            ],
        )
        self.env.flush_all()
        return self.env["complaint.analysis.measure"].search([("complaint_id", "=", case.id)])

    def test_one_measure_is_one_page(self):
        pages = self._pages("complaint.table.measure", records=self._measures(1))
        self.assertEqual(len(pages), 1)
        self.assertIn("Measure 000", pages[0])

    def test_two_hundred_measures_with_their_head_on_each_page(self):
        pages = self._pages("complaint.table.measure", records=self._measures(200))
        self.assertGreater(len(pages), 5)
        for page in pages:
            self.assertIn("Customer told?", page)
        text = " ".join(pages)
        missing = [number for number in range(200) if f"Measure {number:03}" not in text]
        self.assertFalse(missing)

    def test_pack_of_a_month_without_anything(self):
        options = {"month": "2001-01-01", "company": self.company.id, "team": self.team_2.id}
        pages = self._pages("complaint.table.meeting", options=options)
        self.assertEqual(len(pages), 5)
        self.assertIn("Key figures", pages[0])
        self.assertIn("Decisions", pages[-1])

    def test_pack_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.customer.name = "示例纸品经销商"
        self._measures(3, "检查每卷更换后的印刷颜色")
        options = {"month": "2025-03-01", "company": self.company.id}
        pages = self._pages("complaint.table.meeting", "zh_CN", options=options)
        self.assertGreaterEqual(len(pages), 5)
        # Glyphs of a PDF may read as radicals
        self.assertIn("2025年3月", unicodedata.normalize("NFKC", pages[0]))
