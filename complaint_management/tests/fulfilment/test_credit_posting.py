from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestCreditPosting(CreditCommon):
    """Finance posts what the request grants, or less; never more than the invoice says (R38)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._sold()
        cls.invoice = cls.order.invoice_ids

    def test_not_on_top_of_a_credit_note_made_by_hand(self):
        refund = self._credit(self._request(self.order, quantity=10.0))
        by_hand = self.invoice._reverse_moves([{"invoice_date": fields.Date.today()}])
        by_hand.action_post()
        with self.assertRaisesRegex(UserError, "credited more than it says.*[Ll]ower or cancel"):
            refund.with_user(self.user_finance).action_post()

    def test_a_raised_quantity_or_price_is_not_posted(self):
        refund = self._credit(self._request(self.order))
        for vals in ({"quantity": 4.0}, {"price_unit": 25.0}):
            with self.subTest(vals), self.cr.savepoint() as savepoint:
                refund.invoice_line_ids.write(vals)
                with self.assertRaisesRegex(UserError, "grants .*60.* before taxes"):
                    refund.with_user(self.user_finance).action_post()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_line_on_top_is_not_posted(self):
        refund = self._credit(self._request(kind="compensation", amount=50.0))
        refund.invoice_line_ids = [Command.create({"name": "More", "price_unit": 5.0})]
        with self.assertRaisesRegex(UserError, "lower it"):
            refund.action_post()

    def test_lowering_is_finances_right(self):
        demand = self._request(kind="compensation", amount=50.0)
        refund = self._credit(demand)
        refund.with_user(self.user_finance).invoice_line_ids.price_unit = 40.0
        refund.with_user(self.user_finance).action_post()
        self.assertEqual((refund.state, demand.state), ("posted", "done"))

    def test_a_request_taken_back_is_not_credited_after_all(self):
        demand = self._request(kind="compensation", amount=50.0)
        refund = self._credit(demand)
        refund.button_cancel()
        demand.action_reopen()
        with self.assertRaisesRegex(UserError, "does not grant it any more"):
            refund.button_draft()

    def test_a_smaller_request_is_not_met_by_the_old_credit_note(self):
        demand = self._request(kind="compensation", amount=50.0)
        refund = self._credit(demand)
        refund.button_cancel()
        demand.amount = 30.0
        refund.button_draft()
        with self.assertRaisesRegex(UserError, "asks for less by now"):
            refund.action_post()

    def test_fewer_goods_are_not_met_by_the_old_credit_note(self):
        demand = self._request(self.order)
        refund = self._credit(demand)
        refund.button_cancel()
        demand.line_ids.quantity = 2.0
        refund.button_draft()
        with self.assertRaisesRegex(UserError, "asks for less by now"):
            refund.action_post()

    def test_facts_come_from_no_context(self):
        context = {
            "default_complaint_taken_back": True,
            "default_complaint_granted": 900.0,
            "default_complaint_goods_stay": True,
        }
        move = (
            self.env["account.move"]
            .with_user(self.user_finance)
            .with_context(**context)
            .create(
                {
                    "move_type": "out_refund",
                    "partner_id": self.customer.id,
                    "invoice_line_ids": [Command.create({"name": "Credit", "price_unit": 5.0})],
                }
            )
            .sudo()
        )
        self.assertFalse(move.complaint_taken_back)
        self.assertFalse(move.complaint_granted)
        self.assertFalse(move.invoice_line_ids.complaint_goods_stay)
        for name in ("complaint_taken_back", "complaint_granted"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "made by the request"):
                move[name] = 1.0

    def test_finance_learns_number_and_kind_alone(self):
        demand = self._request(self.order, name="The foreman insulted my wife")
        refund = self._credit(demand)
        note = refund.activity_ids.note
        self.assertIn(demand.complaint_id.name, note)
        self.assertNotIn("foreman", note)
        self.assertNotIn(demand.complaint_id.subject or "-", note)


@tagged("post_install", "-at_install")
class TestCreditParts(CreditCommon):
    """What an invoice says beside its goods, and goods on several lines of it."""

    def test_a_discount_of_the_whole_invoice_has_its_share(self):
        discount = self._product(
            name="Discount", type="service", invoice_policy="order", taxes_id=[Command.clear()]
        )
        other = self._product(name="File", invoice_policy="delivery")
        order = self._order(lines=[(self.goods, 5.0), (other, 5.0), (discount, 1.0)])
        for line, price in zip(order.order_line, (20.0, 20.0, -50.0), strict=True):
            line.price_unit = price
        order.order_line.tax_ids = self.tax
        self._deliver(order)
        self._invoice(order)
        refund = self._credit(self._request(order, quantity=5.0))
        self.assertEqual((refund.amount_untaxed, refund.amount_total), (75.0, 82.5))
        refund.action_post()
        rest = self._request(order, kind="discount", amount=75.0)
        self.assertEqual(self._credit(rest).amount_untaxed, 75.0)
        with self.assertRaisesRegex(UserError, "Only .*0.* are left"):
            self._credit(self._request(order, kind="discount", amount=1.0))

    def test_goods_sold_on_two_lines(self):
        order = self._order(lines=[(self.goods, 5.0), (self.goods, 5.0)])
        self._deliver(order)
        self._invoice(order)
        demand = self._request(order, goods=False, accept=False)
        demand.sudo().line_ids = [
            Command.create(
                {
                    "product_id": self.goods.id,
                    "quantity": 8.0,
                    "product_uom_id": self.goods.uom_id.id,
                }
            )
        ]
        demand.action_accept()
        refund = self._credit(demand)
        self.assertEqual(sorted(refund.invoice_line_ids.mapped("quantity")), [3.0, 5.0])
        self.assertEqual(refund.amount_untaxed, 160.0)
