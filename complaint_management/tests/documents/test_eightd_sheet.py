"""The 8D report as native workbook: what the PDF says, as text, kept and sent with it (R44)."""

import io
from itertools import pairwise

from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from ...models.documents.office.eightd import COLUMNS, _divide, _split
from .eightd_common import EightdCommon


@tagged("post_install", "-at_install")
class TestEightdGrid(BaseCase):
    """Sharing out the page and breaking texts."""

    def test_divide(self):
        for weights in ([1], [1] * 5, [33.3] * 3, [98, 1, 1], [10] * COLUMNS, [0, 0]):
            places = _divide(weights)
            self.assertEqual(len(places), len(weights))
            self.assertEqual(places[0][0], 1)
            self.assertEqual(places[-1][1], COLUMNS)
            for (first, last), (following, _last) in pairwise(places):
                self.assertEqual(last + 1, following)
                self.assertLessEqual(first, last)

    def test_split_loses_nothing(self):
        for text in ("", "a", "word " * 3000, "投诉" * 4000, "a\n" * 200, "x" * 9000):
            pieces = _split(text, COLUMNS)
            joined = "".join("".join(piece.split()) for piece in pieces)
            self.assertEqual(joined, "".join(text.split()))


@tagged("post_install", "-at_install")
class TestEightdSheet(EightdCommon):
    """Workbooks of real cases."""

    def _load(self, report):
        return load_workbook(io.BytesIO(report._make_office()[0])).worksheets[0]

    def _texts(self, page):
        return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]

    def test_all_that_the_pdf_says(self):
        report = self._report(self._case_8d(photos=2), "8d")
        page = self._load(report)
        texts = "\n".join(self._texts(page))
        values = report._get_print_8d()
        parts = [(row["label"], row["value"]) for row in values["header"]]
        parts += [
            (section[key] for key in ("title", "text", "pairs", "tables"))
            for section in values["sections"]
        ]
        said = list(report._iter_strings([list(part) for part in parts]))
        codes = {table["code"] for section in values["sections"] for table in section["tables"]}
        for text in said:
            if text and text not in codes:
                self.assertIn(text, texts)
        self.assertEqual(len(page._images), 2)
        self.assertIn("DRAFT", texts)

    def test_page(self):
        page = self._load(self._report(self._case_8d(), "8d"))
        self.assertEqual(int(page.page_setup.paperSize), 9)
        self.assertEqual(page.page_setup.fitToWidth, 1)
        self.assertEqual(page.page_setup.fitToHeight, 0)
        self.assertIn("&P / &N", page.oddFooter.right.text)
        self.assertTrue(page.print_area)

    def test_nothing_is_live(self):
        complaint = self._case_8d(
            description='=HYPERLINK("http://evil","x")', customer_reference="@SUM(A1)"
        )
        page = self._load(self._report(complaint, "8d"))
        found = [
            cell
            for row in page.iter_rows()
            for cell in row
            if cell.value and "=HYP" in str(cell.value)
        ]
        self.assertEqual([cell.data_type for cell in found], ["s"])
        self.assertTrue(found[0].quotePrefix)
        types = {cell.data_type for row in page.iter_rows() for cell in row if cell.value}
        self.assertEqual(types, {"s"})

    def test_kept_and_sent_with_the_pdf(self):
        profile = self.env["complaint.report.profile"].create(
            {
                "name": "8D with workbook",
                "kind": "8d",
                "partner_id": self.customer.id,
                "sends_office": True,
            }
        )
        complaint = self._case_8d()
        report = self._report(complaint, "8d")
        report.stage = "d5"
        self.assertEqual(report.profile_id, profile)
        report.with_user(self.user_manager).action_approve()
        self.assertTrue(report.pdf_sha256 and report.office_sha256)
        pdf, sheet = report._get_documents()
        self.assertTrue(sheet.name.endswith(".xlsx"))
        texts = "\n".join(self._texts(load_workbook(io.BytesIO(sheet.content)).worksheets[0]))
        self.assertNotIn("DRAFT", texts)
        self.contact.email = "contact@example.com"
        message = report.with_user(self.user_sales)._send()
        sent = sorted(self._sha(a.raw) for a in message.attachment_ids)
        self.assertEqual(sent, sorted(self._sha(d.content) for d in (pdf, sheet)))
        self.assertEqual(report.state, "sent")

    def test_without_asking_only_the_pdf_goes(self):
        report = self._report(self._case_8d(), "8d")
        report.stage = "d5"
        report.with_user(self.user_manager).action_approve()
        self.assertEqual([d.name for d in report._get_sent_documents()], [report.pdf_name])
        self.assertEqual(len(report._get_documents()), 2)

    def test_profile_changed_after_approval(self):
        """What went out is decided by the approval; a profile changed or deleted later changes
        nothing of it (T20).
        """
        vals = {"name": "Cars", "kind": "8d", "partner_id": self.customer.id}
        for sends in (True, False):
            with self.subTest(sends=sends):
                profile = self.env["complaint.report.profile"].create(
                    {**vals, "sends_office": sends}
                )
                report = self._report(self._case_8d(), "8d")
                report.stage = "d5"
                self.assertEqual(report.profile_id, profile)
                report.with_user(self.user_manager).action_approve()
                before = report._get_sent_documents()
                self.assertEqual(len(before), 2 if sends else 1)
                profile.sends_office = not sends
                self.assertEqual(report._get_sent_documents(), before)
                profile.unlink()
                self.assertEqual(report._get_sent_documents(), before)

    def test_two_hundred_goods(self):
        """No row is higher than a spreadsheet program shows, nothing is cut off."""
        halls = ", ".join(f"hall {n}" for n in range(600))
        complaint = self._case_8d(customer_plant=halls)
        complaint.sudo().line_ids = [
            Command.create(self._prepare_line_vals(product_id=False, name=f"Screwdriver type {n}"))
            for n in range(200)
        ]
        page = self._load(self._report(complaint, "8d"))
        heights = [d.height for d in page.row_dimensions.values() if d.height]
        self.assertLess(max(heights), 409)
        texts = " ".join(self._texts(page))
        for text in ("hall 0,", "hall 599", "Screwdriver type 199"):
            self.assertIn(text, texts)

    def test_a_broken_picture_is_left_out(self):
        complaint = self._case_8d(photos=1)
        complaint.evidence_ids.with_context(bin_size=False).sudo().write({"customer_visible": True})
        page = self._load(self._report(complaint, "8d"))
        self.assertEqual(len(page._images), 1)

    def test_other_documents_have_no_workbook(self):
        report = self._report(self._case(), "preventive")
        with self.assertRaisesRegex(UserError, "has no office file"):
            report.action_download_office()

    def test_long_and_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        complaint = self._case_8d(description="螺丝刀的杆部生锈了，客户不能销售。" * 300)
        report = self._report(complaint, "8d")
        report.sudo().lang = "zh_CN"
        page = self._load(report)
        heights = [d.height for d in page.row_dimensions.values() if d.height]
        self.assertLess(max(heights), 409)
        words = "".join(text for text in self._texts(page) if "螺丝刀" in text)
        self.assertIn("螺丝刀的杆部生锈了，客户不能销售。" * 10, words.replace("\n", ""))
