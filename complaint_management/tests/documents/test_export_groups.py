"""A list exported in groups: what names a group is a text, too (T13)."""

import io
import json

from openpyxl import load_workbook

from odoo import http
from odoo.tests import HttpCase, tagged

from ..common import ComplaintCommon

LIVE = ("=1+1", "+1", "@SUM(A1)")


@tagged("post_install", "-at_install")
class TestExportGroups(ComplaintCommon, HttpCase):
    """Core's own export over HTTP."""

    def test_names_of_groups(self):
        vals = [{"description": f"{text} words", "place": text} for text in LIVE]
        complaints = [self._complaint(user=self.user_sales, **v) for v in vals]
        self.authenticate("admin", "admin")
        data = {
            "model": "complaint.complaint",
            "fields": [{"name": "description", "label": "Words", "type": "text"}],
            "ids": [complaint.id for complaint in complaints],
            "domain": [],
            "groupby": ["place"],
            "import_compat": False,
            "context": {},
        }
        token = http.Request.csrf_token(self)
        form = {"data": json.dumps(data), "csrf_token": token}
        response = self.url_open("/web/export/xlsx", data=form)
        self.assertEqual(response.status_code, 200)
        page = load_workbook(io.BytesIO(response.content)).worksheets[0]
        cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
        self.assertFalse([cell.value for cell in cells if cell.data_type == "f"])
        labels = {str(cell.value).strip() for cell in cells}
        for text in LIVE:
            self.assertIn(f"{text} (1)", labels)
