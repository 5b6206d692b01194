from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestDemand(ComplaintCommon):
    """Each request of the customer is met, and moves by verbs only (R12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint()
        cls.demand = cls.complaint.demand_ids.with_user(cls.user_sales)

    def test_declining_needs_words_for_the_customer(self):
        with self.assertRaisesRegex(UserError, "Write our answer"):
            self.demand._set_state("declined", needs_answer=True)
        self.assertEqual(self.demand.state, "open")

    def test_every_move_is_in_the_table(self):
        verbs = {
            "offered": "action_offer",
            "accepted": "action_accept",
            "declined": "action_decline",
            "done": "action_done",
            "cancelled": "action_cancel",
            "open": "action_reopen",
        }
        self.demand.write({"answer": "An answer", "alternative": "Another way"})
        for state in verbs:
            for target, verb in verbs.items():
                with self.subTest(state=state, target=target):
                    self.demand.sudo()._write_trusted({"state": state})
                    if state in self.demand._TRANSITIONS[target]:
                        getattr(self.demand, verb)()
                        self.assertEqual(self.demand.state, target)
                    else:
                        with self.assertRaises(UserError):
                            getattr(self.demand, verb)()
                        self.assertEqual(self.demand.state, state)

    def test_state_moves_by_verbs_only(self):
        with self.assertRaises(UserError):
            self.demand.write({"state": "done"})

    def test_others_do_not_answer(self):
        with self.assertRaises(AccessError):
            self.demand.with_user(self.user_sales2).action_accept()

    def test_named_by_kind_without_words(self):
        self.assertEqual(self.demand.display_name, "Cause and prevention")
        self.demand.name = "Tell us why"
        self.assertEqual(self.demand.display_name, "Tell us why")
