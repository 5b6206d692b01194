"""A complaint filled from a delivery (R3)."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_prefill_order import PrefillCase


@tagged("post_install", "-at_install")
class TestPrefillPicking(PrefillCase):
    def test_delivery(self):
        order = self._order(partner=self.contact)
        first = self._deliver(order, {self.product: 4})
        self._deliver(order)
        complaint = self._from_picking(first)
        self.assertEqual(complaint.picking_id, first)
        self.assertEqual(complaint.sale_order_id, order)
        self.assertEqual(complaint.customer_order_ref, "PO-4711")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.contact_id, self.contact)
        self.assertEqual(complaint.user_id, self.user_sales)
        self.assertEqual(self._quantities(complaint), [(self.product, 4, 0)])
        self.assertEqual(complaint.line_ids.move_id, first.move_ids)
        self.assertEqual(complaint.line_ids.sale_line_id, order.order_line)

    def test_not_left_yet(self):
        order = self._order()
        with self.assertRaisesRegex(UserError, "has not left yet"):
            self._from_picking(order.picking_ids)

    def test_return_names_the_delivery(self):
        picking = self._deliver(self._order())
        returned = self._return(picking, {self.product: 1})
        with self.assertRaisesRegex(UserError, f"is a return.*{picking.name}"):
            self._from_picking(returned)

    def test_receipt(self):
        picking_type = self.env["stock.picking.type"].search(
            [("code", "=", "incoming"), ("company_id", "=", self.company.id)], limit=1
        )
        receipt = self.env["stock.picking"].create(
            {
                "picking_type_id": picking_type.id,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": picking_type.default_location_dest_id.id,
                "move_ids": [self._prepare_move(picking_type.default_location_dest_id)],
            }
        )
        receipt.action_confirm()
        self._validate(receipt)
        with self.assertRaisesRegex(UserError, "brought nothing to a customer"):
            self._from_picking(receipt)

    def _prepare_move(self, destination):
        return Command.create(
            {
                "product_id": self.product.id,
                "product_uom_qty": 3,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": destination.id,
            }
        )

    def test_delivery_without_order(self):
        """Samples, replacements: the warehouse sent something nobody ordered."""
        picking_type = self.env["stock.picking.type"].search(
            [("code", "=", "outgoing"), ("company_id", "=", self.company.id)], limit=1
        )
        customers = self.env.ref("stock.stock_location_customers")
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": picking_type.id,
                "partner_id": self.contact.id,
                "location_dest_id": customers.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": 2,
                            "product_uom": self.uom_dozen.id,
                            "location_id": picking_type.default_location_src_id.id,
                            "location_dest_id": customers.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        self._validate(picking)
        complaint = self._from_picking(picking)
        self.assertFalse(complaint.sale_order_id)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.contact_id, self.contact)
        self.assertEqual(complaint.user_id, self.user_sales)
        self.assertEqual(self._quantities(complaint), [(self.product, 2, 0)])
        self.assertEqual(complaint.line_ids.product_uom_id, self.uom_dozen)

    def test_many_at_once(self):
        pickings = self._deliver(self._order()) + self._deliver(self._order(partner=self.customer2))
        prepared = self.complaints._prepare_from_sources(pickings.with_user(self.user_sales))
        complaints = self.complaints.create(list(prepared.values()))
        self.assertEqual(complaints.picking_id, pickings)
        self.assertEqual(complaints.partner_id, self.customer + self.customer2)
