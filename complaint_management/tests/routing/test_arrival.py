from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestArrival(ComplaintCommon):
    """Drafts customers brought in themselves wait for somebody (R5, R21)."""

    def _arrived(self, **vals):
        complaint = self._complaint(
            **{
                "channel_id": self.env.ref("complaint_management.channel_portal").id,
                "category_id": self.category_simple.id,
                "defect_id": self.defect_billing.id,
                **vals,
            }
        )
        complaint._write_trusted({"intake_key": f"test-{complaint.id}"})
        complaint.with_user(self.user_portal).sudo()._tell_arrival()
        return complaint

    def _todos(self, complaint):
        return complaint.activity_ids.filtered(lambda a: a.complaint_until == "register")

    def test_salesperson_gets_a_todo_until_registration(self):
        complaint = self._arrived()
        todo = self._todos(complaint)
        self.assertEqual(todo.user_id, self.user_sales)
        self.assertIn("Harbour Hotel", todo.note)
        complaint.with_user(self.user_sales).action_register()
        self.assertFalse(self._todos(complaint))

    def test_owner_of_the_channel_and_salesperson(self):
        self.env.ref("complaint_management.channel_portal").user_id = self.user_service
        todos = self._todos(self._arrived())
        self.assertEqual(todos.user_id, self.user_service + self.user_sales)

    def test_nobody_sells_it(self):
        """The leader of the team looks at what belongs to no salesperson."""
        self.assertEqual(self._todos(self._arrived(user_id=False)).user_id, self.user_manager)

    def test_people_it_is_about_are_not_told(self):
        complaint = self._arrived(concerned_user_ids=[(4, self.user_sales.id)])
        self.assertNotIn(self.user_sales, self._todos(complaint).user_id)
