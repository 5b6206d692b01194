from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestActionRights(HandlingCommon):
    """Owners do their own, whoever may write the complaint does everything (R60)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint, actions = cls._planned_complaint(cls.user_purchasing, cls.user_contributor)
        cls.own, cls.other = actions

    def test_contributor_finishes_his_own(self):
        self.own.with_user(self.user_purchasing).action_finish("Not the supplier")
        self.assertEqual(self.own.state, "done")

    def test_contributor_accepts_and_objects(self):
        self.own.with_user(self.user_purchasing).action_object("Impossible")
        self.own.with_user(self.user_purchasing).action_accept()
        self.assertEqual(self.own.state, "in_progress")

    def test_contributor_does_nothing_with_others(self):
        other = self.other.with_user(self.user_purchasing)
        for verb, arguments in (
            ("accept", ()),
            ("object", ("No",)),
            ("finish", ("Done",)),
            ("cancel", ()),
            ("restart", ()),
        ):
            with self.subTest(verb=verb), self.assertRaises(AccessError):
                getattr(other, f"action_{verb}")(*arguments)
        self.assertEqual(self.other.state, "open")

    def test_owner_neither_cancels_nor_plans(self):
        own = self.own.with_user(self.user_purchasing)
        with self.assertRaises(AccessError):
            own.action_cancel()
        for vals in (
            {"deadline": "2099-01-01"},
            {"user_id": self.user_contributor.id},
            {"name": "Something easier"},
            {"effectiveness": "effective"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                own.write(vals)
        self.assertFalse(own.can_steer)
        self.assertFalse(own.can_cancel)
        self.assertTrue(own.can_finish)

    def test_lead_and_managers_do_all(self):
        for user in (self.user_quality, self.user_manager, self.user_sales):
            with self.subTest(user=user.login):
                action = self._action(self.complaint).with_user(user)
                self.assertTrue(action.can_steer)
                action.deadline = "2099-01-01"
                action.action_accept()
                action.action_finish("The supervisor did it")
                action.action_restart()
                action.action_cancel()

    def test_leadership_changes_nothing(self):
        action = self.own.with_user(self.user_leadership)
        with self.assertRaises(AccessError):
            action.action_finish("I say so")
        with self.assertRaises(AccessError):
            action.action_cancel()

    def test_row_that_is_not_saved_yet(self):
        new = self.Action.with_user(self.user_quality).new({"complaint_id": self.complaint.id})
        self.assertTrue(new.can_steer)
        stored = self.complaint.with_user(self.user_quality)
        form = Form(
            self.Action.with_user(self.user_quality).with_context(default_complaint_id=stored.id)
        )
        form.name = "One more"
        form.deadline = "2099-01-01"
        self.assertEqual(form.save().complaint_id, self.complaint)

    def test_one_grid_closes_for_many(self):
        """A supervisor closes for people of the workshop in one go (practice)."""
        actions = (self.own | self.other).with_user(self.user_quality)
        actions.action_finish("All checked at the morning round")
        self.assertEqual(actions.mapped("state"), ["done", "done"])
        self.assertEqual(actions.done_by_id, self.user_quality)
