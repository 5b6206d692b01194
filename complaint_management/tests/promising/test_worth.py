from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..fulfilment.credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestWorth(CreditCommon):
    """Limits are asked about what the customer really gets (R38, R40, T16)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods.list_price = 100.0
        cls.order = cls._sold()
        cls.goods.list_price = 1.0

    @classmethod
    def _set_up_limits(cls):
        for function, amount in (("salesperson", 200), ("sales_manager", 2000)):
            cls.env["complaint.limit"].create(
                {"function": function, "amount": amount, "company_id": cls.company.id}
            )

    def _refused(self, function, text="above your limit"):
        with self.assertRaisesRegex(UserError, text), self.env.cr.savepoint():
            function()

    def _get_amounts(self, company):
        return self.env["complaint.limit"]._get_amounts(company, fields.Date.today())

    def _by_hand(self, demand, quantity, product=None):
        product = product or self.goods
        demand.line_ids = [Command.create({"product_id": product.id, "quantity": quantity})]
        return demand.line_ids

    def test_goods_added_by_hand_are_worth_what_was_invoiced(self):
        demand = self._request(self.order, quantity=10.0, accept=False)
        line = self._by_hand(demand, 10.0)
        self.assertEqual(line.complaint_line_id, demand.complaint_id.line_ids)
        self.assertEqual(demand.sudo()._get_value(), 1000.0)
        self._refused(demand.action_accept)

    def test_goods_nobody_complained_about_too(self):
        demand = self._request(self.order, accept=False, goods=False)
        line = self._by_hand(demand, 10.0)
        self.assertFalse(line.complaint_line_id)
        self.assertEqual(demand.sudo()._get_value(), 1000.0)
        self._refused(demand.action_accept)

    def test_a_price_written_on_the_order_changes_nothing(self):
        self.order.order_line.price_unit = 1.0
        demand = self._request(self.order, quantity=3.0, accept=False)
        demand._fill_lines()
        self.assertEqual(demand.sudo()._get_value(), 300.0)
        self._refused(demand.action_accept)

    def test_no_credit_note_above_what_was_granted(self):
        """Granted at the price of the order, which was raised before it was invoiced."""
        order = self._sold(invoiced=False)
        demand = self._request(order, quantity=10.0)
        order.order_line.price_unit = 50.0
        self._invoice(order)
        self._refused(demand.action_execute, "granted over")
        self.assertFalse(demand.sudo().refund_ids)

    def test_approved_is_paid(self):
        demand = self._request(self.order, quantity=10.0, accept=False)
        demand.action_request_approval("He is right")
        demand.approval_ids.with_user(self.user_manager).action_approve("")
        demand.action_accept()
        self.assertEqual(self._credit(demand).amount_untaxed, 1000.0)

    def test_an_empty_amount_is_not_filled_once_it_is_carried_out(self):
        demand = self._request(self.order, quantity=1.0)
        self._credit(demand)
        self.assertIn(" amount ", demand.frozen_names)
        self._refused(lambda: demand.write({"amount": 1.0}), "cannot be rewritten")

    def test_given_goods_are_worth_their_cost_at_least(self):
        given = self._product(name="Sample", list_price=0.0, standard_price=50.0)
        for kind in ("gift", "free_goods"):
            demand = self._request(self.order, kind=kind, accept=False)
            self._by_hand(demand, 5.0, given)
            self.assertEqual(demand.sudo()._get_value(), 250.0)
            self._refused(demand.action_accept)
        option = {"name": "Five", "remedy_kind": "gift", "product_id": given.id, "quantity": 5.0}
        demand = self._request(self.order, kind="apology", accept=False)
        demand.option_ids = [Command.create(option)]
        demand.answer = "Choose"
        self._refused(demand.action_offer)

    def test_what_is_worth_nothing_needs_nobody(self):
        sticker = self._product(name="Sticker", list_price=0.0, standard_price=0.0)
        demand = self._request(self.order, kind="gift", accept=False)
        self._by_hand(demand, 1.0, sticker)
        demand.action_accept()
        self.assertEqual(demand.state, "accepted")

    def test_a_branch_has_its_companys_limits(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        limits = self.env["complaint.limit"]
        self.assertEqual(dict(self._get_amounts(branch))["salesperson"], 200.0)
        limits.create({"function": "salesperson", "amount": 10, "company_id": branch.id})
        limits.create({"function": "quality", "amount": 7, "company_id": False})
        amounts = dict(self._get_amounts(branch))
        self.assertEqual((amounts["salesperson"], amounts["quality"]), (10.0, 7.0))
        policies = self.env["complaint.approval.policy"]
        policies.create({"kind": "gift", "company_id": self.company.id})
        self.assertTrue(policies._get_demands(branch, "customer", "gift").leadership)
        policies.create({"kind": "gift", "company_id": branch.id, "needs_leadership": False})
        self.assertFalse(policies._get_demands(branch, "customer", "gift").leadership)
