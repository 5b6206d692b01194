import base64
import json

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..documents.common import DocumentsCommon
from ..portal.common import PASSWORD, PortalCommon

MARK = b"SECRET-7f3a"
TEXTS = ("\x00", "a\x00b", "x" * 70_000, "٣", "<b>", "%00", "{{7*7}}", "\ud83d", "2147483648", "-1")
VERBS = ("accept", "decline", "object", "confirm", "test", "rate")
FORM_FIELDS = (
    "demand_id", "option_id", "remark", "reason", "seen", "days", "rating", "comment",
    "access_token", "pid", "hash",
)  # fmt: skip
LOGGERS = ("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestCustomerDoors(DocumentsCommon, PortalCommon, HttpCase):
    """Customers and strangers try every address of Odoo and of ours (T2, T10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._case(
            photos=0,
            evidence_ids=[
                (0, 0, {"name": "Inside", "kind": "document", "file": base64.b64encode(MARK)})
            ],
        )
        cls.report = cls._report(cls.complaint)
        cls.report.with_user(cls.user_manager).action_approve()
        cls._write_inside()
        cls.env.flush_all()

    @classmethod
    def _write_inside(cls):
        """A note of ours with a file, a file beside the case, and a mail that became nothing."""
        complaint = cls.complaint.sudo()
        complaint.message_post(
            body=MARK.decode(),
            subtype_xmlid="mail.mt_note",
            attachments=[("note.txt", MARK)],
        )
        cls.env["ir.attachment"].create(
            {
                "name": "loose.txt",
                "raw": MARK,
                "res_model": complaint._name,
                "res_id": complaint.id,
            }
        )

    def _log_in(self, user):
        self.authenticate(user and user.login, user and PASSWORD)

    def _everybody(self):
        """Yield each outsider after logging him in."""
        for user in (self.user_portal, self.user_portal2, None):
            self._log_in(user)
            yield user.name if user else "public"

    # ------------------------------------------------------------
    # T2: files
    # ------------------------------------------------------------
    @mute_logger(*LOGGERS)
    def test_no_file_leaves(self):
        evidence, report = self.complaint.evidence_ids, self.report
        files = self.env["ir.attachment"].search(
            [("res_model", "like", "complaint."), ("id", "!=", 0)]
        )
        files |= files.search([("res_model", "like", "complaint."), ("res_field", "!=", False)])
        self.assertGreaterEqual(len(files), 4)
        # Tokens that somebody may have seen for another file
        other = self.env["ir.attachment"].create({"name": "other", "raw": b"x"})
        token = other.generate_access_token()[0]
        digest = report._get_pdf_bytes()[:200]
        addresses = [
            f"/web/content/complaint.evidence/{evidence.id}/file",
            f"/web/image/complaint.evidence/{evidence.id}/file",
            f"/web/content/complaint.report/{report.id}/pdf",
            f"/web/content/complaint.report/{report.id}/pdf?download=1",
            f"/web/content?model=complaint.report&id={report.id}&field=pdf",
            f"/report/pdf/complaint_management.report_preventive/{report.id}",
            f"/report/html/complaint_management.report_preventive/{report.id}",
            f"/report/html/complaint_management.report_complaint_form/{self.complaint.id}",
            f"/report/text/complaint_management.report_complaint_form/{self.complaint.id}",
            f"/odoo/complaints/{self.complaint.id}",
            f"/mail/view?model=complaint.complaint&res_id={self.complaint.id}",
            f"/my/complaints/{self.complaint.id}/file/{evidence.id}",
            f"/my/complaints/{self.complaint.id}/report/{report.id}",
            *(f"/web/content/{file.id}" for file in files),
            *(f"/web/content/{file.id}?access_token={token}" for file in files),
            *(f"/web/image/{file.id}?access_token=x" for file in files),
            *(f"/mail/attachment/pdf_first_page/{file.id}" for file in files),
        ]
        for who in self._everybody():
            for address in addresses:
                with self.subTest(who=who, address=address):
                    answer = self.url_open(address)
                    self.assertLess(answer.status_code, 500)
                    self.assertNotIn(MARK, answer.content)
                    self.assertNotIn(digest, answer.content)

    @mute_logger(*LOGGERS)
    def test_no_message_leaves(self):
        """Core's addresses for messages and files, called as its own pages call them."""
        messages = self.complaint.sudo().message_ids
        files = self.complaint.sudo().message_ids.attachment_ids
        thread = {"thread_model": "complaint.complaint", "thread_id": self.complaint.id}
        calls = [
            ("/mail/chatter_fetch", thread),
            ("/mail/chatter_fetch", {**thread, "token": "x"}),
            ("/mail/chatter_fetch", {**thread, "token": "", "pid": 1, "hash": "x"}),
            ("/mail/thread/messages", thread),
            ("/mail/thread/data", {**thread, "request_list": ["attachments", "followers"]}),
            ("/mail/message/update_content", {"message_id": messages[:1].id, "update_data": {}}),
            ("/mail/attachment/delete", {"attachment_id": files[:1].id}),
            ("/mail/attachment/delete", {"attachment_id": files[:1].id, "access_token": "x"}),
            ("/mail/message/post", {**thread, "post_data": {"body": "x"}}),
            ("/mail/action", {"fetch_params": [["/mail/thread/messages", thread]]}),
        ]
        before = len(messages)
        for who in self._everybody():
            for address, params in calls:
                with self.subTest(who=who, address=address, params=params):
                    answer = self._rpc(address, params)
                    self.assertLess(answer.status_code, 500)
                    self.assertNotIn(MARK, answer.content)
        self.assertTrue(files.exists())
        self.env.invalidate_all()
        left = self.complaint.sudo().message_ids - messages
        self.assertEqual(len(self.complaint.sudo().message_ids) - len(left), before)

    def _rpc(self, address, params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params})
        return self.url_open(address, data=body, headers={"Content-Type": "application/json"})

    # ------------------------------------------------------------
    # T10: requests nobody's page sends
    # ------------------------------------------------------------
    @mute_logger(*LOGGERS)
    def test_malformed_addresses(self):
        case = self.complaint.id
        addresses = [
            f"/my/complaints/{number}{rest}"
            for number in (0, 2**31, 2**63, 10**30, case)
            for rest in (
                "", "?access_token=%00", "?access_token=%ff", "?pid=x&hash=%00", "?pid=9e9",
                f"/file/{10**25}", f"/report/{2**40}", "/file/0?access_token=%ed%a0%80",
            )
        ]  # fmt: skip
        addresses += [
            f"/my/complaints?{query}"
            for query in (
                "search=%00", "search=a%00b&search_in=words", "search=%ff", "search_in[]=x",
                "sortby=%00", "filterby=%00", "search=" + "x" * 3000, "page=x", "sortby=id;drop",
            )
        ]  # fmt: skip
        addresses += [
            "/my/complaints/page/0",
            f"/my/complaints/page/{10**25}",
            "/my/complaints/page/2?search=%00",
            "/my/complaints/new?order=%00",
            "/my/complaints/new?order=-1&delivery=x",
            f"/my/complaints/new?delivery={10**12}",
            "/complaint/qr/%00",
            "/complaint/qr/" + "x" * 3000,
            "/complaint/qr/%ff%fe",
        ]
        for who in self._everybody():
            for address in addresses:
                with self.subTest(who=who, address=address[:120]):
                    self.assertLess(self.url_open(address).status_code, 500)

    @mute_logger(*LOGGERS)
    def test_malformed_forms(self):
        """Texts no database holds, files where a text is meant, numbers that are none."""
        self._log_in(self.user_portal)
        csrf = http.Request.csrf_token(self)
        for verb in VERBS:
            url = f"/my/complaints/{self.complaint.id}/{verb}"
            for text in TEXTS:
                data = dict.fromkeys(FORM_FIELDS, text.encode("utf-8", "surrogatepass"))
                data.pop("access_token")
                with self.subTest(verb=verb, text=text[:20]):
                    answer = self.url_open(url, data={**data, "csrf_token": csrf})
                    self.assertLess(answer.status_code, 500)
            for name in FORM_FIELDS:
                with self.subTest(verb=verb, file=name):
                    answer = self.url_open(
                        url, data={"csrf_token": csrf}, files={name: ("x.txt", b"file")}
                    )
                    self.assertLess(answer.status_code, 500)

    @mute_logger(*LOGGERS)
    def test_malformed_signature(self):
        self._log_in(self.user_portal)
        url = f"/my/complaints/{self.complaint.id}/report/{self.report.id}/sign"
        self.report.sudo()._write_trusted({"state": "sent", "partner_id": self.contact.id})
        for value in (None, 1, [], {}, "", "x", "\x00", "=" * 9, "x" * 3_000_000, ["a"], {"a": 1}):
            for name in ("name", "signature", "access_token", "pid", "hash"):
                with self.subTest(name=name, value=str(value)[:20]):
                    answer = self._rpc(url, {"name": "Pat", "signature": "", name: value})
                    self.assertEqual(answer.status_code, 200)
                    self.assertNotIn("error", answer.json(), answer.text[:300])
        for thread_id in ("x", None, [], {}, 2**40, True, "\x00"):
            with self.subTest(thread_id=thread_id):
                answer = self._rpc(
                    "/mail/chatter_fetch",
                    {"thread_model": "complaint.complaint", "thread_id": thread_id, "token": "x"},
                )
                self.assertLess(answer.status_code, 500)
