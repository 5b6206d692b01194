"""The right lots, serial numbers and units come back (R37)."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .goods_common import GoodsCase


@tagged("post_install", "-at_install")
class TestReturnLots(GoodsCase):
    def test_the_lot_complained_about(self):
        product = self._product("lot", name="Paint")
        first, second = self._lot(product, "P-1"), self._lot(product, "P-2")
        order = self._order(lines=[(product, 10)])
        self._deliver(order, lots={product: [(first, 7), (second, 3)]})
        demand = self._case(order, 2)
        demand.line_ids.filtered(lambda line: line.sudo().lot_ids == first).unlink()
        demand.action_execute()
        self.assertEqual(self._lots(self._pickings(demand).move_ids), {"P-2": 2})

    def test_two_lots_of_one_delivery(self):
        """Two lines of the complaint, one move of the delivery, each with its lot."""
        product = self._product("lot", name="Paint")
        first, second = self._lot(product, "P-1"), self._lot(product, "P-2")
        order = self._order(lines=[(product, 10)])
        self._deliver(order, lots={product: [(first, 7), (second, 3)]})
        demand = self._case(order, 2)
        demand.action_execute()
        moves = self._pickings(demand).move_ids
        self.assertEqual(len(moves), 2)
        self.assertEqual(moves.sudo().complaint_demand_line_id, demand.line_ids)
        self.assertEqual(self._lots(moves), {"P-1": 2, "P-2": 2})
        self.assertEqual(self._pickings(demand).state, "assigned")
        moves.picked = True
        self._pickings(demand).button_validate()
        self.assertEqual(demand.state, "done")
        self.assertEqual(first.product_qty, self._stock(product, first))
        self.assertEqual(order.order_line.qty_delivered, 6)

    def _stock(self, product, lot):
        quants = self.env["stock.quant"].search(
            [("product_id", "=", product.id), ("lot_id", "=", lot.id)]
        )
        return sum(quants.filtered(lambda q: q.location_id.usage == "internal").mapped("quantity"))

    def test_no_more_of_a_lot_than_was_delivered(self):
        product = self._product("lot", name="Paint")
        first, second = self._lot(product, "P-1"), self._lot(product, "P-2")
        order = self._order(lines=[(product, 10)])
        self._deliver(order, lots={product: [(first, 7), (second, 3)]})
        demand = self._case(order, 3)
        again = self._case(order, 2)
        demand.action_execute()
        with self.assertRaisesRegex(UserError, "only 0 Units"):
            again.action_execute()

    def test_lot_split_over_deliveries(self):
        product = self._product("lot", name="Paint")
        first, second = self._lot(product, "P-1"), self._lot(product, "P-2")
        order = self._order(lines=[(product, 10)])
        one = self._deliver(order, {product: 4}, {product: [(first, 4)]})
        two = self._deliver(order, lots={product: [(first, 1), (second, 5)]})
        demand = self._case(order, 1)
        demand.action_execute()
        back = {p.return_id: self._lots(p.move_ids) for p in self._pickings(demand)}
        self.assertEqual(back, {one: {"P-1": 1}, two: {"P-1": 1, "P-2": 1}})

    def test_serials_complained_about(self):
        product = self._product("serial", name="Drill")
        serials = [self._lot(product, f"D-{number}") for number in range(3)]
        order = self._order(lines=[(product, 3)])
        self._deliver(order, lots={product: [(serial, 1) for serial in serials]})
        demand = self._case(order, 3)
        demand.line_ids.write({"quantity": 2, "lot_ids": [(6, 0, [serials[0].id, serials[2].id])]})
        demand.action_execute()
        self.assertEqual(self._lots(self._pickings(demand).move_ids), {"D-0": 1, "D-2": 1})

    def test_nobody_knows_which_serial(self):
        """One of three drills is bad: the warehouse reads its number off it."""
        product = self._product("serial", name="Drill")
        order = self._order(lines=[(product, 3)])
        self._deliver(order)
        demand = self._case(order, 1)
        demand.action_execute()
        returned = self._pickings(demand)
        self.assertEqual(self._lots(returned.move_ids), {"": 1})
        returned.move_ids.picked = True
        with self.assertRaises(UserError):
            returned.button_validate()

    def test_serial_that_came_back_already(self):
        product = self._product("serial", name="Drill")
        serials = [self._lot(product, f"D-{number}") for number in range(2)]
        order = self._order(lines=[(product, 2)])
        delivery = self._deliver(order, lots={product: [(serial, 1) for serial in serials]})
        self._return(delivery, {product: 1}, lots={product: [(serials[0], 1)]})
        demand = self._case(order, 1)
        demand.action_execute()
        self.assertEqual(self._lots(self._pickings(demand).move_ids), {"D-1": 1})

    def test_unit_of_the_order(self):
        """Sold and complained about by the dozen, moved by the piece."""
        product = self._product("lot", name="Eggs")
        lot = self._lot(product, "E-1")
        order = self._order(lines=[(product, 2, self.uom_dozen)])
        self._deliver(order, lots={product: [(lot, 24)]})
        demand = self._case(order, 0.5)
        demand.action_execute()
        move = self._pickings(demand).move_ids
        self.assertEqual(move.product_uom._compute_quantity(move.product_uom_qty, self.uom_unit), 6)
        self._validate(self._pickings(demand), lots={product: [(lot, 6)]})
        self.assertEqual(order.order_line.qty_delivered, 1.5)
        self.assertEqual(demand.state, "done")

    def test_unit_of_the_delivery(self):
        """A piece out of a delivery that is booked in dozens is exactly one."""
        self.env["ir.config_parameter"].sudo().set_param("stock.propagate_uom", "1")
        order = self._order(lines=[(self.product, 2, self.uom_dozen)])
        delivery = self._deliver(order)
        self.assertEqual(delivery.move_ids.product_uom, self.uom_dozen)
        demand = self._case(order, 1)
        demand.line_ids.write({"product_uom_id": self.uom_unit.id, "quantity": 1})
        demand.action_execute()
        move = self._pickings(demand).move_ids
        self.assertEqual((move.product_uom, move.product_uom_qty), (self.uom_unit, 1))
        demand.line_ids.invalidate_recordset()
        self.assertFalse(demand.line_ids._get_remaining_quantity())

    def test_package_and_owner_as_delivered(self):
        product = self._product("lot", name="Paint")
        lot = self._lot(product, "P-1")
        order = self._order(lines=[(product, 5)])
        picking = order.picking_ids
        self._set_move_lines(picking.move_ids, 5, [(lot, 5)])
        package = self.env["stock.package"].create({"name": "Pallet 7"})
        picking.move_line_ids.result_package_id = package
        picking.move_ids.picked = True
        picking.button_validate()
        demand = self._case(order, 5)
        demand.action_execute()
        line = self._pickings(demand).move_line_ids
        self.assertEqual((line.lot_id, line.package_id), (lot, package))
