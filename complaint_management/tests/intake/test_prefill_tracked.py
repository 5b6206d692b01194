"""Goods in lots and with serial numbers, for people who may not read lots (R7)."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_prefill_order import PrefillCase


@tagged("post_install", "-at_install")
class TestPrefillTracked(PrefillCase):
    def test_one_line_per_move_and_lot(self):
        product = self._product("lot", name="Paint")
        lot1, lot2 = self._lot(product, "P-1"), self._lot(product, "P-2")
        order = self._order(lines=[(product, 10)])
        picking = self._deliver(order, lots={product: [(lot1, 7), (lot2, 3)]})
        lines = self._from_order(order).line_ids
        self.assertEqual(lines.move_id, picking.move_ids)
        self.assertEqual(
            [(line.lot_label, line.quantity_shipped) for line in lines], [("P-1", 7), ("P-2", 3)]
        )
        self.assertEqual([line.sudo().lot_ids for line in lines], [lot1, lot2])

    def test_lots_that_came_back(self):
        product = self._product("lot", name="Paint")
        lot1, lot2 = self._lot(product, "P-1"), self._lot(product, "P-2")
        order = self._order(lines=[(product, 10)])
        picking = self._deliver(order, lots={product: [(lot1, 7), (lot2, 3)]})
        self._return(picking, {product: 2}, lots={product: [(lot2, 2)]})
        complaint = self._from_order(order)
        self.assertEqual(self._quantities(complaint), [(product, 7, 0), (product, 3, 2)])

    def test_lots_in_the_ordered_unit(self):
        product = self._product("lot", name="Eggs")
        lot1, lot2 = self._lot(product, "E-1"), self._lot(product, "E-2")
        order = self._order(lines=[(product, 2, self.uom_dozen)])
        self._deliver(order, lots={product: [(lot1, 18), (lot2, 6)]})
        lines = self._from_order(order).line_ids
        self.assertEqual(lines.product_uom_id, self.uom_dozen)
        self.assertEqual(lines.mapped("quantity_shipped"), [1.5, 0.5])

    def test_serials(self):
        product = self._product("serial", name="Drill")
        serials = [self._lot(product, f"D-{number}") for number in range(3)]
        order = self._order(lines=[(product, 3)])
        picking = self._deliver(order, lots={product: [(serial, 1) for serial in serials]})
        self._return(picking, {product: 1}, lots={product: [(serials[1], 1)]})
        line = self._from_order(order).line_ids
        self.assertEqual(len(line.lot_ids), 3)
        self.assertEqual((line.quantity_shipped, line.quantity_returned), (3.0, 1.0))
        self.assertEqual(line.lot_label, "D-0, D-1, D-2")

    def test_serials_sold_by_the_dozen(self):
        """Pieces are counted, because each has its number."""
        product = self._product("serial", name="Drill")
        order = self._order(lines=[(product, 1, self.uom_dozen)])
        self._deliver(order)
        line = self._from_order(order).line_ids
        self.assertEqual((len(line.lot_ids), line.quantity_shipped), (12, 12.0))
        self.assertEqual(line.product_uom_id, product.uom_id)

    def test_delivery_door(self):
        product = self._product("lot", name="Paint")
        lot1, lot2 = self._lot(product, "P-1"), self._lot(product, "P-2")
        order = self._order(lines=[(product, 10)])
        picking = self._deliver(order, lots={product: [(lot1, 7), (lot2, 3)]})
        lines = self._from_picking(picking).line_ids
        self.assertEqual(lines.mapped("quantity_shipped"), [7.0, 3.0])

    def test_colleague_with_an_action_sees_names(self):
        """Whoever has only an action in the case opens it without any right on lots."""
        product = self._product("lot", name="Paint")
        lot = self._lot(product, "P-1")
        order = self._order(lines=[(product, 10)])
        self._deliver(order, lots={product: [(lot, 10)]})
        complaint = self._from_order(order)
        self.env["complaint.action"].create(
            {
                "complaint_id": complaint.id,
                "name": "Block the rest",
                "user_id": self.user_contributor.id,
                "deadline": "2026-01-01",
            }
        )
        line = complaint.line_ids.with_user(self.user_contributor)
        self.env.invalidate_all()
        self.assertEqual(line.lot_label, "P-1")
        with self.assertRaises(AccessError):
            line.read(["lot_ids"])
        with self.assertRaises(AccessError):
            lot.with_user(self.user_contributor).read(["name"])

    def test_batch_code_without_lot(self):
        complaint = self._complaint(line_ids=[(0, 0, self._prepare_line_vals(lot_name="L-7"))])
        self.assertEqual(complaint.line_ids.lot_label, "L-7")
