"""Goods come back and others go out; the request waits for both (R37)."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .goods_common import GoodsCase


@tagged("post_install", "-at_install")
class TestExchange(GoodsCase):
    def _sides(self, demand):
        """:return: tuple (receipts, deliveries) of a request"""
        pickings = self._pickings(demand)
        incoming = pickings.filtered(lambda p: p.location_id.usage == "customer")
        return incoming, pickings - incoming

    def test_both_belong_to_the_request(self):
        order = self._order()
        delivery = self._deliver(order)
        demand = self._case(order, 3, "exchange")
        demand.action_execute()
        back, sent = self._sides(demand)
        self.assertEqual(back.return_id, delivery)
        self.assertEqual(sent.picking_type_code, "outgoing")
        self.assertEqual((back | sent).move_ids.mapped("product_uom_qty"), [3, 3])
        self.assertEqual((back | sent).move_ids.sudo().complaint_demand_line_id, demand.line_ids)
        self.assertIn(sent.name, demand.document_summary)
        self.assertIn(back.name, demand.document_summary)

    def test_done_when_both_are(self):
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3, "exchange")
        demand.action_execute()
        back, sent = self._sides(demand)
        self._validate(back)
        self.assertEqual(demand.state, "accepted")
        self._validate(sent)
        self.assertEqual(demand.state, "done")
        self.assertEqual(order.order_line.qty_delivered, 10)

    def test_due_now(self):
        order = self._order(commitment_date="2020-01-01 08:00:00")
        self._deliver(order)
        demand = self._case(order, 3, "exchange")
        demand.action_execute()
        sent = self._sides(demand)[1]
        self.assertGreater(sent.scheduled_date.year, 2020)

    def test_pressed_twice(self):
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3, "exchange")
        demand.action_execute()
        demand._execute_exchange()
        self.assertEqual(len(self._pickings(demand)), 2)

    def test_delivery_is_not_mixed_with_the_rest_of_the_order(self):
        """What is still to be delivered of the order is no part of the exchange."""
        order = self._order()
        self._deliver(order, {self.product: 6})
        rest = order.picking_ids.filtered(lambda p: p.state != "done")
        demand = self._case(order, 3, "exchange")
        demand.action_execute()
        sent = self._sides(demand)[1]
        self.assertNotEqual(sent, rest)
        self.assertEqual((rest.move_ids.product_uom_qty, sent.move_ids.product_uom_qty), (4, 3))
        order.order_line.product_uom_qty = 12
        self.assertEqual(sent.move_ids.product_uom_qty, 3)
        self.assertFalse(rest.sudo().complaint_demand_id)

    def test_two_requests_have_transfers_of_their_own(self):
        order = self._order()
        self._deliver(order)
        first, second = self._case(order, 3, "exchange"), self._case(order, 2, "exchange")
        first.action_execute()
        second.action_execute()
        self.assertFalse(self._pickings(first) & self._pickings(second))
        self.assertEqual(self._sides(second)[1].move_ids.product_uom_qty, 2)

    def test_two_lines_in_one_delivery(self):
        product = self._product("lot", name="Paint")
        lots = [self._lot(product, "P-1"), self._lot(product, "P-2")]
        order = self._order(lines=[(product, 10)])
        self._deliver(order, lots={product: [(lots[0], 7), (lots[1], 3)]})
        demand = self._case(order, 2, "exchange")
        demand.action_execute()
        back, sent = self._sides(demand)
        self.assertEqual((len(back), len(sent)), (1, 1))
        self.assertEqual(sent.move_ids.sudo().complaint_demand_line_id, demand.line_ids)
        self.assertEqual(self._lots(back.move_ids), {"P-1": 2, "P-2": 2})

    def test_only_the_cancelled_side_is_made_again(self):
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3, "exchange")
        demand.action_execute()
        back, sent = self._sides(demand)
        self._validate(back)
        sent.action_cancel()
        self.assertEqual(demand.state, "accepted")
        self.assertTrue(demand.can_execute)
        demand.action_execute()
        again = self._pickings(demand) - back - sent
        self.assertEqual((again.picking_type_code, again.move_ids.product_uom_qty), ("outgoing", 3))
        self._validate(again)
        self.assertEqual(demand.state, "done")

    def test_cancelled_return_is_made_again(self):
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3, "exchange")
        demand.action_execute()
        back, sent = self._sides(demand)
        self._validate(sent)
        back.action_cancel()
        demand.action_execute()
        again = self._pickings(demand) - back - sent
        self.assertEqual((again.picking_type_code, again.move_ids.product_uom_qty), ("incoming", 3))

    def test_picked_packed_shipped(self):
        """The request waits for the last step, which exists only after the first one."""
        order = self._order()
        self._deliver(order)
        warehouse = order.warehouse_id
        warehouse.delivery_steps = "pick_ship"
        demand = self._case(order, 3, "exchange")
        demand.action_execute()
        back, picked = self._sides(demand)
        self._validate(back)
        self.assertNotEqual(picked.picking_type_code, "outgoing")
        self._validate(picked.with_user(self.user_stock))
        shipped = self._pickings(demand) - back - picked
        self.assertEqual(shipped.picking_type_code, "outgoing")
        self.assertEqual(demand.state, "accepted")
        self.assertFalse(demand.line_ids._get_covered_quantity() - 3)
        self._validate(shipped.with_user(self.user_stock))
        self.assertEqual(demand.state, "done")

    def test_archived_goods(self):
        """They come back; what cannot be sent any more is said before anything is made."""
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3, "exchange")
        self.product.active = False
        demand.action_execute()
        self.assertEqual(len(self._pickings(demand)), 2)

    def test_route_that_makes_no_delivery(self):
        """Goods the vendor sends himself are ordered anew by hand: nothing is half done."""
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3, "exchange")
        self.env["stock.rule"].search([("location_dest_id.usage", "=", "customer")]).active = False
        with self.assertRaises(UserError), self.env.cr.savepoint():
            demand.action_execute()
        self.assertFalse(self._pickings(demand))

    def test_exchanged_goods_are_bad_again(self):
        """What was sent instead can be complained about and returned itself."""
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3, "exchange")
        demand.action_execute()
        for picking in self._pickings(demand):
            self._validate(picking)
        second = self._case(order, {self.product: 0})
        sent = self._sides(demand)[1].move_ids
        line = second.complaint_id.line_ids.create(
            {
                "complaint_id": second.complaint_id.id,
                "product_id": self.product.id,
                "sale_line_id": order.order_line.id,
                "move_id": sent.id,
                "quantity_complained": 3,
            }
        )
        second.line_ids = [Command.create({"complaint_line_id": line.id})]
        second.action_execute()
        self.assertEqual(self._pickings(second).return_id, sent.picking_id)
