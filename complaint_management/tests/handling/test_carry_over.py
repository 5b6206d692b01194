from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestCarryOver(HandlingCommon):
    """What becomes of unfinished actions when the next round opens (R47, R64)."""

    def _second_round(self, *owners, **vals):
        """A complaint whose customer objects to the released plan."""
        complaint, actions = self._planned_complaint(*owners, **vals)
        return complaint.with_user(self.user_quality), actions

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("complaint_management.ir_cron_release_silent").method_direct_trigger()
        self.env.invalidate_all()

    def test_old_objection_does_not_block_silent_consent(self):
        complaint, actions = self._second_round(self.user_purchasing)
        measure = self._action(complaint, self.user_stock, kind="corrective", name="Film")
        for action in actions + measure:
            action.with_user(action.user_id).action_object("No time")
        complaint.action_object("The customer wants new goods")
        fresh = self._action(complaint, self.user_contributor, name="Send new goods")
        complaint.action_release()
        self.assertEqual(complaint.state, "planned")
        complaint._write_current_rounds(
            {"date_objection_end": fields.Datetime.now() - timedelta(minutes=1)}
        )
        self._run_cron()
        self.assertEqual(complaint.state, "executing")
        self.assertEqual(fresh.state, "in_progress")
        self.assertEqual(measure.state, "objected", "a measure lives on in its own round")

    def test_objected_action_is_superseded(self):
        complaint, actions = self._second_round(self.user_purchasing)
        actions.with_user(self.user_purchasing).action_object("No time")
        activity = actions.activity_id
        complaint.action_object("The customer wants new goods")
        self.assertEqual((actions.state, actions.round_number), ("cancelled", 1))
        self.assertEqual(actions.completion_note, "Superseded by round 2.")
        self.assertFalse(activity.active)
        self.assertFalse(complaint.next_action_id)
        # The round's first clock: the salesperson answers the customer again
        self.assertEqual(complaint.next_user_id, self.user_sales)

    def test_open_work_moves_into_the_new_round(self):
        complaint, actions = self._second_round(self.user_purchasing, self.user_stock)
        actions[1].with_user(self.user_stock).action_accept()
        measure = self._action(
            complaint, kind="preventive", deadline=fields.Date.today() + timedelta(days=60)
        )
        done = self._action(complaint, name="Done")
        done.action_finish("Sorted")
        complaint.action_object("The customer wants new goods")
        self.assertEqual(actions.mapped("state"), ["open", "in_progress"])
        self.assertEqual(actions.mapped("round_number"), [2, 2])
        self.assertEqual((measure.state, measure.round_number), ("open", 1))
        self.assertEqual((done.state, done.round_number), ("done", 1))
        self.assertEqual(complaint.next_action_id, actions[0])
        complaint.action_release()
        actions[0].with_user(self.user_purchasing).action_object("Still no time")
        self.assertTrue(complaint._get_missing("execute"))

    def test_restarted_action_belongs_to_the_current_round(self):
        complaint, actions = self._second_round(self.user_purchasing)
        actions.with_user(self.user_purchasing).action_object("No time")
        complaint.action_object("The customer wants new goods")
        actions.with_user(self.user_quality).action_restart()
        self.assertEqual((actions.state, actions.round_number), ("open", 2))

    def test_reopening(self):
        complaint = self._complaint(category_id=self.category_simple.id)
        complaint.action_register()
        complaint.action_resolve()
        late = self._action(complaint, kind="communication", name="Call")
        measure = self._action(complaint, kind="preventive", name="Film")
        # Only what outlives a case is open in a closed one
        late.action_finish("Nobody there")
        complaint.with_user(self.user_manager).action_close("tacit")
        complaint.with_user(self.user_manager).action_reopen("It happened again")
        late.with_user(self.user_manager).action_restart()
        self.assertEqual((late.state, late.round_number), ("open", 2))
        self.assertEqual((measure.state, measure.round_number), ("open", 1))
