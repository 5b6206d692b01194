from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestEffect(HandlingCommon):
    """The effect is evaluated, a weak plan is changed (R43); follow-ups say what came out (R69)."""

    def _case(self):
        """:return: (complaint, a cause, a finished measure against it, another finished one)"""
        complaint = self._bare_complaint()
        cause = self.env["complaint.cause"].create(
            {"complaint_id": complaint.id, "name": "Soft film"}
        )
        against = self._action(complaint, kind="corrective", cause_id=cause.id, name="New film")
        other = self._action(complaint, kind="preventive", name="Train")
        (against | other).action_finish("Done")
        return complaint, cause, against, other

    def _check(self, complaint, **vals):
        return self._action(complaint, kind="verification", name="Does it work?", **vals)

    def _wizard(self, action, **vals):
        opened = action.action_finish()
        wizard = self.env[opened["res_model"]].with_env(action.env).browse(opened["res_id"])
        wizard.write({"note": "Looked at three lots", **vals})
        return wizard

    def test_verification_asks_for_the_effect(self):
        complaint, _cause, against, other = self._case()
        check = self._check(complaint).with_user(self.user_purchasing)
        wizard = self._wizard(check)
        self.assertTrue(wizard.asks_effect)
        with self.assertRaises(UserError):
            wizard.action_confirm()
        self.assertEqual(check.state, "open")
        wizard.effect = "effective"
        wizard.action_confirm()
        self.assertEqual((check.state, check.verdict), ("done", "effective"))
        self.assertEqual({against.effectiveness, other.effectiveness}, {"effective"})

    def test_only_measures_against_the_same_cause(self):
        complaint, cause, against, other = self._case()
        self._check(complaint, cause_id=cause.id).action_finish("No", "ineffective")
        self.assertEqual((against.effectiveness, other.effectiveness), ("ineffective", "pending"))

    def test_unfinished_measures_are_not_judged(self):
        complaint, cause, _against, _other = self._case()
        late = self._action(complaint, kind="corrective", cause_id=cause.id, name="Later")
        self._check(complaint).action_finish("No", "ineffective")
        self.assertEqual(late.effectiveness, "pending")

    def test_ineffective_asks_the_lead_and_offers_a_measure(self):
        complaint, cause, _against, _other = self._case()
        check = self._check(complaint, cause_id=cause.id).with_user(self.user_quality)
        opened = self._wizard(check, effect="ineffective").action_confirm()
        self.assertEqual(opened["res_model"], "complaint.action")
        self.assertEqual(opened["context"]["default_cause_id"], cause.id)
        asked = complaint.activity_ids.filtered(lambda a: "Change the plan" in a.summary)
        self.assertEqual(asked.user_id, self.user_quality)

    def test_a_note_alone_is_not_enough(self):
        complaint, _cause, against, _other = self._case()
        check = self._check(complaint)
        opened = check.action_finish("Looks fine")
        wizard = self.env[opened["res_model"]].browse(opened["res_id"])
        self.assertEqual(wizard.note, "Looks fine")
        with self.assertRaisesRegex(UserError, "Does it work"):
            check.activity_id.action_feedback("Looks fine")
        with self.assertRaises(UserError):
            check.action_finish("Looks fine", "satisfied")
        self.assertEqual((check.state, against.effectiveness), ("open", "pending"))

    def test_several_kinds_in_one_wizard(self):
        complaint, _cause, against, _other = self._case()
        check = self._check(complaint)
        call = self._action(complaint, kind="followup", name="Call")
        plain = self._action(complaint, name="Weigh")
        wizard = self._wizard(check | call | plain, effect="effective", satisfaction="satisfied")
        wizard.action_confirm()
        self.assertEqual((check | call | plain).mapped("state"), ["done"] * 3)
        self.assertEqual(
            (check.verdict, call.verdict, plain.verdict), ("effective", "satisfied", False)
        )
        self.assertEqual(against.effectiveness, "effective")

    def test_dissatisfied_customer_opens_the_next_round(self):
        complaint = self._complaint(category_id=self.category_simple.id, user_id=self.user_sales.id)
        complaint.action_register()
        complaint.action_resolve()
        call = self._action(complaint, self.user_sales, kind="followup", name="Call")
        call.with_user(self.user_sales).action_finish("Still rusty", "dissatisfied")
        self.assertEqual((call.state, call.verdict), ("done", "dissatisfied"))
        self.assertEqual((complaint.state, complaint.round), ("registered", 2))
        self.assertEqual(complaint._get_current_rounds().kind, "dissatisfied")

    def test_finishing_the_follow_up_is_no_change_one_did_not_see(self):
        complaint = self._complaint(category_id=self.category_simple.id, user_id=self.user_sales.id)
        complaint.action_register()
        complaint.action_resolve()
        call = self._action(complaint, self.user_sales, kind="followup", name="Call")
        call = call.with_user(self.user_sales).with_context(seen_version=complaint.version)
        call.action_finish("Still rusty", "dissatisfied")
        self.assertEqual((complaint.state, complaint.round), ("registered", 2))

    def test_dissatisfied_while_the_case_runs_is_recorded(self):
        complaint = self._bare_complaint()
        call = self._action(complaint, kind="followup", name="Call")
        call.action_finish("Still waiting", "dissatisfied")
        self.assertEqual((call.verdict, complaint.round), ("dissatisfied", 1))
