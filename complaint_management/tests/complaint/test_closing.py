from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestClosing(ComplaintCommon):
    """Each outcome says what it needs; dissatisfied customers open a round (R47, R48, R69)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._resolved()
        cls.other = cls._resolved()

    @classmethod
    def _resolved(cls):
        complaint = cls._complaint(category_id=cls.category_simple.id)
        complaint = complaint.with_user(cls.user_manager)
        complaint.action_register()
        complaint.plan_summary = "Check the invoice"
        complaint.action_resolve()
        return complaint

    def test_reasons(self):
        for outcome in ("rejected", "exhausted", "withdrawn"):
            with self.subTest(outcome=outcome), self.assertRaisesRegex(UserError, "reason"):
                self.complaint.action_close(outcome, reason="  ")
        self.assertEqual(self.complaint.state, "resolved")
        self.complaint.action_close("rejected", reason="No defect found", feedback="He disagrees")
        self.assertEqual(self.complaint.outcome, "rejected")
        self.assertEqual(self.complaint.closing_note, "No defect found")
        self.assertEqual(self.complaint.customer_feedback, "He disagrees")
        ended = self.complaint.round_ids
        self.assertEqual((ended.ending, ended.closing_outcome), ("closed", "rejected"))
        self.assertEqual(ended.outcome, "No defect found")
        self.assertEqual(ended.plan_summary, "Check the invoice")
        self.assertEqual(ended.date_handled, self.complaint.date_handled)

    def test_what_came_after_resolving_is_done_first(self):
        """Work and requests added to a resolved case block its closing, not what outlives it."""
        late, later = self.env["complaint.action"].create(
            [
                {
                    "complaint_id": self.complaint.id,
                    "name": name,
                    "kind": kind,
                    "user_id": self.user_purchasing.id,
                    "deadline": "2099-01-01",
                }
                for name, kind in (("Sort again", "correction"), ("Film", "preventive"))
            ]
        )
        demand = self.complaint.demand_ids.create(
            {"complaint_id": self.complaint.id, "kind": "gift", "name": "A calendar"}
        )
        with self.assertRaisesRegex(UserError, "(?s)A calendar.*Sort again") as caught:
            self.complaint.action_close("accepted")
        self.assertNotIn("Film", str(caught.exception))
        demand.action_cancel()
        late.action_cancel()
        self.complaint.action_close("accepted")
        self.assertEqual((self.complaint.state, later.state), ("closed", "open"))

    def test_duplicate(self):
        with self.assertRaisesRegex(UserError, "duplicate"):
            self.complaint.action_close("duplicate")
        with self.assertRaises(ValidationError):
            self.complaint.action_close("duplicate", duplicate_of_id=self.complaint.id)
        self.complaint.action_close("duplicate", duplicate_of_id=self.other.id)
        self.assertEqual(self.complaint.duplicate_of_id, self.other)
        with self.assertRaises(ValidationError):
            self.other.action_close("duplicate", duplicate_of_id=self.complaint.id)

    def test_duplicate_of_what_one_may_not_read(self):
        secret = self._complaint(user_id=self.user_sales2.id)
        own = self._complaint(user=self.user_sales)
        with self.assertRaises(AccessError):
            own.duplicate_of_id = secret.id

    def test_duplicate_of_another_company(self):
        company = self._second_company()
        foreign = self._complaint(company_id=company.id, team_id=False, user_id=False)
        with self.assertRaises(ValidationError):
            self.complaint.sudo().duplicate_of_id = foreign

    def test_wizard(self):
        action = self.complaint.with_context(seen_version=self.complaint.version).action_close()
        wizard = self.env[action["res_model"]].with_user(self.user_manager).browse(action["res_id"])
        wizard.outcome = "duplicate"
        wizard.duplicate_of_id = self.other
        wizard.action_confirm()
        self.assertEqual(self.complaint.outcome, "duplicate")

    def test_wizard_notices_what_changed_meanwhile(self):
        action = self.complaint.action_close()
        wizard = self.env[action["res_model"]].with_user(self.user_manager).browse(action["res_id"])
        self.complaint.investigation_result = "A new fact"
        with self.assertRaisesRegex(UserError, "changed after you opened"):
            wizard.action_confirm()
        self.assertEqual(self.complaint.state, "resolved")

    def test_every_deciding_verb_looks_at_the_version(self):
        stale = self.complaint.with_context(seen_version=self.complaint.version - 1)
        pressed = {
            "close": ("accepted",),
            "cancel": ("No",),
            "object": ("No",),
            "dissatisfied": ("No",),
        }
        for verb, arguments in pressed.items():
            with self.subTest(verb=verb), self.assertRaisesRegex(UserError, "changed after"):
                getattr(stale, f"action_{verb}")(*arguments)
        self.complaint.action_close("accepted")
        stale = self.complaint.with_context(seen_version=self.complaint.version - 1)
        for verb in ("reopen", "dissatisfied"):
            with self.subTest(verb=verb), self.assertRaisesRegex(UserError, "changed after"):
                getattr(stale, f"action_{verb}")("Again")

    def test_dissatisfied_after_resolving_and_after_closing(self):
        self.other.action_close("accepted")
        for complaint in (self.complaint, self.other):
            with self.subTest(state=complaint.state):
                complaint.action_dissatisfied("The new goods rust too")
                self.assertEqual((complaint.state, complaint.round), ("registered", 2))
                first, second = complaint.round_ids
                self.assertEqual(second.kind, "dissatisfied")
                self.assertEqual(second.reason, "The new goods rust too")
                self.assertTrue(first.date_resolved and first.date_ended)
                self.assertFalse(complaint.date_resolved or complaint.date_handled)
                self.assertFalse(complaint.outcome or complaint.date_closed)
                self.assertEqual(complaint.plan_summary, "Check the invoice")

    def test_dissatisfied_asks_and_keeps_to_its_states(self):
        action = self.complaint.action_dissatisfied()
        self.assertEqual(action["res_model"], "complaint.reason.wizard")
        running = self._complaint(category_id=self.category_simple.id)
        running.action_register()
        with self.assertRaises(UserError):
            running.action_dissatisfied("Too early")

    def test_closed_round_stays_when_the_case_is_reopened(self):
        self.complaint.action_close("withdrawn", reason="He wrote so")
        ended = self.complaint.round_ids.date_ended
        self.complaint.action_reopen("He changed his mind")
        first = self.complaint.round_ids[0]
        self.assertEqual((first.date_ended, first.ending), (ended, "closed"))
        self.assertEqual(first.outcome, "He wrote so")
        for name, value in {
            "outcome": "Nothing",
            "plan_summary": "Other",
            "kind": "reopened",
        }.items():
            with self.subTest(field=name), self.assertRaises(UserError):
                first.sudo().write({name: value})
        with self.assertRaises(UserError):
            first.sudo().unlink()
