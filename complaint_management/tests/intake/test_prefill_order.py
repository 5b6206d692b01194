"""A complaint filled from a sales order (R2, R3, R7)."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


class PrefillCase(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaints = cls.env["complaint.complaint"].with_user(cls.user_sales)

    def _from_order(self, order, vals=None):
        return self.complaints.create_from_order(order.id, vals)

    def _from_picking(self, picking, vals=None):
        return self.complaints.create_from_picking(picking.id, vals)

    def _quantities(self, complaint):
        """:return: list of (product, shipped, returned)"""
        return [
            (line.product_id, line.quantity_shipped, line.quantity_returned)
            for line in complaint.line_ids
        ]


@tagged("post_install", "-at_install")
class TestPrefillOrder(PrefillCase):
    def test_head(self):
        order = self._order(partner=self.contact)
        self._deliver(order)
        complaint = self._from_order(order, {"description": "Rusty tips"})
        self.assertEqual(complaint.state, "draft")
        self.assertEqual(complaint.description, "Rusty tips")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.contact_id, self.contact)
        self.assertEqual(complaint.email_from, self.contact.email)
        self.assertEqual(complaint.phone, self.contact.phone)
        self.assertEqual(complaint.sale_order_id, order)
        self.assertEqual(complaint.customer_order_ref, "PO-4711")
        self.assertEqual(complaint.user_id, self.user_sales)
        self.assertEqual(complaint.team_id, self.team)
        self.assertEqual(complaint.company_id, self.company)
        self.assertEqual(complaint.create_uid, self.user_sales)

    def test_company_that_orders_itself_has_no_contact(self):
        complaint = self._from_order(self._order(partner=self.customer))
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertFalse(complaint.contact_id)

    def test_line(self):
        left = fields.Datetime.now().replace(microsecond=0) - timedelta(days=40)
        order = self._order()
        picking = self._deliver(order, date=left)
        line = self._from_order(order).line_ids
        self.assertEqual(line.product_id, self.product)
        self.assertEqual(line.sale_line_id, order.order_line)
        self.assertEqual(line.sale_order_id, order)
        self.assertEqual(line.move_id, picking.move_ids)
        self.assertEqual(line.picking_id, picking)
        self.assertEqual(line.date_shipped, left)
        self.assertEqual(line.days_since_shipment, 40)
        self.assertEqual(line.product_uom_id, self.product.uom_id)
        self.assertEqual((line.quantity_shipped, line.quantity_returned), (10.0, 0.0))
        self.assertEqual(line.quantity_complained, 0.0, "the customer says how many")

    def test_quotation(self):
        order = self._order(confirm=False)
        with self.assertRaisesRegex(UserError, f"{order.name} is a quotation"):
            self._from_order(order)
        with self.assertRaisesRegex(UserError, f"{order.name} is a quotation"):
            order.with_user(self.user_sales).action_create_complaint()

    def test_cancelled(self):
        order = self._order()
        order._action_cancel()
        with self.assertRaisesRegex(UserError, f"{order.name} was cancelled"):
            self._from_order(order)

    def test_nothing_delivered(self):
        order = self._order()
        line = self._from_order(order).line_ids
        self.assertEqual((line.product_id, line.quantity_shipped), (self.product, 0.0))
        self.assertEqual(line.sale_line_id, order.order_line)
        self.assertFalse(line.move_id)
        self.assertFalse(line.date_shipped)

    def test_partial_delivery(self):
        other = self._product(name="Still on its way")
        order = self._order(lines=[(self.product, 10), (other, 2)])
        self._deliver(order, {self.product: 4})
        complaint = self._from_order(order)
        self.assertEqual(self._quantities(complaint), [(self.product, 4, 0), (other, 0, 0)])

    def test_several_pickings(self):
        order = self._order()
        first = self._deliver(order, {self.product: 4})
        second = self._deliver(order)
        complaint = self._from_order(order)
        self.assertEqual(complaint.line_ids.picking_id, first + second)
        self.assertEqual(complaint.line_ids.mapped("quantity_shipped"), [4.0, 6.0])
        self.assertFalse(complaint.picking_id, "the order was chosen, not one delivery")

    def test_pick_and_pack_are_no_deliveries(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        warehouse.delivery_steps = "pick_pack_ship"
        order = self._order()
        for _step in range(3):
            self._validate(order.picking_ids.filtered(lambda p: p.state != "done"))
        self.assertEqual(len(order.picking_ids), 3)
        complaint = self._from_order(order)
        self.assertEqual(self._quantities(complaint), [(self.product, 10, 0)])
        self.assertEqual(complaint.line_ids.picking_id.picking_type_code, "outgoing")
        self.assertTrue(complaint.line_ids.picking_id.location_dest_id.usage == "customer")

    def test_returned_goods(self):
        order = self._order()
        picking = self._deliver(order)
        self._return(picking, {self.product: 3})
        complaint = self._from_order(order)
        self.assertEqual(self._quantities(complaint), [(self.product, 10, 3)])

    def test_exchange_is_another_delivery(self):
        order = self._order()
        picking = self._deliver(order)
        self._return(picking, {self.product: 3}, exchange=True)
        replacement = self._deliver(order)
        complaint = self._from_order(order)
        self.assertEqual(self._quantities(complaint), [(self.product, 10, 3), (self.product, 3, 0)])
        self.assertEqual(complaint.line_ids.picking_id, picking + replacement)

    def test_units(self):
        """Quantities are in the unit the customer ordered in, whatever the move's unit."""
        order = self._order(lines=[(self.product, 2, self.uom_dozen)])
        picking = self._deliver(order)
        self._return(
            picking, {self.product: 0.5 if picking.move_ids.product_uom == self.uom_dozen else 6}
        )
        line = self._from_order(order).line_ids
        self.assertEqual(line.product_uom_id, self.uom_dozen)
        self.assertEqual((line.quantity_shipped, line.quantity_returned), (2.0, 0.5))

    def test_service(self):
        service = self._product(name="Assembly", type="service", service_type="manual")
        order = self._order(lines=[(service, 8)])
        order.order_line.qty_delivered = 5
        line = self._from_order(order).line_ids
        self.assertEqual((line.product_id, line.quantity_shipped), (service, 5.0))
        self.assertFalse(line.move_id)
        self.assertFalse(line.in_warranty)

    def test_sections_and_notes_are_left_out(self):
        order = self._order()
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Tools"}),
            Command.create({"display_type": "line_note", "name": "As agreed"}),
        ]
        self.assertEqual(self._from_order(order).line_ids.product_id, self.product)

    def test_down_payment_is_left_out(self):
        order = self._order()
        order.order_line = [
            Command.create(
                {
                    "product_id": self._product(name="Deposit", type="service").id,
                    "is_downpayment": True,
                    "product_uom_qty": 0,
                }
            )
        ]
        self.assertEqual(self._from_order(order).line_ids.product_id, self.product)

    def test_dropship(self):
        """Goods that went from the supplier straight to the customer."""
        order = self._order()
        move = order.picking_ids.move_ids
        move.location_id = self.env.ref("stock.stock_location_suppliers")
        picking = self._deliver(order)
        self.assertEqual(picking.move_ids.location_id.usage, "supplier")
        complaint = self._from_order(order)
        self.assertEqual(self._quantities(complaint), [(self.product, 10, 0)])

    def test_affiliate(self):
        """Goods for a company of the group leave by a transit location (R5)."""
        transit = self.env.ref("stock.stock_location_inter_company")
        transit.active = True
        self.customer2.property_stock_customer = transit
        order = self._order(partner=self.customer2)
        picking = self._deliver(order)
        self.assertEqual(picking.location_dest_id, transit)
        complaint = self._from_order(order)
        self.assertEqual(self._quantities(complaint), [(self.product, 10, 0)])
        self.assertEqual(complaint.line_ids.move_id, picking.move_ids)

    def test_archived_salesperson(self):
        order = self._order(user=self.user_sales)
        self.user_sales.active = False
        complaint = (
            self.env["complaint.complaint"].with_user(self.user_service).create_from_order(order.id)
        )
        self.assertEqual(complaint.user_id, self.user_service)

    def test_order_without_salesperson(self):
        order = self._order(user=self.env["res.users"])
        self.assertFalse(order.user_id)
        self.assertEqual(self._from_order(order).user_id, self.user_sales)

    def test_callers_lines_replace_the_orders(self):
        order = self._order()
        self._deliver(order)
        complaint = self._from_order(
            order, {"line_ids": [Command.create({"name": "A box of nails"})], "company_id": 0}
        )
        self.assertEqual(complaint.line_ids.name, "A box of nails")
        self.assertEqual(complaint.company_id, self.company)

    def test_200_lines(self):
        products = self.env["product.product"].create(
            [{"name": f"Screw {number}", "type": "consu"} for number in range(200)]
        )
        order = self._order(lines=[(product, 1) for product in products])
        self._deliver(order)
        complaint = self._from_order(order)
        self.assertEqual(complaint.line_ids.product_id, products)
        self.assertEqual(complaint.line_ids.mapped("quantity_shipped"), [1.0] * 200)

    def test_carrier(self):
        """Carrier and tracking come along where an app knows them."""
        order = self._order()
        picking = self._deliver(order)
        if "carrier_id" in picking._fields:
            carrier = self.env["delivery.carrier"].create(
                {
                    "name": "Blue Vans",
                    "product_id": self._product(name="Freight", type="service").id,
                }
            )
            picking.write({"carrier_id": carrier.id, "carrier_tracking_ref": "BV-1"})
        complaint = self._from_order(order)
        expected = ("Blue Vans", "BV-1") if "carrier_id" in picking._fields else (False, False)
        self.assertEqual(
            (complaint.carrier_name or False, complaint.tracking_ref or False), expected
        )


@tagged("post_install", "-at_install", "-standard", "complaint_kit")
class TestPrefillKit(PrefillCase):
    """Needs sale_mrp: runs on the database that has it, by its own tag."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_kit()

    def test_order_door_shows_the_kit(self):
        order = self._order(lines=[(self.kit, 5)])
        self._deliver(order)
        line = self._from_order(order).line_ids
        self.assertEqual((line.product_id, line.quantity_shipped), (self.kit, 5.0))
        self.assertEqual(line.sale_line_id, order.order_line)
        self.assertFalse(line.move_id)
        self.assertTrue(line.date_shipped)

    def test_kit_on_its_way(self):
        order = self._order(lines=[(self.kit, 5)])
        line = self._from_order(order).line_ids
        self.assertEqual((line.product_id, line.quantity_shipped), (self.kit, 0.0))

    def test_kit_returned(self):
        order = self._order(lines=[(self.kit, 5)])
        picking = self._deliver(order)
        blades = picking.move_line_ids.filtered(lambda ml: ml.product_id == self.blade)
        self._return(
            picking,
            {self.handle: 2, self.blade: 4},
            lots={self.blade: [(blades.lot_id, 4)]},
        )
        line = self._from_order(order).line_ids
        self.assertEqual((line.quantity_shipped, line.quantity_returned), (5.0, 2.0))

    def test_delivery_door_shows_the_components(self):
        order = self._order(lines=[(self.kit, 5)])
        picking = self._deliver(order)
        complaint = self._from_picking(picking)
        self.assertEqual(self._quantities(complaint), [(self.handle, 5, 0), (self.blade, 10, 0)])
        self.assertEqual(complaint.line_ids.sale_line_id, order.order_line)
        self.assertEqual(len(complaint.line_ids.lot_ids), 1)
