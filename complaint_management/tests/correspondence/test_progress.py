from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.translate import code_translations

from ..common import ComplaintCommon

DAY_0 = datetime(2026, 3, 2, 9, 0)  # a Monday


class ProgressCase(ComplaintCommon):
    """Complaints registered on day 0, whose customers hear from us every two working days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.policy"].create(
            {
                "category_id": cls.category_simple.id,
                "progress_days": 2,
                "response_hours": 4,
                "plan_days": 10,
                "handling_days": 20,
                "report_days": 20,
            }
        )

    def _case(self, **vals):
        with freeze_time(DAY_0):
            complaint = self._complaint(category_id=self.category_simple.id, **vals)
            complaint.action_register()
        return complaint

    def _run(self, days, cron="ir_cron_tell_progress"):
        """Run the job some days after registration."""
        cron = self.env.ref(f"complaint_management.{cron}")
        self.env.flush_all()
        with freeze_time(DAY_0 + timedelta(days=days)), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _asked(self, complaint):
        return complaint.activity_ids.filtered(lambda a: a.complaint_until == "told")

    def _mails(self, complaint, words):
        """:return: mails to the customer whose subject has ``words``"""
        mails = self.env["mail.mail"].search(
            [("model", "=", complaint._name), ("res_id", "=", complaint.id)]
        )
        return mails.filtered(lambda m: words in (m.subject or "") and m.recipient_ids)


@tagged("post_install", "-at_install")
class TestProgress(ProgressCase):
    """The customer hears from us at the agreed rhythm (R42, T14)."""

    def test_salesperson_is_asked_and_sends_with_one_press(self):
        complaint = self._case()
        self.assertEqual(complaint.date_next_progress.date(), (DAY_0 + timedelta(days=2)).date())
        self._run(1)
        self.assertFalse(self._asked(complaint))
        self._run(3)
        activity = self._asked(complaint)
        self.assertEqual(activity.user_id, self.user_sales)
        self.assertTrue(complaint.is_telling_due)
        self.assertFalse(self._mails(complaint, "where we stand"))
        with freeze_time(DAY_0 + timedelta(days=3, hours=1)):
            complaint.with_user(self.user_sales).action_send_progress()
        mail = self._mails(complaint, "where we stand")
        self.assertEqual(mail.recipient_ids, self.contact)
        self.assertTrue(complaint.date_responded, "He pressed: it is a person's answer.")
        self.assertFalse(self._asked(complaint))
        self.assertGreater(complaint.date_next_progress, DAY_0 + timedelta(days=4))

    def test_asked_in_his_language(self):
        """The job has no language, and whoever moves a date may have another."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.user_sales.lang = "zh_CN"
        words = {
            "Tell the customer where we stand": "告诉客户进展",
            "Tell the customer the new date": "告诉客户新日期",
        }
        texts = {("complaint_management", "zh_CN"): words}
        with patch.dict(code_translations.python_translations, texts):
            complaint, delayed = self._case(), self._case()
            self._run(3)
            delayed._close_information(("told",))
            delayed._note_delay(DAY_0 + timedelta(days=30))
        self.assertEqual(self._asked(complaint).summary, "告诉客户进展")
        self.assertEqual(self._asked(delayed).summary, "告诉客户新日期")

    def test_once_and_after_an_outage_once(self):
        complaint = self._case()
        for _again in range(2):
            self._run(40)
            self.assertEqual(len(self._asked(complaint)), 1)
        self._run(60)
        self.assertEqual(len(self._asked(complaint)), 1, "He is asked already.")

    def test_who_wrote_is_not_asked(self):
        def by_mail(complaint):
            complaint.with_user(self.user_sales).message_post(
                body="We are at it",
                partner_ids=self.contact.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )

        def by_call(complaint):
            complaint.with_user(self.user_sales).action_log_call()

        for tell in (by_mail, by_call):
            with self.subTest(tell=tell.__name__):
                complaint = self._case(date_responded=False)
                with freeze_time(DAY_0 + timedelta(days=1)):
                    tell(complaint)
                self._run(2.1)
                self.assertFalse(self._asked(complaint))
                self._run(4.1)
                self.assertTrue(self._asked(complaint))

    def test_a_case_resolved_before_bothers_nobody(self):
        complaint = self._case()
        with freeze_time(DAY_0 + timedelta(days=1)):
            complaint.action_resolve()
        self.assertFalse(complaint.date_next_progress)
        self._run(10)
        self.assertFalse(self._asked(complaint))
        with self.assertRaises(UserError):
            complaint.action_send_progress()

    def test_machine_writes_where_the_company_chose_so(self):
        self.env.company.complaint_progress_automatic = True
        complaint = self._case()
        complaint._write_trusted({"date_responded": DAY_0})
        responded = complaint.date_responded
        self._run(3)
        mail = self._mails(complaint, "where we stand")
        self.assertEqual(len(mail), 1)
        self.assertIn("auto-generated", mail.headers)
        self.assertFalse(self._asked(complaint))
        self.assertEqual(complaint.date_responded, responded)
        self._run(3)
        self.assertEqual(len(self._mails(complaint, "where we stand")), 1)
        self._run(7)
        self.assertEqual(len(self._mails(complaint, "where we stand")), 2)

    def test_what_the_machine_may_not_write_a_person_does(self):
        self.env.company.complaint_progress_automatic = True
        unanswered = self._case()
        delayed, without = self._case(), self._case(contact_id=self._no_mail().id)
        (delayed + without)._write_trusted({"date_responded": DAY_0})
        delayed._write_trusted({"has_delay": True})
        self._run(3)
        for complaint in unanswered + delayed + without:
            self.assertFalse(self._mails(complaint, "where we stand"))
            self.assertTrue(self._asked(complaint))

    def _no_mail(self):
        return self.env["res.partner"].create(
            {"name": "Without mail", "parent_id": self.customer.id}
        )

    def test_rhythm(self):
        complaint = self._case()
        inside = complaint.with_user(self.user_sales)
        self.assertEqual(complaint._get_progress_days(), 2)
        self.customer.complaint_progress_rhythm = "10"
        self.assertEqual(complaint._get_progress_days(), 10)
        inside.progress_rhythm = "1"
        self.assertEqual(complaint._get_progress_days(), 1)
        self.assertEqual(complaint.date_next_progress.date(), (DAY_0 + timedelta(days=1)).date())
        inside.progress_rhythm = "0"
        self.assertFalse(complaint.date_next_progress)
        praise = self.env["complaint.category"].create(
            {"name": "Test: praise", "is_complaint": False, "investigation": "none"}
        )
        inside.write({"progress_rhythm": "1", "category_id": praise.id})
        self.assertEqual(complaint._get_progress_days(), 0)

    def test_working_days(self):
        """Two working days from Thursday are Monday."""
        with freeze_time(datetime(2026, 3, 5, 9, 0)):
            complaint = self._complaint(category_id=self.category_simple.id)
            complaint.action_register()
        self.assertEqual(complaint.date_next_progress.date(), datetime(2026, 3, 9).date())

    def test_poison_row_stops_no_other(self):
        bad, good = self._case(), self._case()
        # No calendar app makes such a row: a salesperson whose activity cannot be made
        constraint = "ALTER TABLE mail_activity ADD CONSTRAINT test_poison CHECK (res_id <> %s)"
        self.env.cr.execute(constraint, [bad.id])
        with mute_logger(
            "odoo.sql_db", "odoo.addons.complaint_management.models.complaint.batches"
        ):
            self._run(3)
        self.assertTrue(self._asked(good))
        self.assertFalse(self._asked(bad))
        self.assertGreater(bad.date_next_progress, DAY_0 + timedelta(days=4), "Tried again later.")

    def test_rights(self):
        complaint = self._case()
        self.env["complaint.action"].create(
            {
                "complaint_id": complaint.id,
                "name": "Sort",
                "kind": "correction",
                "user_id": self.user_contributor.id,
                "deadline": "2099-01-01",
            }
        )
        with self.assertRaises(AccessError):
            complaint.with_user(self.user_contributor).action_send_progress()
        nobody = self._case(contact_id=self._no_mail().id)
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            nobody.with_user(self.user_sales).action_send_progress()


@tagged("post_install", "-at_install")
class TestDelay(ProgressCase):
    """A date is moved or missed: the customer hears the new one, and it is a promise (R65)."""

    def _wizard(self, complaint, **vals):
        context = complaint.with_user(self.user_sales).action_tell_delay()["context"]
        wizards = self.env["complaint.delay.wizard"].with_user(self.user_sales)
        return wizards.with_context(**context).create(vals)

    def _clock(self, complaint, kind="report"):
        return complaint.clock_ids.filtered(lambda c: c.kind == kind)

    def _promise(self, complaint, days=5):
        return self.env["complaint.promise"].create(
            {
                "complaint_id": complaint.id,
                "name": "New goods",
                "deadline": DAY_0 + timedelta(days=days),
            }
        )

    def test_extended_deadline_is_proposed_and_promised(self):
        complaint = self._case()
        clock = self._clock(complaint)
        with freeze_time(DAY_0 + timedelta(days=1)):
            clock.with_user(self.user_manager).action_extend(days=3, reason="Laboratory")
            self.assertTrue(complaint.has_delay)
            self.assertEqual(complaint.delay_deadline, clock.date_deadline)
            self.assertIn("Tell the New Date", self._asked(complaint).note)
            complaint._write_trusted({"date_responded": DAY_0})
            self.assertEqual(complaint._get_letter(), "delay")
            wizard = self._wizard(complaint)
            self.assertEqual(wizard.deadline, clock.date_deadline)
            wizard.action_send()
        mail = self._mails(complaint, "a new date")
        self.assertIn(complaint._get_print_day(clock.date_deadline), mail.body_html)
        self.assertIn("Our complete answer", mail.body_html)
        self.assertNotIn("Laboratory", mail.body_html)
        promise = complaint.promise_ids
        self.assertEqual((promise.deadline, promise.state), (clock.date_deadline, "open"))
        self.assertFalse(complaint.has_delay)
        self.assertFalse(self._asked(complaint))

    def test_what_is_proposed(self):
        def breach(complaint):
            self._run(60, "ir_cron_watch_clocks")

        def put_off(complaint):
            promise = self._promise(complaint)
            promise.with_user(self.user_sales).deadline = DAY_0 + timedelta(days=9)

        def break_promise(complaint):
            self._promise(complaint).with_user(self.user_sales).action_break("No goods")

        def resume(complaint):
            clock = self._clock(complaint).with_user(self.user_manager)
            clock.action_pause("The sample is on its way")
            with freeze_time(DAY_0 + timedelta(days=2)):
                clock.action_resume()

        for cause in (breach, put_off, break_promise, resume):
            with self.subTest(cause=cause.__name__):
                complaint = self._case()
                with freeze_time(DAY_0 + timedelta(hours=1)):
                    cause(complaint)
                self.assertTrue(complaint.has_delay)
                self.assertTrue(self._asked(complaint))

    def test_what_is_not(self):
        complaint = self._case()
        with freeze_time(DAY_0 + timedelta(hours=1)):
            promise = self._promise(complaint)
            promise.deadline = DAY_0 + timedelta(days=4)  # earlier
            promise.name = "New goods and a discount"
            self._clock(complaint, "response").with_user(self.user_manager).action_extend(
                hours=1, reason="Night"
            )
        self.assertFalse(complaint.has_delay)
        done = self._case()
        promise = self._promise(done)
        with freeze_time(DAY_0 + timedelta(days=1)):
            done.action_resolve()
            promise.action_break()
        self.assertFalse(done.has_delay)

    def test_letter_that_was_only_opened_tells_nobody(self):
        """Who closes the composer has told nothing; who sends the letter has."""
        complaint = self._case()
        complaint._note_delay()
        wizard = self._wizard(complaint, deadline=datetime(2099, 1, 5, 8, 0))
        action = wizard.action_edit()
        self.assertTrue(complaint.has_delay)
        self.assertTrue(self._asked(complaint))
        inside = complaint.with_user(self.user_sales)
        post = {"partner_ids": self.contact.ids, "subtype_xmlid": "mail.mt_comment"}
        inside.message_post(body="We look into it.", message_type="comment", **post)
        self.assertTrue(complaint.has_delay, "that message says no date")
        composer = self.env["mail.compose.message"].with_user(self.user_sales)
        composer.with_context(**action["context"]).create({})._action_send_mail()
        self.assertFalse(complaint.has_delay)
        self.assertEqual(len(complaint.promise_ids), 1)

    def test_told_in_a_chat(self):
        complaint = self._case()
        complaint._note_delay()
        self._wizard(complaint, deadline=datetime(2099, 1, 5, 8, 0)).action_edit()
        inside = complaint.with_user(self.user_sales)
        inside._log_chat("Hello!")
        self.assertTrue(complaint.has_delay)
        inside._log_chat(inside._get_chat_text("delay"))
        self.assertFalse(complaint.has_delay)

    def test_told_by_phone(self):
        complaint = self._case()
        complaint._note_delay()
        later = datetime(2099, 1, 5, 8, 0)
        self._wizard(complaint, deadline=later, what="The new blades").action_told()
        self.assertEqual(complaint.promise_ids.name, "The new blades")
        self.assertFalse(complaint.has_delay)
        self.assertTrue(complaint.date_last_told)
        # The same date again is the same promise
        complaint._note_delay()
        self._wizard(complaint, deadline=later, what="The new blades").action_told()
        self.assertEqual(len(complaint.promise_ids), 1)

    def test_a_date_that_is_over_is_none(self):
        complaint = self._case()
        with self.assertRaisesRegex(UserError, "still to come"):
            self._wizard(complaint, deadline=datetime(2020, 1, 1)).action_send()
        self.assertFalse(complaint.promise_ids)

    def test_edit_first(self):
        complaint = self._case()
        action = self._wizard(complaint, deadline=datetime(2099, 1, 5)).action_edit()
        template = self.env.ref("complaint_management.mail_template_delay")
        self.assertEqual(action["context"]["default_template_id"], template.id)
        self.assertTrue(complaint.promise_ids)


@tagged("post_install", "-at_install")
class TestThanks(ProgressCase):
    """Thanks at the end, once, and not where they would mock the customer (R9, R65)."""

    def _closed(self, outcome="accepted", **vals):
        complaint = self._case(**vals)
        complaint.action_resolve()
        complaint.action_close(outcome, "His words")
        return complaint

    def test_thanked_once(self):
        complaint = self._closed()
        mail = self._mails(complaint, "thank you")
        self.assertEqual(len(mail), 1)
        for words in ("sorry", "thank you for your trust", "where we are weak"):
            self.assertIn(words, mail.body_html)
        self.assertIn("auto-generated", mail.headers)
        complaint.action_reopen("Again")
        complaint._write_trusted({"state": "resolved"})
        complaint.action_close("accepted")
        self.assertEqual(len(self._mails(complaint, "thank you")), 1)

    def test_tacit_is_thanked_others_are_not(self):
        self.assertTrue(self._mails(self._closed("tacit"), "thank you"))
        for outcome in ("rejected", "exhausted", "withdrawn"):
            with self.subTest(outcome=outcome):
                self.assertFalse(self._mails(self._closed(outcome), "thank you"))
        duplicate, original = self._case(), self._case()
        duplicate.action_resolve()
        duplicate.action_close("duplicate", duplicate_of_id=original.id)
        self.assertFalse(self._mails(duplicate, "thank you"))
        cancelled = self._case()
        cancelled.action_cancel("Entered twice")
        self.assertFalse(self._mails(cancelled, "thank you"))

    def test_company_may_do_without(self):
        self.env.company.complaint_thank = False
        self.assertFalse(self._mails(self._closed(), "thank you"))
