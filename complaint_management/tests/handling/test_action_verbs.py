from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.handling.complaint_action_verbs import ACTION_TRANSITIONS
from .common import HandlingCommon

ARGUMENTS = {"finish": ("Sorted 200 pieces",), "object": ("No time this week",)}
PATHS = {
    "open": (),
    "objected": ("object",),
    "in_progress": ("accept",),
    "done": ("finish",),
    "cancelled": ("cancel",),
}


@tagged("post_install", "-at_install")
class TestActionVerbs(HandlingCommon):
    """Every legal step of an action happens, every other is refused and named (R23, R26)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The second owner never accepts: the plan stays open to objections.
        cls.complaint, cls.actions = cls._planned_complaint(cls.user_purchasing, cls.user_stock)

    def _press(self, action, verb):
        return getattr(action, f"action_{verb}")(*ARGUMENTS.get(verb, ()))

    def test_every_pair_of_state_and_verb(self):
        for state, path in PATHS.items():
            for verb, (sources, target) in ACTION_TRANSITIONS.items():
                with self.subTest(state=state, verb=verb):
                    action = self._action(self.complaint)
                    for step in path:
                        self._press(action, step)
                    self.assertEqual(action.state, state)
                    self.assertEqual(action[f"can_{verb}"], state in sources)
                    if state in sources:
                        self._press(action, verb)
                        self.assertEqual(action.state, target)
                        continue
                    label = dict(action._fields["state"].selection)[state]
                    with self.assertRaisesRegex(UserError, label):
                        self._press(action, verb)
                    self.assertEqual(action.state, state)

    def test_state_and_note_are_written_by_verbs_only(self):
        action = self.actions[0].with_user(self.user_manager)
        for vals in (
            {"state": "done"},
            {"completion_note": "x"},
            {"activity_id": False},
            {"date_done": "2026-01-01 00:00:00"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                action.write(vals)
        with self.assertRaises(UserError):
            action.with_context(complaint_transition=True).write({"state": "done"})

    def test_finish_keeps_note_time_and_person(self):
        action = self.actions[0].with_user(self.user_purchasing)
        action.action_finish("Lot 7 is bad")
        self.assertEqual(action.completion_note, "Lot 7 is bad")
        self.assertEqual(action.done_by_id, self.user_purchasing)
        self.assertTrue(action.date_done)

    def test_without_note_comes_the_wizard(self):
        action = self.actions[0].with_user(self.user_purchasing)
        for note in (None, "", "  "):
            opened = action.action_finish(note)
            self.assertEqual(opened["res_model"], "complaint.action.wizard")
            self.assertEqual(action.state, "open")
        wizard = self.env[opened["res_model"]].with_user(self.user_purchasing)
        wizard = wizard.browse(opened["res_id"])
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.note = "Nothing found"
        wizard.action_confirm()
        self.assertEqual((action.state, action.completion_note), ("done", "Nothing found"))

    def test_objection_wizard(self):
        action = self.actions[0].with_user(self.user_purchasing)
        opened = action.action_object()
        wizard = self.env[opened["res_model"]].with_user(self.user_purchasing)
        wizard = wizard.browse(opened["res_id"])
        wizard.note = "On holiday"
        wizard.action_confirm()
        self.assertEqual((action.state, action.objection_reason), ("objected", "On holiday"))

    def test_one_press_says_not_concerned(self):
        self.actions[0].with_user(self.user_purchasing).action_not_concerned()
        self.assertEqual(self.actions[0].state, "done")
        self.assertTrue(self.actions[0].completion_note)

    def test_nothing_is_done_on_a_draft(self):
        action = self._action(self._complaint())
        for verb in ("accept", "finish", "object"):
            with self.subTest(verb=verb), self.assertRaises(UserError):
                self._press(action, verb)
        action.action_cancel()

    def test_objection_needs_a_released_plan(self):
        action = self._action(self._bare_complaint())
        with self.assertRaisesRegex(UserError, "not released"):
            action.with_user(self.user_purchasing).action_object("No")

    def test_new_owner_has_neither_accepted_nor_objected(self):
        action = self.actions[0]
        action.with_user(self.user_purchasing).action_accept()
        action.with_user(self.user_quality).user_id = self.user_stock
        self.assertEqual(action.state, "open")

    def test_told_actions_are_cancelled_not_deleted(self):
        with self.assertRaises(UserError):
            self.actions[0].with_user(self.user_manager).unlink()
        registered = self._bare_complaint()
        action = self._action(registered)
        activity = action.activity_id
        action.with_user(self.user_manager).unlink()
        self.assertFalse(activity.exists())

    def test_what_was_asked_stays_beside_what_was_done(self):
        action = self.actions[0]
        action.action_finish("Sorted 200 pieces")
        changes = {
            "name": "Sort nothing",
            "kind": "containment",
            "user_id": self.user_stock.id,
            "deadline": "2001-01-01",
        }
        for name, value in changes.items():
            with self.subTest(field=name), self.assertRaises(UserError):
                action.sudo().write({name: value})
        action.name = action.name
        action.action_restart()
        action.write({"name": "Sort all", "deadline": action.deadline})
        self.assertEqual((action.state, action.name), ("open", "Sort all"))

    def test_restart_after_the_case_is_over(self):
        action, measure = self.actions
        measure.kind = "preventive"
        (action + measure).action_finish("Done")
        self.category_quality.write({"investigation": "none", "needs_report": False})
        self.complaint.demand_ids.action_done()
        self.complaint.action_resolve()
        self.complaint.action_close("accepted")
        with self.assertRaises(UserError):
            action.action_restart()
        measure.action_restart()
        self.assertEqual(measure.activity_id.user_id, self.user_stock)

    def test_cancelled_complaint_cancels_its_actions(self):
        done, running = self.actions
        done.action_finish("Done before")
        self.complaint.with_user(self.user_manager).action_cancel("Entered twice")
        self.assertEqual((done.state, running.state), ("done", "cancelled"))
        self.assertFalse(running.activity_id.active)
