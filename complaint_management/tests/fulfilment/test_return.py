"""An accepted return becomes receipts of the right deliveries (R37, T17)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .goods_common import GoodsCase


@tagged("post_install", "-at_install")
class TestReturn(GoodsCase):
    def test_one_press(self):
        order = self._order()
        delivery = self._deliver(order)
        demand = self._case(order, 3)
        demand.action_execute()
        returned = self._pickings(demand)
        self.assertEqual(returned.return_id, delivery)
        self.assertEqual(returned.picking_type_code, "incoming")
        self.assertEqual(returned.state, "assigned")
        self.assertEqual(returned.move_ids.product_uom_qty, 3)
        self.assertEqual(returned.move_ids.sudo().complaint_demand_line_id, demand.line_ids)
        self.assertEqual(returned.partner_id, delivery.partner_id)
        self.assertIn(returned.name, demand.complaint_id.message_ids[0].body)
        self.assertEqual(demand.state, "accepted")

    def test_received(self):
        """Receiving meets the request, and the order knows that less was delivered."""
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3)
        demand.action_execute()
        self._validate(self._pickings(demand).with_user(self.user_stock))
        self.assertEqual(demand.state, "done")
        self.assertEqual(order.order_line.qty_delivered, 7)

    def test_salesperson_needs_no_right_on_stock(self):
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3)
        self.assertFalse(demand.env["stock.return.picking"].has_access("create"))
        demand.action_execute()
        self.assertEqual(len(self._pickings(demand)), 1)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_access")
    def test_colleague_without_rights_on_the_complaint(self):
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3)
        with self.assertRaises(AccessError):
            demand.with_user(self.user_sales2).action_execute()

    def test_pressed_twice(self):
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3)
        demand.action_execute()
        demand._execute_return()
        self.assertEqual(len(self._pickings(demand)), 1)
        self.assertFalse(demand.can_execute)

    def test_one_return_for_each_delivery(self):
        order = self._order()
        first = self._deliver(order, {self.product: 4})
        second = self._deliver(order)
        demand = self._case(order, 2)
        demand.action_execute()
        returned = self._pickings(demand)
        self.assertEqual(returned.return_id, first | second)
        self.assertEqual(returned.move_ids.mapped("product_uom_qty"), [2, 2])
        self._validate(returned[0])
        self.assertEqual(demand.state, "accepted")
        self._validate(returned[1])
        self.assertEqual(demand.state, "done")

    def test_delivered_after_the_complaint(self):
        """The line knows the order alone: its deliveries are taken in turn, the oldest first."""
        order = self._order()
        demand = self._case(order, 6)
        self.assertFalse(demand.complaint_id.line_ids.move_id)
        first = self._deliver(order, {self.product: 4})
        second = self._deliver(order)
        demand.action_execute()
        returned = self._pickings(demand).sorted(lambda p: p.return_id.id)
        self.assertEqual(returned.return_id, first | second)
        self.assertEqual(returned.move_ids.mapped("product_uom_qty"), [4, 2])

    def test_two_steps_out(self):
        """What was only picked or packed is not with the customer."""
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        warehouse.delivery_steps = "pick_pack_ship"
        order = self._order()
        for _step in range(3):
            self._validate(order.picking_ids.filtered(lambda p: p.state != "done"))
        shipped = order.picking_ids.filtered(lambda p: p.picking_type_code == "outgoing")
        demand = self._case(order, 3)
        demand.action_execute()
        self.assertEqual(self._pickings(demand).return_id, shipped)
        self.assertEqual(self._pickings(demand).location_id.usage, "customer")

    def test_three_steps_in(self):
        """The request is met when the goods are back; putting them away is our own matter."""
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        order = self._order()
        self._deliver(order)
        warehouse.reception_steps = "three_steps"
        demand = self._case(order, 3)
        demand.action_execute()
        self._validate(self._pickings(demand))
        self.assertEqual(len(self._pickings(demand)), 1)
        self.assertEqual(demand.state, "done")

    def test_goods_without_stock(self):
        """Untracked goods, some of them never received from a vendor."""
        order = self._order(lines=[(self._product(name="Box", is_storable=True), 5)])
        self._deliver(order)
        demand = self._case(order, 5)
        demand.action_execute()
        self._validate(self._pickings(demand))
        self.assertEqual(order.order_line.qty_delivered, 0)

    def test_several_goods_in_one_receipt(self):
        other = self._product(name="Hammer")
        order = self._order(lines=[(self.product, 10), (other, 4)])
        self._deliver(order)
        demand = self._case(order, {self.product: 2, other: 1})
        demand.action_execute()
        moves = self._pickings(demand).move_ids
        self.assertEqual(
            {move.product_id: move.product_uom_qty for move in moves}, {self.product: 2, other: 1}
        )

    # ------------------------------------------------------------
    # Never more than delivered
    # ------------------------------------------------------------
    def test_two_complaints_about_the_same_goods(self):
        order = self._order()
        self._deliver(order)
        first, second = self._case(order, 7), self._case(order, 4)
        first.action_execute()
        with self.assertRaisesRegex(UserError, "only 3 Units can still come back") as caught:
            second.action_execute()
        self.assertIn(self._pickings(first).name, str(caught.exception))
        self.assertFalse(self._pickings(second))
        second.line_ids.quantity = 3
        second.action_execute()
        self.assertEqual(self._pickings(second).move_ids.product_uom_qty, 3)

    def test_returned_by_hand(self):
        order = self._order()
        delivery = self._deliver(order)
        demand = self._case(order, 4)
        self._return(delivery, {self.product: 7})
        with self.assertRaisesRegex(UserError, "only 3 Units"):
            demand.action_execute()

    def test_cancelled_returns_count_no_more(self):
        order = self._order()
        self._deliver(order)
        first, second = self._case(order, 7), self._case(order, 4)
        first.action_execute()
        self._pickings(first).action_cancel()
        second.action_execute()
        self.assertEqual(self._pickings(second).move_ids.product_uom_qty, 4)

    def test_received_more_or_less_than_planned(self):
        """What really came back counts."""
        order = self._order()
        self._deliver(order)
        first, second = self._case(order, 7), self._case(order, 6)
        first.action_execute()
        self._validate(self._pickings(first), {self.product: 4})
        self._pickings(first)[1].action_cancel()
        second.action_execute()
        self.assertEqual(self._pickings(second).move_ids.product_uom_qty, 6)

    def test_deliveries_are_locked(self):
        """Two presses at the same moment come one after the other."""
        order = self._order()
        move = self._deliver(order).move_ids
        demand = self._case(order, 3)
        with self.assertLogs("odoo.sql_db", level="DEBUG") as log:
            demand.action_execute()
        locks = [line for line in log.output if "FOR UPDATE" in line and "stock_move" in line]
        self.assertTrue(any(str(move.id) in line for line in locks), locks)

    # ------------------------------------------------------------
    # What cannot come back
    # ------------------------------------------------------------
    def test_not_delivered_yet(self):
        order = self._order()
        demand = self._case(order, 3)
        with self.assertRaisesRegex(UserError, f"was delivered on {order.name}"):
            demand.action_execute()

    def test_service(self):
        order = self._order(lines=[(self._product(name="Training", type="service"), 1)])
        demand = self._case(order, 1)
        with self.assertRaisesRegex(UserError, "is a service"):
            demand.action_execute()

    def test_bought_elsewhere(self):
        complaint = self._registered_complaint(
            user=self.user_sales,
            category_id=self.category_simple.id,
            demand_ids=[(0, 0, {"kind": "return"})],
        )
        demand = complaint.demand_ids
        demand.action_accept()
        with self.assertRaisesRegex(UserError, "No delivery of .* is known"):
            demand.action_execute()
        demand.action_done()
        self.assertEqual(demand.state, "done", "received by hand")

    def test_no_goods_said(self):
        complaint = self._registered_complaint(
            user=self.user_sales,
            category_id=self.category_simple.id,
            line_ids=[(0, 0, {"name": "Something blue", "quantity_complained": 1})],
            demand_ids=[(0, 0, {"kind": "return"})],
        )
        demand = complaint.demand_ids
        demand.action_accept()
        with self.assertRaisesRegex(UserError, "Say which goods"):
            demand.action_execute()

    def test_one_of_two_goods_is_not_there(self):
        """Nothing is half done."""
        other = self._product(name="Hammer")
        order = self._order(lines=[(self.product, 10), (other, 4)])
        self._deliver(order, {self.product: 10})
        demand = self._case(order, {self.product: 2, other: 1})
        with self.assertRaisesRegex(UserError, "Hammer"), self.env.cr.savepoint():
            demand.action_execute()
        self.assertFalse(self._pickings(demand))
