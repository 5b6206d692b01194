from odoo import Command
from odoo.tests import tagged

from .free_common import FreeCommon


@tagged("post_install", "-at_install")
class TestFreeApps(FreeCommon):
    """Goods that cost nothing beside other settings and apps: steps, kits, carriers (R37)."""

    def test_each_step_of_the_warehouse(self):
        self.order.warehouse_id.delivery_steps = "pick_pack_ship"
        demand = self._free_demand()
        order = self._carry_out(demand)
        self.assertIn(demand.complaint_id.name, order.picking_ids.note)
        for step in ("pick_type_id", "pack_type_id", "out_type_id"):
            self.assertEqual(demand.state, "accepted")
            picking = order.picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))
            self.assertEqual(picking.picking_type_id, self.order.warehouse_id[step])
            self._validate(picking)
        self.assertEqual(demand.state, "done")

    def test_goods_that_come_back_are_owed_again(self):
        demand = self._free_demand()
        picking = self._deliver(self._carry_out(demand))
        self._return(picking, {self.product: 3.0})
        self.assertEqual(demand.state, "accepted")
        self.assertTrue(demand.can_execute)

    def test_kit(self):
        """The order says kit, the delivery its parts (app *Manufacturing*)."""
        kit = self._product(name="Kit")
        parts = self._product(name="Handle") | self._product(name="Tip")
        if "mrp.bom" in self.env:
            self.env["mrp.bom"].create(
                {
                    "product_tmpl_id": kit.product_tmpl_id.id,
                    "type": "phantom",
                    "bom_line_ids": [
                        Command.create({"product_id": part.id, "product_qty": 2}) for part in parts
                    ],
                }
            )
        demand = self._free_demand(
            line_ids=[Command.create(self._prepare_line_vals(product_id=kit.id))]
        )
        order = self._carry_out(demand)
        self.assertEqual(order.order_line[-1].product_id, kit)
        sent = parts if "mrp.bom" in self.env else kit
        self.assertEqual(order.picking_ids.move_ids.product_id, sent)
        self._deliver(order)
        self.assertEqual((demand.state, order.invoice_status), ("done", "no"))

    def test_freight_is_ours(self):
        """What a carrier charges is put on the order by core when the goods leave (*Delivery*)."""
        demand = self._free_demand()
        order = self._carry_out(demand)
        if "delivery.carrier" in self.env:
            fee = self._product(name="Freight", type="service")
            carrier = self.env["delivery.carrier"].create(
                {"name": "Post", "product_id": fee.id, "fixed_price": 9.0, "invoice_policy": "real"}
            )
            order.set_delivery_line(carrier, 9.0)
            picking = order.picking_ids
            picking.write({"carrier_id": carrier.id, "carrier_price": 12.0})
            picking._add_delivery_cost_to_so()
            self.assertTrue(order.order_line.filtered("is_delivery"))
        self._deliver(order)
        self.assertEqual((order.amount_total, order.invoice_status), (0.0, "no"))
        self.assertEqual(demand.state, "done")
