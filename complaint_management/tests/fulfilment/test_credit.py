from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestCredit(CreditCommon):
    """Money back for goods that stay with the customer (R37): never more than was invoiced."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._sold()
        cls.invoice = cls.order.invoice_ids

    def test_goods_are_credited_at_the_price_of_the_invoice(self):
        self.order.order_line.price_unit = 99.0
        refund = self._credit(self._request(self.order))
        self.assertEqual(refund.state, "draft")
        self.assertEqual(refund.move_type, "out_refund")
        self.assertEqual(refund.reversed_entry_id, self.invoice)
        self.assertEqual(refund.partner_id, self.invoice.partner_id)
        line = refund.invoice_line_ids
        self.assertEqual((line.quantity, line.price_unit), (3.0, 20.0))
        self.assertEqual(line.tax_ids, self.tax)
        self.assertEqual(line.account_id, self.invoice.invoice_line_ids.account_id)
        self.assertEqual((refund.amount_untaxed, refund.amount_total), (60.0, 66.0))
        self.assertEqual(sum(refund.line_ids.mapped("balance")), 0.0)

    def test_the_order_is_not_to_invoice_again(self):
        self.assertEqual(self.order.invoice_status, "invoiced")
        refund = self._credit(self._request(self.order))
        self.assertEqual(self.order.invoice_status, "invoiced")
        refund.action_post()
        self.assertEqual(self.order.invoice_status, "invoiced")
        self.assertEqual(self.order.order_line.qty_invoiced, 10.0)

    def test_posting_meets_the_request(self):
        demand = self._request(self.order)
        refund = self._credit(demand)
        self.assertEqual(demand.state, "accepted")
        refund.with_user(self.user_finance).action_post()
        self.assertEqual(demand.state, "done")
        self.assertEqual(self.invoice.amount_residual, 154.0)

    def test_pressing_twice_makes_nothing_new(self):
        demand = self._request(self.order)
        refund = self._credit(demand)
        demand.action_execute()
        self.assertEqual(demand.sudo().refund_ids, refund)

    def test_a_cancelled_credit_note_is_replaced(self):
        demand = self._request(self.order)
        first = self._credit(demand)
        first.action_post()
        first.button_draft()
        self.assertEqual(demand.state, "accepted")
        first.button_cancel()
        second = self._credit(demand)
        self.assertNotEqual(first, second)
        second.action_post()
        self.assertEqual(demand.state, "done")
        with self.assertRaisesRegex(UserError, "was replaced by"):
            first.button_draft()

    def test_a_deleted_credit_note_is_made_again(self):
        demand = self._request(self.order)
        self._credit(demand).unlink()
        self.assertEqual(demand.state, "accepted")
        self.assertTrue(self._credit(demand))

    def test_a_reversed_credit_note_is_made_again(self):
        demand = self._request(self.order)
        refund = self._credit(demand)
        refund.action_post()
        back = refund._reverse_moves([{"invoice_date": fields.Date.today()}])
        self.assertFalse(back.complaint_demand_id)
        self.assertFalse(back.invoice_line_ids.complaint_demand_line_id)
        self.assertEqual(demand.state, "done")
        back.action_post()
        self.assertEqual(demand.state, "accepted")
        second = self._credit(demand)
        second.action_post()
        self.assertEqual(demand.state, "done")
        with self.assertRaisesRegex(UserError, "was replaced by"):
            back.button_draft()

    def test_a_reversal_that_is_taken_back_counts_again(self):
        demand = self._request(self.order)
        refund = self._credit(demand)
        refund.action_post()
        back = refund._reverse_moves([{"invoice_date": fields.Date.today()}])
        back.action_post()
        back.button_draft()
        self.assertEqual(demand.state, "done")
        back.action_post()
        self.assertEqual(demand.state, "accepted")

    def test_no_more_than_was_invoiced(self):
        self._credit(self._request(self.order, quantity=8.0))
        with self.assertRaisesRegex(UserError, "1.* more of .*Rasp.* would be credited"):
            self._credit(self._request(self.order, quantity=3.0))
        self.assertTrue(self._credit(self._request(self.order, quantity=2.0)))

    def test_credit_notes_made_by_hand_count(self):
        by_hand = self.invoice._reverse_moves([{"invoice_date": fields.Date.today()}])
        by_hand.invoice_line_ids.quantity = 8.0
        demand = self._request(self.order)
        with self.assertRaisesRegex(UserError, "would be credited"):
            self._credit(demand)
        by_hand.button_cancel()
        self.assertEqual(self._credit(demand).amount_untaxed, 60.0)

    def test_money_credited_by_hand_counts(self):
        self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.customer.id,
                "reversed_entry_id": self.invoice.id,
                "invoice_line_ids": [Command.create({"name": "Rebate", "price_unit": 150.0})],
            }
        )
        with self.assertRaisesRegex(UserError, "Only .*50.* are left"):
            self._credit(self._request(self.order))

    def test_reviving_a_credit_note_never_credits_too_much(self):
        first = self._credit(self._request(self.order, quantity=8.0))
        first.button_cancel()
        self._credit(self._request(self.order, quantity=5.0))
        with self.assertRaisesRegex(UserError, "credited more than it says"):
            first.button_draft()

    def test_several_invoices(self):
        order = self._order(lines=[(self.goods, 10.0)])
        first = self._deliver(order, {self.goods: 4.0})
        one = self._invoice(order)
        self.assertTrue(first)
        self._deliver(order)
        two = self._invoice(order)
        refunds = self._credit(self._request(order, quantity=7.0))
        self.assertEqual(refunds.reversed_entry_id, one | two)
        self.assertEqual(sum(refunds.invoice_line_ids.mapped("quantity")), 7.0)
        self.assertEqual(order.invoice_status, "invoiced")

    def test_one_of_two_credit_notes_is_made_again(self):
        order = self._order(lines=[(self.goods, 10.0)])
        self._deliver(order, {self.goods: 6.0})
        one = self._invoice(order)
        self._deliver(order)
        two = self._invoice(order)
        other = self._credit(self._request(order, quantity=3.0))
        demand = self._request(order, quantity=5.0)
        first, second = self._credit(demand).sorted(lambda m: m.reversed_entry_id.id)
        self.assertEqual((first.reversed_entry_id, second.reversed_entry_id), (one, two))
        second.button_cancel()
        first.action_post()
        self.assertEqual(demand.state, "accepted")
        other.button_cancel()
        again = self._credit(demand) - first
        self.assertEqual(again.reversed_entry_id, two)
        self.assertEqual(again.invoice_line_ids.quantity, 2.0)
        again.action_post()
        self.assertEqual(demand.state, "done")

    def test_discounts_and_other_lines_of_the_invoice(self):
        order = self._order(lines=[(self.goods, 10.0), (self.product, 2.0)])
        order.order_line[0].discount = 25.0
        self._deliver(order)
        self._invoice(order)
        refund = self._credit(self._request(order))
        self.assertEqual(refund.invoice_line_ids.product_id, self.goods)
        self.assertEqual(refund.amount_untaxed, 45.0)

    def test_units_of_measure(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._order(lines=[(self.goods, 2.0, dozen)])
        order.order_line.price_unit = 100.0
        self._deliver(order)
        self._invoice(order)
        demand = self._request(order, quantity=1.0)
        demand.line_ids.write({"product_uom_id": self.goods.uom_id.id, "quantity": 5.0})
        refund = self._credit(demand)
        self.assertEqual(refund.invoice_line_ids.product_uom_id, self.goods.uom_id)
        self.assertEqual(refund.invoice_line_ids.quantity, 5.0)
        self.assertAlmostEqual(refund.amount_untaxed, 41.67)
        with self.assertRaisesRegex(UserError, "would be credited"):
            self._credit(self._request(order, quantity=2.0))

    def test_down_payments_are_neither_credited_nor_counted(self):
        order = self._order(lines=[(self.goods, 10.0)])
        self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        ).create({"advance_payment_method": "percentage", "amount": 50}).create_invoices()
        order.invoice_ids.action_post()
        self._deliver(order)
        demand = self._request(order)
        with self.assertRaisesRegex(UserError, "No invoice names|not invoiced yet"):
            demand.action_execute()
        final = order._create_invoices(final=True)
        final.action_post()
        refund = self._credit(self._request(order, quantity=10.0))
        self.assertEqual(refund.amount_untaxed, 200.0)
        self.assertEqual(refund.reversed_entry_id, final)

    def test_what_is_not_invoiced_is_not_credited(self):
        order = self._sold(invoiced=False)
        demand = self._request(order)
        self.assertFalse(demand.can_execute)
        with self.assertRaisesRegex(UserError, f"{order.name} is not invoiced yet"):
            demand.action_execute()
        order._create_invoices()
        with self.assertRaisesRegex(UserError, "is not invoiced yet"):
            demand.action_execute()

    def test_goods_without_an_order(self):
        demand = self._request()
        with self.assertRaisesRegex(UserError, "Link the order"):
            demand.action_execute()

    def test_goods_or_an_amount(self):
        demand = self._request(self.order)
        with self.assertRaisesRegex(UserError, "keep the goods, or the amount"):
            demand.amount = 500.0
            demand.action_execute()

    def test_rounding_never_leaves_the_invoice(self):
        order = self._order(lines=[(self.goods, 3.0)])
        order.order_line.price_unit = 0.335
        self._deliver(order)
        invoice = self._invoice(order)
        for _piece in range(3):
            self._credit(self._request(order, quantity=1.0)).action_post()
        credited = sum(invoice.reversal_move_ids.mapped("amount_untaxed"))
        self.assertLessEqual(credited, invoice.amount_untaxed)

    def test_invoiced_on_order(self):
        """Odoo would ask for the ordered quantity again, were the sale line named."""
        self.goods.invoice_policy = "order"
        order = self._sold()
        refund = self._credit(self._request(order))
        refund.action_post()
        self.assertEqual(order.invoice_status, "invoiced")
