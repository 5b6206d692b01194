from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestSupermarketMoney(ApprovalCommon):
    """Money to a supermarket is decided by the leadership, whatever the amount (R66)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(complainant_type="supermarket")

    def _debit_note(self, number):
        return {
            "amount": 0.5,
            "deduction_number": f"D {number}",
            "deduction_claimed": 1.0,
            "deduction_reason": "Half of it is ours",
        }

    def test_each_kind_of_money(self):
        for kind in ("compensation", "discount", "credit", "deduction"):
            # Money needs its amount first; what a debit note accepts may be nothing
            for amount in (0.0, 0.5) if kind in ("credit", "deduction") else (0.5,):
                with self.subTest(kind=kind, amount=amount):
                    vals = self._debit_note(amount) if kind == "deduction" else {"amount": amount}
                    demand = self._demand(kind=kind, **vals)
                    for verb in ("action_offer", "action_accept", "action_done"):
                        with (
                            self.assertRaisesRegex(UserError, "the leadership decides"),
                            self.env.cr.savepoint(),
                        ):
                            getattr(demand, verb)()

    def test_other_things_are_free(self):
        for kind in ("explanation", "exchange", "cause_prevention"):
            with self.subTest(kind=kind):
                self._demand(kind=kind).action_accept()

    def test_managers_do_not_decide(self):
        demand = self._demand(10.0)
        approval = self._ask(demand)
        self.assertEqual(approval.asked_user_id, self.user_leadership)
        with self.assertRaisesRegex(AccessError, "Only the leadership"):
            approval.with_user(self.user_manager).action_approve("")
        with self.assertRaisesRegex(UserError, "the leadership decides"):
            demand.with_user(self.user_manager).action_accept()
        approval.with_user(self.user_leadership).action_approve("")
        demand.action_offer()
        demand.action_accept()
        self.assertEqual(demand.state, "accepted")

    def test_the_general_managers_limit_counts_too(self):
        """Leadership whatever the amount, but not above the own limit."""
        row = self.team.function_ids.filtered(lambda f: f.function == "management")
        row.user_id = self.user_manager
        demand = self._demand(19000.0)
        self.assertFalse(demand._get_decision_refusal(self.user_manager))
        demand.amount = 21000.0
        self.assertTrue(demand._get_decision_refusal(self.user_manager))
        self.assertFalse(demand._get_decision_refusal(self.user_leadership))

    def test_an_option_of_money(self):
        demand = self._demand(kind="exchange")
        demand.option_ids = [
            Command.create({"name": "New ones", "remedy_kind": "exchange"}),
            Command.create({"name": "Money", "remedy_kind": "compensation", "amount": 5.0}),
        ]
        with self.assertRaisesRegex(UserError, "the leadership decides"):
            demand.action_offer()
        self._ask(demand).with_user(self.user_leadership).action_approve("")
        demand.action_offer()
        demand.option_ids[1].action_choose()
        self.assertEqual(demand.remedy_kind, "compensation")

    def test_turned_into_money_later(self):
        """A harmless request becomes money on the way."""
        demand = self._demand(kind="exchange")
        demand.action_accept()
        demand.write({"remedy_kind": "discount", "amount": 5.0})
        self.assertEqual(demand.approval_status, "needed")
        with self.assertRaisesRegex(UserError, "the leadership decides"):
            demand.action_done()

    def test_without_limits_the_leadership_decides_all_the_same(self):
        self.env["complaint.limit"].search([]).active = False
        demand = self._demand(10.0)
        with self.assertRaisesRegex(UserError, "the leadership decides"):
            demand.action_accept()
        self._ask(demand).with_user(self.user_leadership).action_approve("")
        demand.action_accept()

    # ------------------------------------------------------------
    # Configuration
    # ------------------------------------------------------------
    def test_a_companys_own_row_replaces_the_shared_one(self):
        self.env["complaint.approval.policy"].create(
            {
                "complainant_type": "supermarket",
                "kind": "compensation",
                "needs_leadership": False,
                "company_id": self.company.id,
            }
        )
        self._demand(10.0).action_accept()
        with self.assertRaisesRegex(UserError, "the leadership decides"):
            self._demand(10.0, kind="discount").action_accept()

    def test_open_rows(self):
        policies = self.env["complaint.approval.policy"]
        policies.create({"complainant_type": "authority"})
        policies.create({"kind": "gift"})
        found = policies._get_demands(self.company, "authority", "apology")
        self.assertTrue(found.leadership)
        self.assertTrue(policies._get_demands(self.company, "customer", "gift").leadership)
        self.assertFalse(policies._get_demands(self.company, "customer", "apology").leadership)

    def test_an_application_belongs_to_a_return(self):
        with self.assertRaises(ValidationError):
            self.env["complaint.approval.policy"].create(
                {"kind": "credit", "complainant_type": "dealer", "needs_application": True}
            )
