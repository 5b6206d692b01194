from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestActivityMirror(HandlingCommon):
    """The action is the truth, its open activity on the complaint is its shadow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._bare_complaint()
        cls.action = cls._action(cls.complaint, description="Call Mr Wang")
        cls.activity = cls.action.activity_id
        cls.later = fields.Date.today() + timedelta(days=9)

    # ------------------------------------------------------------
    # From the action
    # ------------------------------------------------------------
    def test_activity_says_what_the_action_says(self):
        activity = self.activity
        self.assertEqual(activity.res_model, "complaint.complaint")
        self.assertEqual(activity.res_id, self.complaint.id)
        self.assertEqual(activity.user_id, self.user_purchasing)
        self.assertEqual(activity.date_deadline, self.action.deadline)
        self.assertEqual(activity.summary, "Ask the supplier")
        self.assertIn("Call Mr Wang", activity.note)

    def test_nothing_before_registration(self):
        draft = self._complaint(category_id=self.category_quality.id)
        action = self._action(draft)
        self.assertFalse(action.activity_id)
        draft.action_register()
        self.assertEqual(action.activity_id.user_id, self.user_purchasing)

    def test_changes_flow_to_the_activity(self):
        self.action.write(
            {"user_id": self.user_contributor.id, "deadline": self.later, "name": "Visit them"}
        )
        self.assertEqual(self.activity.user_id, self.user_contributor)
        self.assertEqual(self.activity.date_deadline, self.later)
        self.assertEqual(self.activity.summary, "Visit them")

    def test_done_closes_the_activity_with_the_note(self):
        self.action.with_user(self.user_purchasing).action_finish("Batch 4 is soft")
        self.assertFalse(self.activity.active)
        self.assertEqual(self.activity.feedback, "Batch 4 is soft")
        self.assertTrue(self.activity.date_done)
        message = self.complaint.message_ids.filtered(lambda m: "Batch 4 is soft" in m.body)
        self.assertEqual(message.author_id, self.user_purchasing.partner_id)
        self.assertEqual(len(message), 1)

    def test_cancelled_and_restarted(self):
        self.action.action_cancel()
        self.assertFalse(self.activity.active)
        self.action.action_restart()
        self.assertTrue(self.action.activity_id.active)
        self.assertNotEqual(self.action.activity_id, self.activity)

    def test_objection_gives_the_activity_to_the_lead(self):
        self.complaint.plan_summary = "Plan"
        self.complaint.with_user(self.user_quality).action_release()
        self.action.with_user(self.user_purchasing).action_object("Wrong department")
        self.assertEqual(self.activity.user_id, self.user_quality)
        self.assertIn("Wrong department", self.activity.note)
        self.assertEqual(self.complaint.next_user_id, self.user_quality)
        self.assertEqual(self.action.user_id, self.user_purchasing)
        with self.assertRaises(UserError):
            self.activity.with_user(self.user_quality).action_feedback("Read it")
        self.activity.with_user(self.user_quality).user_id = self.user_contributor
        self.assertEqual(self.action.user_id, self.user_contributor)
        self.assertEqual(self.action.state, "open")
        self.assertEqual(self.activity.summary, "Ask the supplier")

    def test_many_actions_one_batch(self):
        complaints = self.complaint | self._bare_complaint()
        vals_list = [
            {
                "complaint_id": complaint.id,
                "name": f"Check {index}",
                "kind": "investigation",
                "user_id": self.user_purchasing.id,
                "deadline": self.later,
            }
            for complaint in complaints
            for index in range(10)
        ]
        self.env.flush_all()
        calls = []
        create = type(self.Activity).create

        def counting(records, vals):
            calls.append(len(vals))
            return create(records, vals)

        self.patch(type(self.Activity), "create", counting)
        actions = self.Action.create(vals_list)
        self.assertEqual(calls, [20])
        self.assertEqual(len(actions.activity_id), 20)
        for action in actions:
            self.assertEqual(action.activity_id.summary, action.name)

    # ------------------------------------------------------------
    # From the activity
    # ------------------------------------------------------------
    def test_feedback_finishes_the_action(self):
        self.activity.with_user(self.user_purchasing).action_feedback(feedback="It is theirs")
        self.assertEqual((self.action.state, self.action.completion_note), ("done", "It is theirs"))
        self.assertEqual(self.action.done_by_id, self.user_purchasing)
        self.assertFalse(self.activity.active)
        self.assertEqual(self.activity.feedback, "It is theirs")

    def test_feedback_without_a_word_is_refused(self):
        for feedback in (False, "", "  "):
            with (
                self.subTest(feedback=feedback),
                self.assertRaisesRegex(UserError, "what was done"),
            ):
                self.activity.with_user(self.user_purchasing).action_feedback(feedback=feedback)
        self.assertEqual(self.action.state, "open")
        self.assertTrue(self.activity.active)

    def test_done_buttons_offer_the_wizard(self):
        activity = self.activity.with_user(self.user_purchasing)
        for press in (
            activity.action_done,
            activity.action_done_schedule_next,
            activity.action_feedback_schedule_next,
            activity.action_done_redirect_to_other,
        ):
            with self.subTest(press=press.__name__):
                self.assertEqual(press()["res_model"], "complaint.action.wizard")
                self.assertEqual(self.action.state, "open")

    def test_done_button_on_a_mixed_selection(self):
        plain = self.complaint.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user_quality.id
        )
        opened = (plain | self.activity).with_user(self.user_quality).action_done()
        self.assertFalse(plain.active)
        wizard = self.env["complaint.action.wizard"].browse(opened["res_id"])
        self.assertEqual(wizard.action_ids, self.action)

    def test_others_do_not_finish_it(self):
        """Core lets everybody who reads the complaint finish its activities; we do not."""
        with self.assertRaises(AccessError):
            self.activity.with_user(self.user_leadership).action_feedback(feedback="Enough")
        self.assertEqual(self.action.state, "open")

    def test_assignee_moves_neither_date_nor_owner(self):
        activity = self.activity.with_user(self.user_purchasing)
        for vals in (
            {"date_deadline": self.later},
            {"user_id": self.user_contributor.id},
            {"summary": "Less work"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                activity.write(vals)
        with self.assertRaises(AccessError):
            activity.action_reschedule_nextweek()
        with self.assertRaises(AccessError):
            activity.with_context(complaint_mirror=True).date_deadline = self.later
        self.assertEqual(self.action.user_id, self.user_purchasing)

    def test_assignee_writes_what_changes_nothing(self):
        activity = self.activity.with_user(self.user_purchasing)
        activity.write({"date_deadline": self.action.deadline, "note": "<p>My notes</p>"})
        as_client = {"date_deadline": str(self.action.deadline), "user_id": activity.user_id.id}
        activity.write(as_client)

    def test_who_plans_moves_date_and_owner(self):
        self.activity.with_user(self.user_quality).write(
            {"date_deadline": self.later, "user_id": self.user_contributor.id}
        )
        self.assertEqual(self.action.deadline, self.later)
        self.assertEqual(self.action.user_id, self.user_contributor)

    def test_nobody_deletes_it(self):
        for user in (self.user_purchasing, self.user_quality, self.user_admin):
            activity = self.activity.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(UserError):
                    activity.unlink()
                with self.assertRaises(UserError):
                    activity.action_cancel()
                with self.assertRaises(UserError):
                    activity.action_archive()
                with self.assertRaises(UserError):
                    activity.with_context(complaint_mirror=True).unlink()
        with self.assertRaises(UserError):
            self.complaint.with_user(self.user_manager).activity_unlink(
                ["complaint_management.mail_activity_type_action"]
            )
        self.assertTrue(self.activity.active)

    def test_nobody_ties_it_to_something_else(self):
        other = self._bare_complaint()
        with self.assertRaises(UserError):
            self.activity.with_user(self.user_admin).res_id = other.id

    def test_finished_activity_stays_finished(self):
        self.action.action_finish("Done")
        with self.assertRaisesRegex(UserError, "restart"):
            self.activity.with_user(self.user_quality).action_unarchive()

    def test_other_documents_keep_core_behaviour(self):
        activity = self.customer.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user_sales.id
        )
        activity.with_user(self.user_sales).action_reschedule_nextweek()
        activity.with_user(self.user_sales).action_done()
        self.assertFalse(activity.active)
