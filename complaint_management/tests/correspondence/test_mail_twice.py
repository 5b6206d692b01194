import threading
import uuid

from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.complaint.complaint_state_guard import TRUSTED
from .mail_common import ADDRESS, MailCommon

COMPLAINT = "complaint.complaint"


@tagged("post_install", "-at_install")
class TestMailTwice(MailCommon):
    """A mail delivered again is no second complaint, whatever delivers it (T7)."""

    def test_same_message_id(self):
        raw = self._mail()
        complaint = self._receive(raw)
        before = self._count()
        self.assertFalse(self._receive(raw))
        self.assertFalse(self._receive(b"Received: by another; Fri\r\n" + raw))
        after = self._count()
        self.assertEqual(after, (before[0], before[1], before[2] + 2))
        rows = self._kept()[:2]
        self.assertEqual(set(rows.mapped("reason")), {"duplicate"})
        self.assertEqual(set(rows.mapped("state")), {"rejected"})
        self.assertEqual(rows.complaint_id, complaint)

    def test_without_message_id(self):
        for odd in (None, "<>", "x" * 4000):
            with self.subTest(message_id=odd):
                raw = self._mail(Message_Id=None, Subject=f"No name {odd}"[:60])
                if odd:
                    raw = f"Message-Id: {odd}\r\n".encode() + raw
                complaint = self._receive_broken(raw)
                self.assertTrue(complaint)
                self.assertFalse(self._receive_broken(raw))
                self.assertFalse(self._receive_broken(b"X-Queue: 7\r\n" + raw))
                other = self._receive_broken(raw.replace(b"torn", b"wet"))
                self.assertTrue(other, "another text is another mail")

    def test_two_mails_with_one_name(self):
        """Some mailers number from one each day: another mail is kept, and may become its own."""
        name = self._message_id()
        self._receive(self._mail(Message_Id=name))
        self.assertFalse(self._receive(self._mail(Message_Id=name, Subject="Something else")))
        kept = self._kept()[0]
        self.assertEqual((kept.state, kept.reason), ("kept", "reused"))
        kept.with_user(self.user_service).action_retry()
        self.assertEqual(kept.complaint_id.subject, "Something else")

    def test_answer_delivered_again(self):
        complaint = self._receive(self._mail())
        first = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        answer = self._mail(Subject="Re: Torn", In_Reply_To=first.message_id)
        self.assertEqual(self._receive(answer), complaint)
        before = self._count()
        self.assertFalse(self._receive(answer))
        self.assertEqual(self._count()[:2], before[:2])

    def test_key_is_unique_in_the_database(self):
        complaint = self._receive(self._mail())
        self.assertTrue(complaint.intake_key)
        other = self._receive(self._mail())
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE complaint_complaint SET intake_key = %s WHERE id = %s",
                (complaint.intake_key, other.id),
            )

    def test_message_gone(self):
        """Where core has forgotten the message, the complaint still knows its mail."""
        raw = self._mail()
        complaint = self._receive(raw)
        complaint.message_ids.sudo().unlink()
        before = self._count()
        self.assertFalse(self._receive(raw))
        self.assertEqual(self._count()[0], before[0])
        self.assertEqual(self._kept()[0].reason, "duplicate")

    def test_at_the_same_moment(self):
        """Two workers with one mail: the second waits for the first, and finds it was taken.

        Real transactions beside the test's: what they leave is removed again.
        """
        name = f"<{uuid.uuid4()}@test.example.com>"
        raw = self._mail(Message_Id=name)
        results = []

        def let_in(env):
            # The transaction is committed at the end of the block
            with env.cr:
                results.append(env["mail.thread"].message_process(COMPLAINT, raw))

        self._begin_numbering()
        self.addCleanup(self._remove, name)
        with mute_logger("odoo.sql_db"):
            # Made here: while tests run, other threads wait for the registry
            second = self._environment()
            with (first := self._environment()).cr:
                self.assertTrue(first["mail.thread"].message_process(COMPLAINT, raw))
                first.flush_all()
                thread = threading.Thread(target=let_in, args=(second,))
                thread.start()
                thread.join(1)
                self.assertTrue(thread.is_alive(), "the second waits for the first")
            thread.join(60)
        self.assertEqual(results, [False])
        with (env := self._environment()).cr:
            kept = env["complaint.mail.kept"].search([("message_id", "=", name)])
            self.assertEqual(kept.mapped("reason"), ["duplicate"])

    def _begin_numbering(self):
        """Two workers never give the company's very first number at the same moment."""
        with (env := self._environment()).cr:
            ranges = env["ir.sequence"].search([("code", "=", "complaint.complaint")])
            env[COMPLAINT]._next_number(env.company.id)
            made = env["ir.sequence"].search([("code", "=", "complaint.complaint")]) - ranges
        self.addCleanup(self._remove_numbering, made.ids)

    def _remove_numbering(self, ids):
        with (env := self._environment()).cr:
            env["ir.sequence"].browse(ids).unlink()

    def _environment(self):
        """:return: an environment in a transaction of its own"""
        return api.Environment(db_connect(self.env.cr.dbname).cursor(), SUPERUSER_ID, {})

    def _remove(self, name):
        with (env := self._environment()).cr:
            trusted = env(context={"complaint_transition": TRUSTED})
            trusted["complaint.mail.kept"].search([("message_id", "=", name)]).unlink()
            trusted[COMPLAINT].search([("intake_key", "=like", f"{name}%")]).unlink()

    def test_delivered_to_both_addresses(self):
        raw = self._mail(Cc=f"other@elsewhere.example.org, {ADDRESS}", To=ADDRESS)
        before = self._count()
        self._receive(raw)
        self._receive(b"Delivered-To: " + ADDRESS.encode() + b"\r\n" + raw)
        self.assertEqual(self._count()[0] - before[0], 1)
