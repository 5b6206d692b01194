from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestDemand(ComplaintCommon):
    """Each request of the customer is met, or declined with a reason he can read (R12, R41)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint()
        cls.demand = cls.complaint.demand_ids.with_user(cls.user_sales)

    def test_declining_needs_words_for_the_customer(self):
        with self.assertRaisesRegex(UserError, "Write our answer"):
            self.demand.action_decline()
        self.assertEqual(self.demand.state, "open")
        self.demand.answer = "Not in this lot; we offer a rebate on the next"
        self.demand.action_decline()
        self.assertEqual(self.demand.state, "declined")
        self.assertTrue(self.demand.date_answered)

    def test_every_move_is_in_the_table(self):
        verbs = {
            "offered": "action_offer",
            "accepted": "action_accept",
            "declined": "action_decline",
            "done": "action_done",
            "cancelled": "action_cancel",
            "open": "action_reopen",
        }
        self.demand.answer = "An answer"
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
