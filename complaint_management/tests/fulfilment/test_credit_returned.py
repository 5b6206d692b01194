from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestCreditReturned(CreditCommon):
    """Goods that came back: the credit note tells the order, so that nobody asks for more (R37)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._sold()

    def test_the_order_is_settled_afterwards(self):
        self._return_goods(self.order, 3.0)
        self.assertEqual(self.order.invoice_status, "to invoice")
        refund = self._credit(self._request(self.order))
        self.assertEqual(refund.invoice_line_ids.sale_line_ids, self.order.order_line)
        self.assertFalse(refund.invoice_line_ids.complaint_goods_stay)
        self.assertEqual(self.order.order_line.qty_invoiced, 7.0)
        self.assertEqual(self.order.invoice_status, "invoiced")
        refund.action_post()
        self.assertEqual(self.order.invoice_status, "invoiced")
        self.assertEqual(self.order.order_line.qty_to_invoice, 0.0)

    def test_a_part_came_back(self):
        self._return_goods(self.order, 2.0)
        refund = self._credit(self._request(self.order, quantity=5.0))
        back = refund.invoice_line_ids.filtered("sale_line_ids")
        stays = refund.invoice_line_ids - back
        self.assertEqual((back.quantity, stays.quantity), (2.0, 3.0))
        self.assertTrue(stays.complaint_goods_stay)
        self.assertEqual(refund.amount_untaxed, 100.0)
        self.assertEqual(self.order.invoice_status, "invoiced")

    def test_returned_before_it_was_invoiced(self):
        order = self._sold(invoiced=False)
        self._return_goods(order, 3.0)
        self._invoice(order)
        demand = self._request(order)
        with self.assertRaisesRegex(UserError, "3.* came back before they were invoiced"):
            demand.action_execute()
        self.assertEqual(order.invoice_status, "invoiced")

    def test_invoiced_in_part(self):
        """Six of ten invoiced, seven come back: three of them were paid."""
        order = self._order(lines=[(self.goods, 10.0)])
        self._deliver(order, {self.goods: 6.0})
        self._invoice(order)
        self._deliver(order)
        last = order.picking_ids.filtered(lambda p: p.picking_type_code == "outgoing").sorted("id")
        self._return(last[0], {self.goods: 6.0})
        self._return(last[1], {self.goods: 1.0})
        demand = self._request(order, quantity=7.0)
        with self.assertRaisesRegex(UserError, "4.* came back before they were invoiced"):
            demand.action_execute()
        demand.line_ids.quantity = 3.0
        refund = self._credit(demand)
        self.assertEqual(refund.invoice_line_ids.quantity, 3.0)
        self.assertEqual(order.invoice_status, "invoiced")

    def test_a_return_the_order_does_not_count(self):
        """Odoo's return with “update quantities” off: still delivered, still paid."""
        back = self._return_goods(self.order, 3.0)
        back.move_ids.to_refund = False
        self.assertEqual(self.order.order_line.qty_delivered, 10.0)
        refund = self._credit(self._request(self.order))
        self.assertFalse(refund.invoice_line_ids.sale_line_ids)
        self.assertFalse(refund.invoice_line_ids.complaint_goods_stay)
        self.assertEqual(self.order.invoice_status, "invoiced")

    def test_returned_goods_are_credited_once(self):
        self._return_goods(self.order, 3.0)
        self._credit(self._request(self.order))
        refund = self._credit(self._request(self.order))
        self.assertTrue(refund.invoice_line_ids.complaint_goods_stay)
        self.assertEqual(self.order.invoice_status, "invoiced")

    def test_a_credit_note_of_the_order_counts(self):
        self._return_goods(self.order, 3.0)
        by_hand = self.order._create_invoices(final=True)
        self.assertEqual(by_hand.move_type, "out_refund")
        refund = self._credit(self._request(self.order, quantity=7.0))
        self.assertFalse(refund.invoice_line_ids.sale_line_ids)
        with self.assertRaisesRegex(UserError, "would be credited"):
            self._credit(self._request(self.order, quantity=1.0))

    def test_goods_on_their_way_are_received_first(self):
        demand = self._request(self.order)
        demand.complaint_id.sudo().write({"demand_ids": [Command.create({"kind": "return"})]})
        back = demand.complaint_id.demand_ids - demand
        back.action_accept()
        self.assertFalse(demand.can_execute)
        with self.assertRaisesRegex(UserError, "receive them first"):
            demand.action_execute()
        back.action_reopen()
        self.assertTrue(self._credit(demand))

    def test_what_was_credited_as_staying_does_not_come_back_on_top(self):
        demand = self._request(self.order)
        refund = self._credit(demand)
        demand.complaint_id.sudo().write({"demand_ids": [Command.create({"kind": "return"})]})
        back = demand.complaint_id.demand_ids - demand
        back.action_accept()
        with self.assertRaisesRegex(UserError, "as staying with the customer"):
            back.action_execute()
        refund.button_cancel()
        back.action_execute()
        self._validate(back.sudo().picking_ids.with_env(self.env))
        self.assertEqual(back.state, "done")
        refund = self._credit(demand)
        self.assertEqual(refund.invoice_line_ids.sale_line_ids, self.order.order_line)
        self.assertEqual(self.order.invoice_status, "invoiced")

    def test_exchanged_goods_are_with_the_customer_again(self):
        self.goods.invoice_policy = "order"
        order = self._sold()
        self._return_goods(order, 3.0, exchange=True)
        self._deliver(order)
        refund = self._credit(self._request(order))
        self.assertTrue(refund.invoice_line_ids.complaint_goods_stay)

    def test_returned_and_invoiced_on_order(self):
        """Naming the sale line would make Odoo ask for the ordered quantity again."""
        self.goods.invoice_policy = "order"
        order = self._sold()
        self._return_goods(order, 3.0)
        refund = self._credit(self._request(order))
        self.assertFalse(refund.invoice_line_ids.sale_line_ids)
        self.assertFalse(refund.invoice_line_ids.complaint_goods_stay)
        self.assertEqual(order.invoice_status, "invoiced")

    def test_stock_gets_its_value_back_with_the_goods_only(self):
        """Perpetual valuation: what stays with the customer is lost."""
        category = self.env["product.category"].create(
            {
                "name": "Valued",
                "property_valuation": "real_time",
                "property_cost_method": "standard",
            }
        )
        self.goods.write({"categ_id": category.id, "is_storable": True, "standard_price": 7.0})
        order = self._sold()
        cogs = order.invoice_ids.line_ids.filtered(lambda li: li.display_type == "cogs")
        self.assertEqual(sum(cogs.mapped("debit")), 70.0)
        self._return_goods(order, 2.0)
        refund = self._credit(self._request(order, quantity=5.0))
        refund.action_post()
        cogs = refund.line_ids.filtered(lambda li: li.display_type == "cogs")
        self.assertEqual(sum(cogs.mapped("debit")), 14.0)

    def test_goods_added_by_hand_are_credited_once(self):
        """No line of the complaint names them; their credit note takes what came back, too."""
        self._return_goods(self.order, 3.0)
        back = self.order.picking_ids.filtered(lambda p: p.picking_type_code == "incoming")
        back.move_ids.to_refund = False
        # A complaint about something else of that order
        other = self._request(self.order, goods=False, accept=False)
        other.line_ids = [
            Command.clear(),
            Command.create({"product_id": self.goods.id, "quantity": 3.0}),
        ]
        self.assertFalse(other.line_ids.complaint_line_id)
        other.action_accept()
        refund = self._credit(other)
        self.assertFalse(refund.invoice_line_ids.complaint_goods_stay)
        again = self._credit(self._request(self.order, quantity=3.0))
        self.assertTrue(again.invoice_line_ids.complaint_goods_stay, "these did not come back")
