import contextlib
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import ComplaintCommon

DAY_0 = datetime(2026, 3, 2, 9, 0)


@tagged("post_install", "-at_install")
class TestTacit(ComplaintCommon):
    """A silent customer is reminded twice, then silence is consent (R69, T14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mails = cls.env["mail.mail"]

    def _resolved(self, **vals):
        with freeze_time(DAY_0):
            complaint = self._complaint(category_id=self.category_simple.id, **vals)
            complaint.action_register()
            complaint.action_resolve()
        return complaint

    def _run(self, days):
        """Run the job some days after resolving."""
        cron = self.env.ref("complaint_management.ir_cron_remind_silent")
        self.env.flush_all()
        with freeze_time(DAY_0 + timedelta(days=days)), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _sent(self, complaint):
        return (
            self.mails.sudo()
            .search([("model", "=", complaint._name), ("res_id", "=", complaint.id)], order="id")
            .filtered(lambda m: self.contact in m.recipient_ids)
        )

    def test_two_reminders_then_closed(self):
        complaint = self._resolved()
        sent = len(self._sent(complaint))
        for days, reminders, state in (
            (6, 0, "resolved"),
            (7, 1, "resolved"),
            (7, 1, "resolved"),
            (13, 1, "resolved"),
            (14, 2, "resolved"),
            (20, 2, "resolved"),
            (21, 2, "closed"),
            (40, 2, "closed"),
        ):
            with self.subTest(days=days):
                self._run(days)
                self.assertEqual(len(complaint.reminder_ids), reminders)
                thanks = state == "closed"
                self.assertEqual(len(self._sent(complaint)), sent + reminders + thanks)
                self.assertEqual(complaint.state, state)
        self.assertEqual(complaint.outcome, "tacit")
        self.assertEqual(complaint.round_ids.closing_outcome, "tacit")
        first, last = self._sent(complaint)[sent : sent + 2]
        self.assertIn("resolved?", first.subject)
        self.assertIn("about to close", last.subject)
        for reminder in (first, last):
            headers = reminder._prepare_outgoing_list()[0]["headers"]
            self.assertEqual(headers["Auto-Submitted"], "auto-generated", "T8")

    def test_an_outage_sends_no_two_at_once(self):
        complaint = self._resolved()
        for days, reminders in ((60, 1), (60, 1), (66, 1), (67, 2), (73, 2)):
            self._run(days)
            self.assertEqual(len(complaint.reminder_ids), reminders, days)
            self.assertEqual(complaint.state, "resolved")
        self._run(74)
        self.assertEqual(complaint.state, "closed")

    def test_work_left_over_delays_closing(self):
        """What was added to a resolved case is done first; then silence closes it."""
        complaint = self._resolved()
        action = self.env["complaint.action"].create(
            {
                "complaint_id": complaint.id,
                "name": "Sort again",
                "kind": "correction",
                "user_id": self.user_purchasing.id,
                "deadline": "2099-01-01",
            }
        )
        for days in (7, 14, 21, 22):
            self._run(days)
        self.assertEqual((complaint.state, len(complaint.reminder_ids)), ("resolved", 2))
        action.action_cancel()
        self._run(28)
        self.assertEqual((complaint.state, complaint.outcome), ("closed", "tacit"))

    def test_any_answer_stops_it(self):
        def by_mail(complaint):
            complaint.message_post(
                body="Still rusty", author_id=self.contact.id, message_type="email"
            )

        def by_feedback(complaint):
            complaint.with_user(self.user_sales).customer_feedback = "He will test first"

        def by_objection(complaint):
            complaint.action_object("Not enough")

        for answer in (by_mail, by_feedback, by_objection):
            with self.subTest(answer=answer.__name__):
                complaint = self._resolved()
                self._run(7)
                answer(complaint)
                self._run(100)
                self.assertEqual(len(complaint.reminder_ids), 1)
                self.assertIn(complaint.state, ("resolved", "registered"))

    def _reply(self, complaint, *headers):
        """The customer's mail program answers our last message."""
        ours = complaint.message_ids[:1].message_id
        lines = [
            f"From: {self.contact.email}",
            "To: help@example.com",
            "Subject: Re: your complaint",
            f"Message-Id: <{len(complaint.message_ids)}.{complaint.id}@customer.example>",
            f"In-Reply-To: {ours}",
            "Content-Type: text/plain",
            *headers,
        ]
        raw = "\n".join(lines) + "\n\nI am not in the office."
        self.env["mail.thread"].message_process("complaint.complaint", raw, thread_id=complaint.id)

    def test_an_absence_note_is_no_answer(self):
        for header in ("Auto-Submitted: auto-replied", "X-Autoreply: yes", "Precedence: bulk"):
            with self.subTest(header=header):
                complaint = self._resolved()
                self._reply(complaint, header)
                self.assertTrue(complaint.date_next_reminder)
                self.assertFalse(complaint.date_customer_answered)
                self.assertIn("not in the office", complaint.message_ids[:1].body)
                self._reply(complaint, "Auto-Submitted: no")
                self.assertFalse(complaint.date_next_reminder)
                self.assertTrue(complaint.date_customer_answered)

    def test_a_colleague_is_no_customer(self):
        complaint = self._resolved()
        complaint.with_user(self.user_service).message_post(body="Did he call?")
        self._run(7)
        self.assertEqual(len(complaint.reminder_ids), 1)

    def test_the_next_round_starts_anew(self):
        complaint = self._resolved()
        self._run(7)
        with freeze_time(DAY_0 + timedelta(days=8)):
            complaint.action_object("Not enough")
            complaint.with_user(self.user_leadership).action_instruct("Give him new goods")
            complaint.action_resolve()
        self._run(15)
        self.assertEqual(complaint.reminder_ids.mapped("level"), [1, 1])
        self.assertEqual(complaint.reminder_ids.mapped("round_id.number"), [1, 2])

    def test_without_address_the_salesperson_calls(self):
        self.contact.email = False
        complaint = self._resolved()
        self._run(7)
        self.assertEqual(complaint.reminder_ids.way, "activity")
        call = complaint.reminder_ids.activity_id
        self.assertEqual(call.user_id, self.user_sales)
        self._run(14)
        self._run(21)
        self.assertEqual(complaint.state, "resolved", "nobody has asked him yet")
        complaint.reminder_ids.activity_id.action_feedback(feedback="He does not answer")
        self._run(28)
        self.assertEqual((complaint.state, complaint.outcome), ("closed", "tacit"))

    def test_switched_off(self):
        for name in ("complaint_reminder_count", "complaint_reminder_days"):
            self.company[name] = 0
            complaint = self._resolved()
            self.assertFalse(complaint.date_next_reminder)
            self.company[name] = 2

    def test_killed_between_batches_and_resumed(self):
        complaints = self.env["complaint.complaint"].union(*(self._resolved() for _i in range(5)))
        committed = []

        class Killed(Exception):
            pass

        def commit(_cron, processed=0, **_kwargs):
            committed.append(processed)
            if len(committed) == 3:
                raise Killed
            return 1

        self.patch(type(self.env["ir.cron"]), "_commit_progress", commit)
        # Not assertRaises: it would roll back what a killed process had committed
        with freeze_time(DAY_0 + timedelta(days=7)), contextlib.suppress(Killed):
            self.env["complaint.complaint"]._cron_remind_silent(batch_size=2)
        self.assertEqual(len(complaints.reminder_ids), 4, "two batches happened")
        with freeze_time(DAY_0 + timedelta(days=7, hours=1)):
            self.env["complaint.complaint"]._cron_remind_silent(batch_size=2)
        self.assertEqual([len(c.reminder_ids) for c in complaints], [1] * 5)

    def test_one_that_fails_stops_no_other(self):
        broken, fine = self._resolved(), self._resolved()
        original = type(broken)._get_reminder_address

        def poisoned(records):
            if broken in records:
                raise ValueError("broken address")
            return original(records)

        self.patch(type(broken), "_get_reminder_address", poisoned)
        with self.assertLogs("odoo.addons.complaint_management", "ERROR"):
            self._run(7)
        self.assertEqual((len(broken.reminder_ids), len(fine.reminder_ids)), (0, 1))
        self.assertFalse(broken.date_next_reminder)
        self.assertIn("close by hand", " ".join(broken.activity_ids.mapped("summary")))
