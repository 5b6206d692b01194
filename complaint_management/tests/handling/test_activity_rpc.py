from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestActivityRpc(HandlingCommon, HttpCase):
    """What the web client sends when somebody works in his list of activities."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._bare_complaint()
        cls.action = cls._action(cls.complaint)
        cls.activity = cls.action.activity_id
        cls.user_purchasing.password = "not a secret 1"

    def setUp(self):
        super().setUp()
        self.authenticate(self.user_purchasing.login, "not a secret 1")

    def _call(self, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/mail.activity/{method}",
            {
                "model": "mail.activity",
                "method": method,
                "args": [self.activity.ids, *args],
                "kwargs": kwargs,
            },
        )

    def test_bubble_with_a_note(self):
        self._call("action_feedback", feedback="It is the supplier", attachment_ids=[])
        self.env.invalidate_all()
        self.assertEqual(self.action.completion_note, "It is the supplier")
        self.assertEqual(self.action.done_by_id, self.user_purchasing)

    def test_bubble_without_a_note(self):
        with self.assertRaisesRegex(JsonRpcException, "UserError"), mute_logger("odoo.http"):
            self._call("action_feedback", feedback="", attachment_ids=[])
        self.env.invalidate_all()
        self.assertEqual(self.action.state, "open")

    def test_button_of_the_list_opens_the_wizard(self):
        opened = self._call("action_done", context={"mail_activity_quick_update": True})
        self.assertEqual(opened["res_model"], "complaint.action.wizard")
        self.assertEqual(opened["target"], "new")

    def test_forged_contexts_grant_nothing(self):
        forged = {
            "complaint_mirror": True,
            "complaint_transition": True,
            "mail_activity_quick_update": True,
            "active_test": False,
        }
        for method, args in (
            ("unlink", ()),
            ("action_cancel", ()),
            ("write", ({"active": False},)),
            ("write", ({"date_deadline": "2099-01-01"},)),
            ("web_save", ({"user_id": self.user_contributor.id}, {})),
        ):
            with (
                self.subTest(method=method, args=args),
                self.assertRaisesRegex(JsonRpcException, "UserError|AccessError"),
                mute_logger("odoo.http"),
            ):
                self._call(method, *args, context=forged)
        self.env.invalidate_all()
        self.assertTrue(self.activity.active)
        self.assertEqual(self.action.user_id, self.user_purchasing)
