import json
from datetime import timedelta

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .concerned import SECRET, ConcernedCommon

COMPLAINT = "complaint.complaint"
PASSWORD = "not a secret 1"


@tagged("post_install", "-at_install")
class TestConcernedHttp(ConcernedCommon, HttpCase):
    """The same doors from outside: web client, JSON-2, downloads, print, chatter (R73).

    One of each kind of role knocks: what he gets never holds the secret, and where the door is for
    this document alone, it is shut.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = "complaint_management.report_complaint_form"
        cls.knocking = cls.user_sales | cls.user_manager | cls.user_admin | cls.user_contributor
        cls.knocking.password = PASSWORD
        cls._name_them()

    def setUp(self):
        super().setUp()
        loggers = (
            "odoo.http",
            "odoo.addons.base.models.ir_rule",
            "odoo.addons.base.models.ir_model",
            "odoo.addons.web.controllers.export",
            "odoo.addons.web.controllers.report",
        )
        logger = mute_logger(*loggers)
        logger.__enter__()
        self.addCleanup(logger.__exit__)

    def _each(self):
        """Yield each of those who knock, logged in."""
        for user in self.knocking:
            self.authenticate(user.login, PASSWORD)
            yield user

    def _rpc(self, url, **params):
        """:return: answer of a JSON route, as text: errors included"""
        response = self.url_open(
            url,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.text

    def _call(self, model, method, *args, **kwargs):
        return self._rpc(
            "/web/dataset/call_kw", model=model, method=method, args=list(args), kwargs=kwargs
        )

    def _assert_refused(self, text):
        self.assertNotIn(SECRET, text)
        self.assertIn("error", json.loads(text), text[:200])

    def test_web_client(self):
        ids, domain = self.complaint.ids, [["id", "=", self.complaint.id]]
        spec = {"description": {}, "display_name": {}}
        for user in self._each():
            with self.subTest(user=user.login):
                self._assert_refused(self._call(COMPLAINT, "read", ids, ["description"]))
                self._assert_refused(self._call(COMPLAINT, "web_read", ids, spec))
                self._assert_refused(
                    self._call(COMPLAINT, "message_post", self.complaint.id, body="Hm")
                )
                self._assert_refused(
                    self._call("mail.message", "read", self.messages.ids, ["body"])
                )
                self._assert_refused(
                    self._call("mail.activity", "read", self.activities.ids, ["note"])
                )
                found = self._call(COMPLAINT, "web_search_read", domain, spec)
                self.assertEqual(json.loads(found)["result"]["length"], 0)
                found = self._call(COMPLAINT, "name_search", SECRET)
                self.assertEqual(json.loads(found)["result"], [])
                found = self._call(
                    COMPLAINT, "web_read_group", domain, ["state"], ["__count"], limit=10
                )
                self.assertEqual(json.loads(found)["result"]["length"], 0)
                data = self._call("mail.activity", "get_activity_data", COMPLAINT, [])
                self.assertNotIn(SECRET, data)

    def test_json_2(self):
        for user in self.knocking:
            with self.subTest(user=user.login):
                keys = self.env["res.users.apikeys"].with_user(user)
                tomorrow = fields.Datetime.now() + timedelta(days=1)
                key = keys._generate("rpc", "Test", tomorrow)
                headers = {
                    "Authorization": f"Bearer {key}",
                    "X-Odoo-Database": self.env.cr.dbname,
                    "Content-Type": "application/json",
                }
                self.env.flush_all()
                for method, body in (
                    ("read", {"ids": self.complaint.ids, "fields": ["description"]}),
                    ("export_data", {"ids": self.complaint.ids, "fields_to_export": ["subject"]}),
                    ("copy", {"ids": self.complaint.ids}),
                ):
                    url = f"/json/2/{COMPLAINT}/{method}"
                    response = self.url_open(url, data=json.dumps(body), headers=headers)
                    self.assertEqual(response.status_code, 403, method)
                    self.assertNotIn(SECRET, response.text)
                response = self.url_open(
                    f"/json/2/{COMPLAINT}/search_read",
                    data=json.dumps({"domain": [], "fields": ["id", "subject"]}),
                    headers=headers,
                )
                self.assertEqual(response.status_code, 200)
                self.assertNotIn(SECRET, response.text)

    def test_chatter(self):
        thread = {"thread_model": COMPLAINT, "thread_id": self.complaint.id}
        report = {
            "thread_model": "complaint.report",
            "thread_id": self.records["complaint.report"].id,
        }
        for user in self._each():
            with self.subTest(user=user.login):
                for place in (thread, report):
                    self.assertNotIn(SECRET, self._rpc("/mail/thread/messages", **place))
                    self.assertNotIn(SECRET, self._rpc("/mail/thread/recipients", **place))
                    self._assert_refused(
                        self._rpc("/mail/message/post", post_data={"body": "Hm"}, **place)
                    )
                for box in ("inbox", "history", "starred"):
                    self.assertNotIn(SECRET, self._rpc(f"/mail/{box}/messages"))
                data = self._rpc(
                    "/mail/data",
                    fetch_params=[
                        "systray_get_activities",
                        "init_messaging",
                        ["mail.thread", {**thread, "request_list": ["activities", "followers"]}],
                    ],
                )
                self.assertNotIn(SECRET, data)
                for message in self.messages:
                    found = self.url_open(f"/mail/message/{message.id}", allow_redirects=False)
                    self.assertNotIn(f"/{self.complaint.id}", found.headers.get("Location", ""))
                    self.assertNotIn(
                        SECRET,
                        self._rpc(
                            "/mail/message/reaction",
                            message_id=message.id,
                            content="+",
                            action="add",
                        ),
                    )
                view = self.url_open(f"/mail/view?model={COMPLAINT}&res_id={self.complaint.id}")
                self.assertNotIn(SECRET, view.text)

    def test_files(self):
        evidence = self.records["complaint.evidence"]
        for user in self._each():
            with self.subTest(user=user.login):
                for url in (
                    f"/web/content/{self.file.id}",
                    f"/web/content/{self.file.id}?download=true",
                    f"/web/content/{evidence._name}/{evidence.id}/file",
                    f"/web/image/{evidence._name}/{evidence.id}/file",
                ):
                    response = self.url_open(url)
                    self.assertNotIn(SECRET, response.text)
                    self.assertNotIn(b"Picture", response.content)
                response = self.url_open(
                    "/mail/attachment/zip",
                    data={
                        "file_ids": str(self.file.id),
                        "zip_name": "all.zip",
                        "csrf_token": Request.csrf_token(self),
                    },
                )
                self.assertNotIn(SECRET.encode(), response.content)

    def test_print(self):
        report = self.records["complaint.report"]
        for user in self._each():
            with self.subTest(user=user.login):
                for name, record in (
                    (self.form, self.complaint),
                    ("complaint_management.report_preventive", report),
                ):
                    response = self.url_open(f"/report/html/{name}/{record.id}")
                    self.assertNotEqual(response.status_code, 200, name)
                    self.assertNotIn(SECRET, response.text)

    def _get_export(self, ids):
        return {
            "model": COMPLAINT,
            "fields": [{"name": "subject", "label": "Subject", "type": "char"}],
            "ids": ids,
            "domain": [],
            "import_compat": False,
            "groupby": [],
        }

    def test_export(self):
        for user in self._each():
            with self.subTest(user=user.login):
                for ids in (self.complaint.ids, False):
                    response = self.url_open(
                        "/web/export/csv",
                        data={
                            "data": json.dumps(self._get_export(ids)),
                            "csrf_token": Request.csrf_token(self),
                        },
                    )
                    self.assertNotIn(SECRET, response.text)

    def test_others_come_in(self):
        """The same doors show the secret to a colleague: they are doors."""
        colleague = self.user_sales2
        colleague.password = PASSWORD
        colleague.group_ids += self.env.ref("base.group_allow_export")
        self.complaint.user_id = colleague
        self.authenticate(colleague.login, PASSWORD)
        thread = {"thread_model": COMPLAINT, "thread_id": self.complaint.id}
        for text in (
            self._call(COMPLAINT, "read", self.complaint.ids, ["description"]),
            self._call(COMPLAINT, "name_search", SECRET),
            self._call("mail.message", "read", self.messages.ids, ["body"]),
            self._rpc("/mail/thread/messages", **thread),
            self.url_open(f"/web/content/{self.file.id}").text,
            self.url_open(f"/report/html/{self.form}/{self.complaint.id}").text,
            self.url_open(
                "/web/export/csv",
                data={
                    "data": json.dumps(self._get_export(self.complaint.ids)),
                    "csrf_token": Request.csrf_token(self),
                },
            ).text,
        ):
            self.assertIn(SECRET, text)

    def test_portal_page(self):
        for user in self._each():
            with self.subTest(user=user.login):
                response = self.url_open(f"/my/complaints/{self.complaint.id}")
                self.assertNotIn(SECRET, response.text)
