import json

from markupsafe import Markup

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon


class ThreadCommon(ComplaintCommon):
    """A registered complaint in which customer and colleagues wrote."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(user=cls.user_sales)
        cls.message = cls.complaint.message_post(
            body=Markup("<p>The tips are rusty</p>"),
            subject="Rust",
            author_id=cls.contact.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            attachments=[("tip.txt", b"rusty")],
        )
        cls.note = cls.complaint.with_user(cls.user_sales).message_post(body="He was angry")
        cls.file = cls.message.attachment_ids


@tagged("post_install", "-at_install")
class TestFrozenThread(ThreadCommon):
    """Messages and files of a registered complaint are neither rewritten nor deleted (T20)."""

    def test_nobody_rewrites_a_message(self):
        forged = {
            "body": "<p>All is well</p>",
            "subject": "Praise",
            "date": "2020-01-01 00:00:00",
            "author_id": self.customer2.id,
            "email_from": "other@example.com",
            "attachment_ids": [Command.clear()],
            "message_type": "comment",
            "partner_ids": [Command.link(self.customer2.id)],
        }
        for name, value in forged.items():
            for message in (self.message.sudo(), self.message.with_user(self.user_sales)):
                with self.subTest(field=name), self.assertRaises(UserError):
                    message.write({name: value})
        with self.assertRaises(UserError):
            self.message.sudo().write({"model": "res.partner", "res_id": self.customer.id})

    def test_nobody_deletes_a_message(self):
        for message in (self.message, self.note):
            for user in (self.user_sales, self.user_admin, self.env.ref("base.user_root")):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    message.with_user(user).unlink()
        self.complaint.sudo().lead_user_id = self.user_sales2
        self.env.flush_all()
        self.cr.precommit.run()
        tracking = self.complaint.message_ids.sudo().tracking_value_ids
        self.assertTrue(tracking)
        with self.assertRaises(UserError):
            tracking.sudo().unlink()

    def test_nobody_touches_a_file(self):
        other = self._complaint()
        for vals in (
            {"raw": b"clean"},
            {"datas": b"Y2xlYW4="},
            {"name": "other.txt"},
            {"res_id": other.id},
            {"res_model": "res.partner", "res_id": self.customer.id},
            {"res_model": False, "res_id": False},
            {"res_field": "thumbnail"},
            {"public": True},
            {"type": "url", "url": "https://example.com"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.file.sudo().write(vals)
        with self.assertRaises(UserError):
            self.file.sudo().unlink()
        self.assertEqual(self.file.raw, b"rusty")

    def test_evidence_files(self):
        evidence = self.complaint.evidence_ids
        evidence.write({"kind": "document", "file": b"cnVzdA=="})
        files = self.env["ir.attachment"].sudo()
        own = [("res_model", "=", evidence._name), ("res_id", "=", evidence.id)]
        file = files.search([*own, ("res_field", "=", "file")])
        with self.assertRaises(UserError):
            file.unlink()
        with self.assertRaises(UserError):
            file.raw = b"clean"
        vals = {"name": "file", "raw": b"clean", "res_model": evidence._name}
        with self.assertRaises(UserError):
            files.create({**vals, "res_id": evidence.id, "res_field": "file"})
        loose = files.create({"name": "file", "raw": b"clean"})
        with self.assertRaises(UserError):
            loose.write({"res_model": evidence._name, "res_id": evidence.id, "res_field": "file"})
        self.assertEqual(evidence.file, b"cnVzdA==")

    def test_what_core_does_all_day_goes_on(self):
        message = self.message.with_user(self.user_sales)
        message.toggle_message_starred()
        message.set_message_done()
        message.sudo().write({"pinned_at": "2026-01-01 00:00:00", "message_id": "<new@x>"})
        message.sudo().write({"body": message.body, "attachment_ids": [Command.set(self.file.ids)]})
        self.file.sudo().generate_access_token()
        self.file.sudo()._migrate()
        self.assertEqual(self.file.raw, b"rusty")
        self.assertTrue(message.starred)

    def test_mail_that_leaves_no_trace(self):
        mail = (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "model": self.complaint._name,
                    "res_id": self.complaint.id,
                    "subject": "Told",
                    "body_html": "<p>Told</p>",
                    "body": "<p>Told</p>",
                    "auto_delete": True,
                }
            )
        )
        message = mail.mail_message_id
        mail.unlink()
        self.assertFalse(message.exists())

    def test_finished_activity_brings_its_file(self):
        activity = self.complaint.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user_sales.id
        )
        self.env["ir.attachment"].create(
            {
                "name": "proof.txt",
                "raw": b"proof",
                "res_model": "mail.activity",
                "res_id": activity.id,
            }
        )
        activity.with_user(self.user_sales).action_feedback(feedback="Done")
        message = self.complaint.message_ids[0]
        self.assertEqual(message.attachment_ids.name, "proof.txt")
        with self.assertRaises(UserError):
            message.attachment_ids.sudo().unlink()

    def test_notifications_fill_in_the_subject(self):
        message = self.complaint.with_user(self.user_sales).message_post(
            body="Please confirm", partner_ids=self.contact.ids, message_type="comment"
        )
        self.assertTrue(message.sudo().notification_ids)

    def test_drafts_are_free(self):
        draft = self._complaint()
        message = draft.message_post(body="Note", attachments=[("a.txt", b"a")])
        message.sudo().write({"body": "<p>Other</p>"})
        message.sudo().attachment_ids.unlink()
        message.sudo().unlink()
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_partners_are_merged(self):
        twin = self.contact.copy({"email": self.contact.email})
        self.env.flush_all()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.contact + twin).ids, twin)
        self.env.invalidate_all()
        self.assertEqual(self.complaint.contact_id, twin)
        self.assertEqual(self.message.author_id, twin)
        self.assertFalse(self.complaint.correction_ids)


@tagged("post_install", "-at_install")
class TestFrozenThreadOverHttp(HttpCase, ThreadCommon):
    """The same through the routes of the chatter."""

    def _call(self, route, params):
        response = self.url_open(
            route,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    @mute_logger("odoo.http")
    def test_routes(self):
        self.user_sales.password = "frozen-thread-test"
        self.authenticate(self.user_sales.login, "frozen-thread-test")
        for body in ("<p>Other</p>", ""):
            answer = self._call(
                "/mail/message/update_content",
                {
                    "message_id": self.note.id,
                    "update_data": {"body": body, "attachment_ids": []},
                },
            )
            self.assertIn("error", answer)
        answer = self._call("/mail/attachment/delete", {"attachment_id": self.file.id})
        self.assertIn("error", answer)
        answer = self._call(
            "/web/dataset/call_kw/mail.message/unlink",
            {"model": "mail.message", "method": "unlink", "args": [self.note.ids], "kwargs": {}},
        )
        self.assertIn("error", answer)
        answer = self._call(
            "/web/dataset/call_kw/complaint.complaint/write",
            {
                "model": "complaint.complaint",
                "method": "write",
                "args": [self.complaint.ids, {"description": "Forged"}],
                "kwargs": {"context": {"complaint_thaw": True, "complaint_transition": True}},
            },
        )
        self.assertIn("rewritten", answer["error"]["data"]["message"])
        self.env.invalidate_all()
        self.assertIn("angry", self.note.body)
        self.assertTrue(self.file.exists())
        self._call(
            "/mail/message/reaction",
            {"message_id": self.message.id, "content": "👍", "action": "add"},
        )
        self.assertEqual(self.message.sudo().reaction_ids.content, "👍")
