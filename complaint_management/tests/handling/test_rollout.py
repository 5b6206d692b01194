from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestRollout(HandlingCommon):
    """One measure goes to several departments in one step (R32)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departments = cls.env["complaint.department"].create(
            [
                {"name": "Test: workshop 1"},
                {"name": "Test: workshop 2", "user_id": cls.user_stock.id},
                {"name": "Test: workshop 3", "user_id": cls.user_contributor.id},
            ]
        )
        cls.complaint = cls._bare_complaint()
        cls.cause = cls.env["complaint.cause"].create(
            {"complaint_id": cls.complaint.id, "name": "Soft film"}
        )
        cls.measure = cls._action(
            cls.complaint,
            name="Check the film",
            kind="corrective",
            cause_id=cls.cause.id,
            department_id=cls.departments[0].id,
        )

    def _wizard(self, user=None):
        user = user or self.user_quality
        opened = self.measure.with_user(user).action_roll_out()
        return self.env[opened["res_model"]].with_user(user).browse(opened["res_id"])

    def _tick(self, wizard, departments):
        wizard.line_ids.filtered(lambda line: line.department_id in departments).selected = True

    def test_one_action_each(self):
        wizard = self._wizard()
        self.assertNotIn(self.departments[0], wizard.line_ids.department_id)
        self._tick(wizard, self.departments[1:])
        wizard.action_confirm()
        rolled_out = self.measure.rollout_ids
        self.assertEqual(rolled_out.department_id, self.departments[1:])
        self.assertEqual(rolled_out.user_id, self.user_stock | self.user_contributor)
        self.assertEqual(set(rolled_out.mapped("kind")), {"preventive"})
        self.assertEqual(rolled_out.cause_id, self.cause)
        self.assertEqual(self.measure.rollout_progress, "0 / 2")
        rolled_out[0].action_finish("Done here too")
        self.assertEqual(self.measure.rollout_progress, "1 / 2")
        self.assertNotIn(self.departments[1], self._wizard().line_ids.department_id)

    def test_in_a_running_plan_it_is_one_version(self):
        self.complaint.plan_summary = "Plan"
        self.complaint.with_user(self.user_quality).action_release()
        self.complaint.with_user(self.user_quality).action_execute()
        version = self.complaint._get_current_rounds().plan_version
        wizard = self._wizard()
        self._tick(wizard, self.departments[1:])
        wizard.action_confirm()
        self.assertEqual(self.complaint._get_current_rounds().plan_version, version + 1)

    def test_somebody_does_it_there(self):
        wizard = self._wizard()
        with self.assertRaises(UserError):
            wizard.action_confirm()
        line = wizard.line_ids.filtered(lambda line: line.department_id == self.departments[1])
        line.write({"selected": True, "user_id": False})
        with self.assertRaisesRegex(UserError, "workshop 2"):
            wizard.action_confirm()
        self.assertFalse(self.measure.rollout_ids)

    def test_not_twice_to_the_same(self):
        wizards = [self._wizard(), self._wizard()]
        for wizard in wizards:
            self._tick(wizard, self.departments[1])
        wizards[0].action_confirm()
        with self.assertRaisesRegex(UserError, "workshop 2"):
            wizards[1].action_confirm()
        self.assertEqual(len(self.measure.rollout_ids), 1)

    def test_who_may(self):
        with self.assertRaises(AccessError):
            self.measure.with_user(self.user_purchasing).action_roll_out()
        with self.assertRaises(AccessError):
            self.measure.with_user(self.user_leadership).action_roll_out()
        other = self._action(self.complaint)
        with self.assertRaises(UserError):
            other.with_user(self.user_quality).action_roll_out()
