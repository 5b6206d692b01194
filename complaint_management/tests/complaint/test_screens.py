from odoo.tests import Form, TransactionCase, tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestScreens(ComplaintCommon, TransactionCase):
    """Everybody who may read a complaint can open it: the form asks for nothing he may not see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(user=cls.user_sales)
        cls.action = cls.env["complaint.action"].create(
            {
                "complaint_id": cls.complaint.id,
                "name": "Look at the oil bath",
                "user_id": cls.user_contributor.id,
                "deadline": "2030-01-01",
            }
        )
        cls.env["complaint.cause"].create(
            {
                "complaint_id": cls.complaint.id,
                "name": "The oil bath was too thin",
                "action_ids": cls.action.ids,
            }
        )

    def test_every_role_opens_the_complaint(self):
        for user in (
            self.user_contributor,
            self.user_sales,
            self.user_service,
            self.user_quality,
            self.user_leadership,
            self.user_manager,
        ):
            with self.subTest(user=user.name):
                self.env.invalidate_all()
                form = Form(self.complaint.with_user(user))
                self.assertEqual(form.description, self.complaint.description)

    def test_contributor_sees_own_actions_only(self):
        self.env.invalidate_all()
        complaint = self.complaint.with_user(self.user_contributor)
        complaint.check_access("read")
        own = complaint.action_ids
        self.assertIn(self.action, own)
        self.assertEqual(own.user_id, self.user_contributor)
        self.assertTrue(complaint.next_step)

    def test_contributor_opens_his_action(self):
        self.env.invalidate_all()
        form = Form(self.action.with_user(self.user_contributor))
        self.assertEqual(form.name, "Look at the oil bath")
        self.assertTrue(form.can_finish)
        self.assertFalse(form.can_steer)

    def test_only_the_words_are_required(self):
        """A new complaint needs words on its screen; one from an order has its goods already."""
        complaints = self.env["complaint.complaint"].with_user(self.user_sales)
        with self.assertRaisesRegex(AssertionError, "description is a required field"):
            Form(complaints).save()
        with Form(complaints) as form:
            form.description = "It is too short"
        self.assertEqual(form.record.state, "draft")
        order = self._order()
        draft = complaints.browse(
            order.with_user(self.user_sales).action_create_complaint()["res_id"]
        )
        self.assertFalse(draft.description)
        with Form(draft) as form:
            form.urgency = "urgent"
        self.assertEqual(draft.urgency, "urgent")
