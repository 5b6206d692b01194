from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.handling.plan_changes import KEY
from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestPlanChanged(HandlingCommon):
    """A changed plan goes again to those who had it, once for one save (R64)."""

    def setUp(self):
        super().setUp()
        self.told = []

        def announce(complaints, event, people=None, text=None, **_kwargs):
            if event == "plan_changed":
                self.told.append((complaints, people or {}, text))

        self.patch(type(self.env["complaint.complaint"]), "_announce", announce)

    def _version(self, complaint):
        return complaint._get_current_rounds().plan_version

    def _executing(self, *owners):
        complaint, actions = self._planned_complaint(*owners)
        complaint.with_user(self.user_quality).action_execute()
        self.told.clear()
        return complaint.with_user(self.user_quality), actions.with_user(self.user_quality)

    def test_moved_date_makes_a_version(self):
        complaint, actions = self._executing(self.user_purchasing, self.user_contributor)
        actions[0].deadline = fields.Date.today() + timedelta(days=20)
        self.assertEqual(self._version(complaint), 2)
        [(told, people, text)] = self.told
        self.assertEqual(told, complaint.sudo())
        self.assertLessEqual(self.user_purchasing | self.user_contributor, people[told])
        self.assertIn("Action 0", text(told, self.env))
        self.assertNotIn("Action 1", text(told, self.env))

    def test_earlier_versions_stay_readable(self):
        complaint, actions = self._executing(self.user_purchasing)
        complaint.plan_summary = "We sort, and inform the carrier."
        actions.name = "Ask the carrier"
        texts = complaint.plan_version_ids.sorted("number").mapped("plan_summary")
        self.assertEqual(texts[0], "We sort the stock.")
        self.assertEqual(texts[1:], ["We sort, and inform the carrier."] * 2)
        first, *_others, last = complaint.plan_version_ids.sorted("number")
        self.assertIn("Action 0", first.actions_text)
        self.assertIn("Ask the carrier", last.actions_text)
        self.assertEqual(last.user_id, self.user_quality)
        with self.assertRaises(AccessError):
            first.with_user(self.user_manager).plan_summary = "It never said so"

    def test_sent_versions_are_kept_as_they_are(self):
        complaint, _actions = self._executing(self.user_purchasing)
        version = complaint.plan_version_ids.sudo()
        with self.assertRaises(UserError):
            version.write({"plan_summary": "Never said"})
        with self.assertRaises(UserError):
            version.write({"change_text": "Filled in later"})
        with self.assertRaises(UserError):
            version.unlink()

    def test_thirty_edits_of_one_save_are_one_message(self):
        complaint, _actions = self._executing(*[self.user_purchasing] * 30)
        day = fields.Date.today() + timedelta(days=9)
        complaint.write(
            {
                "plan_summary": "Later.",
                "action_ids": [
                    *[
                        Command.update(action.id, {"deadline": day, "name": f"New {index}"})
                        for index, action in enumerate(complaint.action_ids)
                    ],
                    Command.create({"name": "One more", "deadline": day, "kind": "correction"}),
                ],
            }
        )
        self.assertEqual(len(self.told), 1)
        self.assertEqual(self._version(complaint), 2)

    def test_activities_moved_together_are_one_message(self):
        complaint, actions = self._executing(self.user_purchasing, self.user_contributor)
        actions.activity_id.write({"date_deadline": fields.Date.today() + timedelta(days=9)})
        self.assertEqual((len(self.told), self._version(complaint)), (1, 2))

    def test_writing_the_same_changes_nothing(self):
        complaint, actions = self._executing(self.user_purchasing)
        actions.write({"name": actions.name, "deadline": actions.deadline})
        complaint.plan_summary = "We sort the stock. "
        self.assertEqual((self.told, self._version(complaint)), ([], 1))

    def test_before_release_nobody_is_told(self):
        complaint = self._bare_complaint()
        action = self._action(complaint)
        complaint.plan_summary = "Draft"
        action.deadline = "2099-01-01"
        self.assertFalse(self.told)

    def test_work_that_goes_on_is_no_change(self):
        complaint, actions = self._planned_complaint(self.user_purchasing, self.user_contributor)
        self.told.clear()
        actions[0].with_user(self.user_purchasing).action_accept()
        actions[1].with_user(self.user_contributor).action_accept()
        actions[0].with_user(self.user_purchasing).action_finish("Done")
        self.assertEqual((self.told, self._version(complaint)), ([], 1))

    def test_cancelled_and_added_actions_are_changes(self):
        complaint, actions = self._executing(self.user_purchasing, self.user_contributor)
        actions[0].action_cancel()
        self.assertEqual(self._version(complaint), 2)
        self.assertIn("not needed", self.told[0][2](complaint.sudo(), self.env))
        self._action(complaint, self.user_stock, name="Weigh it")
        self.assertEqual(self._version(complaint), 3)

    def test_former_owner_is_told_too(self):
        complaint, actions = self._executing(self.user_purchasing)
        actions.user_id = self.user_contributor
        people = self.told[0][1][complaint.sudo()]
        self.assertLessEqual(self.user_purchasing | self.user_contributor, people)

    # ------------------------------------------------------------
    # Objecting again
    # ------------------------------------------------------------
    def test_owner_of_a_changed_action_may_object_again(self):
        complaint, actions = self._executing(self.user_purchasing, self.user_contributor)
        actions[0].deadline = fields.Date.today() + timedelta(days=1)
        self.assertEqual(actions.mapped("state"), ["open", "in_progress"])
        self.assertGreater(actions[0].date_objection_end, fields.Datetime.now())
        self.assertEqual(complaint.state, "executing")
        actions[0].with_user(self.user_purchasing).action_object("Too early")
        with self.assertRaises(UserError):
            actions[1].with_user(self.user_contributor).action_object("Me too")
        self.assertEqual(self._version(complaint), 2)
        actions[0].deadline = fields.Date.today() + timedelta(days=8)
        self.assertEqual(self._version(complaint), 2, "sent with the answer, not before")
        actions[0].action_restart()
        self.assertEqual((self._version(complaint), actions[0].state), (3, "open"))

    def test_silence_is_consent_for_changed_actions(self):
        complaint, actions = self._executing(self.user_purchasing, self.user_contributor)
        actions.deadline = fields.Date.today() + timedelta(days=6)
        actions[0]._write_trusted(
            {"date_objection_end": fields.Datetime.now() - timedelta(minutes=1)}
        )
        with self.enter_registry_test_mode():
            self.env.ref("complaint_management.ir_cron_release_silent").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(actions.mapped("state"), ["in_progress", "open"])
        self.assertEqual(complaint.state, "executing")

    def test_planned_waits_for_owners_of_changed_actions(self):
        complaint, actions = self._planned_complaint(self.user_purchasing, self.user_contributor)
        actions[0].with_user(self.user_purchasing).action_accept()
        current = complaint._get_current_rounds()
        complaint._write_current_rounds(
            {"date_objection_end": fields.Datetime.now() + timedelta(minutes=1)}
        )
        actions[0].with_user(self.user_quality).deadline = "2099-01-01"
        self.assertEqual((complaint.state, actions[0].state), ("planned", "open"))
        self.assertGreater(
            current.date_objection_end, fields.Datetime.now() + timedelta(minutes=30)
        )

    def test_cancelling_the_last_contested_action_starts_the_plan(self):
        complaint, actions = self._planned_complaint(self.user_purchasing)
        actions.with_user(self.user_quality).action_cancel()
        self.assertEqual(complaint.state, "executing")

    def test_answer_and_other_changes_in_one_save_are_one_version(self):
        complaint, actions = self._planned_complaint(self.user_purchasing, self.user_contributor)
        actions[0].with_user(self.user_purchasing).action_object("No time")
        complaint.with_user(self.user_quality).write(
            {
                "plan_summary": "Others do it.",
                "action_ids": [
                    Command.update(actions[0].id, {"user_id": self.user_stock.id}),
                    Command.update(actions[1].id, {"name": "Also weigh it"}),
                ],
            }
        )
        self.assertEqual(self._version(complaint), 2)
        self.assertEqual(len(self.told), 1)

    def test_own_change_needs_no_own_consent(self):
        complaint, actions = self._executing(self.user_sales)
        actions.with_user(self.user_sales).deadline = "2099-01-01"
        self.assertEqual(actions.state, "in_progress")
        self.assertEqual(self._version(complaint), 2)

    def test_forged_context_hides_no_change(self):
        complaint, actions = self._executing(self.user_purchasing)
        actions.with_context(**{KEY: {"is_open": True}}).deadline = "2099-01-01"
        self.assertEqual(self._version(complaint), 2)

    def test_archived_owner_is_no_changed_plan(self):
        complaint, actions = self._executing(self.user_purchasing)
        self.user_purchasing.active = False
        self.assertNotEqual(actions.user_id, self.user_purchasing)
        self.assertEqual((self.told, self._version(complaint)), ([], 1))
