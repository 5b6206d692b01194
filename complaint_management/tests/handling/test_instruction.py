from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestInstruction(HandlingCommon):
    """The leadership's instruction is recorded where due and stays inside (R66)."""

    TEXT = "Visit them tomorrow, no money before the cause is known"

    def _asked(self, complaint):
        return complaint.activity_ids.filtered(lambda a: a.complaint_until == "instruction")

    def test_critical_case_waits_for_it(self):
        complaint = self._bare_complaint(severity="critical")
        self.assertEqual(self._asked(complaint).user_id, self.user_leadership)
        self.assertTrue(any("instruction" in item for item in complaint._get_missing("resolve")))
        complaint.with_user(self.user_leadership).action_instruct(self.TEXT)
        self.assertFalse(any("instruction" in item for item in complaint._get_missing("resolve")))
        self.assertFalse(self._asked(complaint))
        self.assertEqual(complaint.instruction_user_id, self.user_leadership)
        self.assertTrue(complaint.date_instructed)

    def test_other_cases_do_not(self):
        complaint = self._bare_complaint(severity="major")
        self.assertFalse(complaint.needs_instruction)
        self.assertFalse(self._asked(complaint))
        self.assertFalse(any("instruction" in item for item in complaint._get_missing("resolve")))

    def test_second_round_needs_its_own(self):
        complaint, _actions = self._planned_complaint(severity="critical")
        complaint.with_user(self.user_manager).action_instruct(self.TEXT)
        complaint.with_user(self.user_sales).action_object("Not enough")
        self.assertFalse(complaint.leadership_instruction)
        self.assertTrue(complaint.needs_instruction)
        self.assertTrue(self._asked(complaint))
        self.assertEqual(complaint.round_ids.mapped("leadership_instruction"), [self.TEXT, False])

    def test_due_question_outlives_the_release(self):
        complaint = self._bare_complaint(severity="critical")
        complaint.plan_summary = "Plan"
        complaint.with_user(self.user_quality).action_release()
        self.assertTrue(self._asked(complaint))

    def test_plan_line_asks_once_and_not_for_minor_ones(self):
        minor = self._registered_complaint(user=self.user_sales, severity="minor")
        self.assertFalse(self._asked(minor))
        critical = self._registered_complaint(user=self.user_sales, severity="critical")
        self.assertEqual(len(self._asked(critical)), 1)

    def test_further_words_are_added(self):
        complaint = self._bare_complaint()
        complaint.with_user(self.user_leadership).action_instruct("First")
        complaint.with_user(self.user_manager).action_instruct("Second")
        text = complaint.leadership_instruction
        self.assertLess(text.index("First"), text.index("Second"))
        self.assertEqual(complaint.instruction_user_id, self.user_manager)

    def test_who_instructs(self):
        complaint = self._bare_complaint()
        for user in (self.user_sales, self.user_quality, self.user_service):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                complaint.with_user(user).action_instruct("I say so")
        row = self.team.function_ids.filtered(lambda f: f.function == "management")
        row.user_id = self.user_sales
        complaint.with_user(self.user_sales).action_instruct("As general manager")
        self.assertEqual(complaint.instruction_user_id, self.user_sales)

    def test_nobody_instructs_what_he_may_not_read(self):
        complaint = self._bare_complaint()
        row = self.team.function_ids.filtered(lambda f: f.function == "management")
        row.user_id = self.user_contributor
        with self.assertRaises(AccessError):
            complaint.with_user(self.user_contributor).action_instruct("Blind")

    def test_drafts_and_closed_cases(self):
        draft = self._complaint()
        with self.assertRaises(UserError):
            draft.with_user(self.user_manager).action_instruct("Too early")

    def test_wizard(self):
        complaint = self._bare_complaint().with_user(self.user_leadership)
        opened = complaint.action_instruct()
        wizard = self.env[opened["res_model"]].with_user(self.user_leadership)
        wizard = wizard.browse(opened["res_id"])
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.text = self.TEXT
        wizard.action_confirm()
        self.assertEqual(complaint.leadership_instruction, self.TEXT)

    def test_contributors_read_nothing_of_it(self):
        complaint = self._bare_complaint()
        self._action(complaint, self.user_contributor)
        complaint.with_user(self.user_leadership).action_instruct(self.TEXT)
        own = complaint.with_user(self.user_contributor)
        self.assertTrue(own.has_access("read"))
        for record in (own, own.round_ids):
            with self.assertRaises(AccessError):
                record.read(["leadership_instruction"])
        self.assertFalse(any(self.TEXT in message.body for message in complaint.message_ids))

    def test_internal_form_prints_it(self):
        complaint = self._bare_complaint()
        complaint.with_user(self.user_leadership).action_instruct(self.TEXT)
        values = complaint.with_user(self.user_sales)._get_print_internal()
        self.assertEqual(values["instruction"]["text"], self.TEXT)
        self.assertNotIn(self.TEXT, str(complaint._get_print_case()))
