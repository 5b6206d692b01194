from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestNextStep(ComplaintCommon):
    """The form says at its top what happens next, by whom, until when (R25)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._complaint(category_id=cls.category_simple.id)
        cls.today = fields.Date.context_today(cls.complaint)

    def _action(self, name, days, user=None, **vals):
        return self.env["complaint.action"].create(
            {
                "complaint_id": self.complaint.id,
                "name": name,
                "user_id": (user or self.user_quality).id,
                "deadline": self.today + timedelta(days=days),
                **vals,
            }
        )

    def test_draft_waits_for_the_salesperson(self):
        self.assertEqual(self.complaint.next_user_id, self.user_sales)
        self.assertIn("register", self.complaint.next_step)

    def test_earliest_open_action_comes_next(self):
        self.complaint.action_register()
        self._action("Later", 5)
        soon = self._action("Sooner", 1, self.user_purchasing)
        self.assertEqual(self.complaint.next_step, "Sooner")
        self.assertEqual(self.complaint.next_user_id, self.user_purchasing)
        self.assertEqual(self.complaint.next_deadline, soon.deadline)
        soon.action_cancel()
        self.assertEqual(self.complaint.next_step, "Later")

    def test_progress_leaves_cancelled_actions_out(self):
        self.complaint.action_register()
        self.complaint.action_ids.action_cancel()
        done, _open, gone = (self._action(name, 1) for name in ("a", "b", "c"))
        done.action_finish("Looked at it")
        gone.action_cancel()
        self.assertEqual((self.complaint.action_total, self.complaint.progress), (2, 50))

    def test_progress_of_several_being_edited(self):
        """A form with a list of cases counts what it shows, saved or not."""
        self.complaint.action_register()
        self.complaint.action_ids.action_cancel()
        self._action("a", 1).action_finish("Looked at it")
        edited = self.env["complaint.complaint"].union(
            *(self.complaint.new(origin=c) for c in (self.complaint, self._complaint()))
        )
        self.assertEqual(edited.mapped("progress"), [100, 0])

    def test_overdue_is_found_and_ends_with_the_case(self):
        self.complaint.action_register()
        self._action("Late", -1, kind="followup")
        overdue = self.env["complaint.complaint"].search([("is_overdue", "=", True)])
        self.assertIn(self.complaint, overdue)
        self.assertTrue(self.complaint.is_overdue)
        self.complaint.action_cancel("Entered twice")
        self.assertFalse(self.complaint.is_overdue)
        fine = self.env["complaint.complaint"].search([("is_overdue", "=", False)])
        self.assertIn(self.complaint, fine)

    def test_earlier_rounds_are_not_what_comes_next(self):
        """The customer objects: the plan comes next, not the follow-up of the round before."""
        self.complaint.action_register()
        self._action("Ask the customer", 7, kind="followup")
        self.complaint.action_resolve()
        self.assertEqual(self.complaint.next_step, "Ask the customer")
        self.complaint.action_object("Still wrong")
        self.assertFalse(self.complaint.next_action_id)
        self.assertNotEqual(self.complaint.next_step, "Ask the customer")
        self.complaint.with_user(self.user_manager).action_instruct("Give them a call")
        self.complaint.action_resolve()
        self.assertEqual(self.complaint.next_step, "Ask the customer")
        self.complaint.action_close("accepted")
        self.assertFalse(self.complaint.next_step)
        self.assertFalse(self.complaint.next_user_id)
