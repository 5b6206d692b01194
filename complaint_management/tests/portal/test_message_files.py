import json

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PASSWORD
from .test_customer_answers import AnswersCommon

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    b"\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00"
    b"\x00\x00IEND\xaeB`\x82"
)


@tagged("post_install", "-at_install")
class TestMessageFiles(AnswersCommon):
    """Files in the message box of the customer's page keep to the limits of all doors (T9)."""

    def _link(self):
        return {
            "token": self.complaint._portal_ensure_token(),
            "pid": self.contact.id,
            "hash": self.complaint._sign_token(self.contact.id),
        }

    def _upload(self, name, content, **params):
        response = self.url_open(
            "/mail/attachment/upload",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "thread_id": self.complaint.id,
                "thread_model": self.complaint._name,
                "is_pending": "true",
                **params,
            },
            files={"ufile": (name, content)},
        )
        self.assertEqual(response.status_code, 200)
        return response.json()

    def _count(self):
        return self.env["ir.attachment"].sudo().search_count([])

    def test_picture_by_link_and_login(self):
        self.authenticate(None, None)
        self.assertTrue(self._upload("rust.png", PNG, **self._link())["data"]["attachment_id"])
        self._login()
        stored = self._upload("rust.png", PNG)["data"]["attachment_id"]
        self.assertEqual(self.env["ir.attachment"].sudo().browse(stored).raw, PNG)

    def test_refused_in_words_and_nothing_is_stored(self):
        company = self.complaint.company_id
        company.write({"complaint_upload_file_mb": 1, "complaint_upload_total_mb": 1})
        self._login()
        before = self._count()
        for name, content, words in (
            ("page.html", b"<html><script>1</script></html>", "not accepted"),
            ("run.exe", b"MZ" + b"\0" * 200, "not accepted"),
            ("rust.png", PNG + b"\0" * 1024 * 1024, "larger than 1 MB"),
            ("empty.png", b"", "empty"),
        ):
            with self.subTest(name=name):
                self.assertIn(words, self._upload(name, content)["error"])
        self.assertEqual(self._count(), before)

    def test_colleagues_file_what_they_want(self):
        self.user_sales.write({"password": PASSWORD})
        self._login(self.user_sales)
        self.assertIn("data", self._upload("notes.zip", b"PK\x03\x04" + b"\0" * 40))

    def test_number_in_one_message(self):
        self.complaint.company_id.complaint_upload_files = 2
        self._login()
        files = [self._upload(f"rust{index}.png", PNG)["data"] for index in range(3)]
        tokens = [self._ownership(data) for data in files]
        ids = [data["attachment_id"] for data in files]
        with mute_logger("odoo.http"):
            answer = self._message(ids, tokens)
        self.assertIn("no more than 2 files", json.dumps(answer["error"]))
        self.assertNotIn("error", self._message(ids[:2], tokens[:2]))

    def _ownership(self, data):
        [attachment] = data["store_data"]["ir.attachment"]
        return attachment["ownership_token"]

    def _message(self, ids, tokens):
        return self.url_open(
            "/mail/message/post",
            data=json.dumps(
                {
                    "params": {
                        "thread_model": self.complaint._name,
                        "thread_id": self.complaint.id,
                        "post_data": {
                            "body": "Look at these",
                            "message_type": "comment",
                            "subtype_xmlid": "mail.mt_comment",
                            "attachment_ids": ids,
                            "attachment_tokens": tokens,
                        },
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()
