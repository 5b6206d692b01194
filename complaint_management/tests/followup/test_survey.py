import base64
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import ComplaintCommon

DAY_0 = datetime(2026, 3, 2, 9, 0)


@tagged("post_install", "-at_install")
class TestSurvey(ComplaintCommon):
    """Customers are asked how satisfied they are, each of them seldom (R50, R69, T14)."""

    def _closed(self, day=0, outcome="accepted", **vals):
        with freeze_time(DAY_0 + timedelta(days=day)):
            complaint = self._complaint(category_id=self.category_simple.id, **vals)
            complaint.action_register()
            complaint.action_resolve()
            complaint.action_close(outcome, "His words")
        return complaint

    def _run(self, days):
        cron = self.env.ref("complaint_management.ir_cron_survey")
        self.env.flush_all()
        with freeze_time(DAY_0 + timedelta(days=days)), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _mails(self, complaint):
        mails = self.env["mail.mail"].search(
            [("model", "=", complaint._name), ("res_id", "=", complaint.id)]
        )
        return mails.filtered(lambda m: "how did we do" in (m.subject or ""))

    def test_asked_once(self):
        complaint = self._closed()
        self._run(2)
        self.assertFalse(self._mails(complaint))
        for days in (3, 3, 50):
            self._run(days)
            self.assertEqual(len(self._mails(complaint)), 1)
        mail = self._mails(complaint)
        self.assertEqual(mail.recipient_ids, self.contact)
        self.assertIn(f"/rate/{complaint.rating_ids.access_token}/5", mail.body_html)
        self.assertIn("auto-generated", mail.headers)
        self.assertFalse(complaint.satisfaction, "Asked is not rated.")

    def test_one_person_is_asked_seldom(self):
        first, second = self._closed(), self._closed()
        colleague = self._closed(contact_id=self.portal_partner.id)
        self._run(3)
        self.assertEqual(len(self._mails(first) + self._mails(second)), 1)
        self.assertTrue(self._mails(colleague))
        later = self._closed(day=80)
        self._run(83)
        self.assertFalse(self._mails(later))
        much_later = self._closed(day=100)
        self._run(103)
        self.assertTrue(self._mails(much_later))
        self.assertFalse(self._mails(later), "Left out is left out.")

    def test_an_outage_asks_once(self):
        complaints = self._closed() + self._closed(day=10) + self._closed(day=20)
        self._run(40)
        self.assertEqual(sum(len(self._mails(c)) for c in complaints), 1)

    def test_who_is_not_asked(self):
        rated = self._closed()
        rated._rate_by_customer(5)
        reopened = self._closed(contact_id=self.portal_partner.id)
        with freeze_time(DAY_0 + timedelta(days=1)):
            reopened.action_reopen("Again")
        withdrawn = self._closed(
            outcome="withdrawn", partner_id=self.customer2.id, contact_id=False
        )
        self._run(5)
        for complaint in rated + reopened + withdrawn:
            self.assertFalse(self._mails(complaint))

    def test_company_may_do_without(self):
        self.env.company.complaint_survey_days = 0
        complaint = self._closed()
        self.assertFalse(complaint.date_survey)
        self.env.company.write({"complaint_survey_days": 1, "complaint_survey_gap_days": 0})
        often = self._closed() + self._closed()
        self._run(2)
        self.assertEqual(sum(len(self._mails(c)) for c in often), 2)


@tagged("post_install", "-at_install")
class TestSheet(ComplaintCommon):
    """The sheet signed on paper: scanned, filed, and its tick is the rating (R45, R68)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(user=cls.user_sales)

    def _sheet(self, **vals):
        return (
            self.env["complaint.evidence"]
            .with_user(self.user_sales)
            .create(
                {
                    "complaint_id": self.complaint.id,
                    "kind": "feedback",
                    "name": "Signed sheet",
                    "file_name": "sheet.pdf",
                    "file": base64.b64encode(b"%PDF-1.4 signed"),
                    **vals,
                }
            )
        )

    def test_tick_is_the_rating(self):
        self._sheet(satisfaction="4")
        rating = self.complaint.rating_ids
        self.assertEqual((rating.rating, rating.complaint_source), (4, "sheet"))
        self.assertEqual(self.complaint.satisfaction, "4")

    def test_tick_may_come_later_and_counts_once(self):
        sheet = self._sheet()
        self.assertFalse(self.complaint.rating_ids)
        sheet.satisfaction = "2"
        self.assertEqual(self.complaint.satisfaction, "2")
        self.assertTrue(
            self.complaint.activity_ids.filtered(lambda a: "not satisfied" in (a.summary or ""))
        )
        self._sheet(satisfaction="5")
        self.assertEqual(self.complaint.satisfaction, "2", "He rated this round.")

    def test_without_a_scan_there_is_no_signature(self):
        self._sheet(file=False, missing_reason="Follows", satisfaction="5")
        self.assertFalse(self.complaint.rating_ids)

    def test_ratings_are_found(self):
        self._sheet(satisfaction="5")
        action = self.complaint.with_user(self.user_sales).action_open_ratings()
        found = self.env["rating.rating"].with_user(self.user_sales).search(action["domain"])
        self.assertEqual(found, self.complaint.rating_ids)


@tagged("post_install", "-at_install")
class TestFollowup(ComplaintCommon):
    """The follow-up's outcome, and what the customer said (R49, R69)."""

    def _followup(self, complaint):
        return self.env["complaint.action"].create(
            {
                "complaint_id": complaint.id,
                "name": "Call the customer",
                "kind": "followup",
                "user_id": self.user_sales.id,
                "deadline": "2099-01-01",
            }
        )

    def _finish(self, action, **vals):
        wizard = self.env["complaint.action.wizard"].with_user(self.user_sales)
        wizard = wizard.create({"verb": "finish", "action_ids": action.ids, **vals})
        wizard.action_confirm()

    def test_remarks_are_kept(self):
        complaint = self._complaint(category_id=self.category_simple.id)
        complaint.action_register()
        complaint.action_resolve()
        action = self._followup(complaint)
        complaint._write_trusted({"state": "closed"})
        self._finish(
            action,
            note="Friendly",
            satisfaction="remarks",
            customer_words="The box could be better",
        )
        self.assertEqual((action.state, action.verdict), ("done", "remarks"))
        self.assertEqual(complaint.state, "closed", "Remarks open no round.")
        self.assertEqual(complaint.customer_feedback, "The box could be better")
        again = self._followup(complaint)
        self._finish(
            again, note="Called again", satisfaction="satisfied", customer_words="Better now"
        )
        self.assertEqual(complaint.customer_feedback, "The box could be better")
        self.assertIn("Better now", str(complaint.message_ids.mapped("body")))

    def test_plans_follow_up_within_a_week(self):
        """Each shipped plan asks the customer within seven days after resolving."""
        for name in ("quality", "safety", "shortage", "delivery", "simple"):
            plan = self.env.ref(f"complaint_management.plan_{name}")
            lines = plan.template_ids.filtered(lambda t: t.action_kind == "followup")
            with self.subTest(plan=name):
                self.assertTrue(lines)
                days = {"days": 1, "weeks": 7, "months": 31}
                for line in lines:
                    self.assertLessEqual(line.delay_count * days[line.delay_unit], 7)
