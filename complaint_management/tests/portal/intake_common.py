"""What it takes to fill in a form of ours over HTTP as a customer's browser does."""

import io
import re

from lxml import html
from PIL import Image

from odoo.tests import HttpCase

from .common import PASSWORD, PortalCommon

NEW = "/my/complaints/new"
SEND = "/my/complaints/new/send"


class IntakeCase(HttpCase, PortalCommon):
    """Requests as Pat Portal of Harbour Hotel, and what they left behind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(lines=[(cls.product, 10.0), (cls._product(name="Hammer"), 4.0)])
        cls.picking = cls._deliver(
            cls.order, quantities={cls.product: 6.0, cls.order.order_line[1].product_id: 4.0}
        )

    def setUp(self):
        super().setUp()
        self.everything = self._count()

    def _log_in(self, user=None):
        self.authenticate((user or self.user_portal).login, PASSWORD)

    def _page(self, url):
        """:return: the page as an element tree; fails when it is not a page"""
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200, url)
        return html.fromstring(response.text)

    @staticmethod
    def _fields(page):
        """:return: dict of what a browser would send of the form, nothing ticked"""
        [form] = page.xpath("//form[contains(@class, 'o_complaint_form')]")
        fields = {}
        for field in form.xpath(".//input | .//textarea"):
            kind = field.get("type")
            if kind == "file" or (kind == "checkbox" and field.get("checked") is None):
                continue
            value = field.text if field.tag == "textarea" else field.get("value")
            fields[field.get("name")] = value or ""
        return fields

    @staticmethod
    def _files(*files):
        """:param files: tuples ``(name, bytes)``; sent as a browser sends several of one field"""
        return [("files", (name, content, "image/jpeg")) for name, content in files]

    @staticmethod
    def _photo(color="red", size=(40, 30)):
        stream = io.BytesIO()
        Image.new("RGB", size, color).save(stream, "JPEG")
        return stream.getvalue()

    def _post(self, url, fields, files=()):
        """Send as ``multipart/form-data``, which a form with a file field always is."""
        files = list(files) or [("files", ("", b"", "application/octet-stream"))]
        return self.url_open(url, data=fields, files=files, allow_redirects=False)

    def _new(self):
        """:return: complaints made since the test began"""
        ids = self.everything["complaint.complaint"]
        return self.env["complaint.complaint"].search([("id", "not in", list(ids))])

    def _count(self):
        """:return: dict model → ids of all that an intake writes"""
        self.env.invalidate_all()
        found = {}
        for model in ("complaint.complaint", "complaint.line", "complaint.evidence"):
            found[model] = frozenset(self.env[model].with_context(active_test=False).search([]).ids)
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=like", "complaint.%"), ("res_field", "!=", False)]
        )
        found["ir.attachment"] = frozenset(attachments.ids)
        return found

    def _assert_nothing_new(self):
        self.assertEqual(self._count(), self.everything)

    @staticmethod
    def _errors(response):
        """:return: texts of what the form says is wrong"""
        page = html.fromstring(response.text)
        found = page.xpath("//*[contains(@class, 'o_complaint_error')]")
        return [re.sub(r"\s+", " ", element.text_content()).strip() for element in found]
