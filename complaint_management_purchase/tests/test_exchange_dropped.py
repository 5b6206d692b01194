from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.complaint_management.tests.fulfilment.goods_common import GoodsCase


@tagged("post_install", "-at_install")
class TestExchangeDropped(GoodsCase):
    def test_an_exchange_the_vendor_would_ship_is_refused(self):
        """Its routes plan a purchase instead of a delivery: nothing is half done (R37)."""
        order = self._order()
        self._deliver(order)
        vendor = self.env["res.partner"].create({"name": "Rapid Blades"})
        rule = {
            "name": "Vendor to customer",
            "action": "buy",
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            "picking_type_id": order.warehouse_id.in_type_id.id,
            "company_id": self.company.id,
        }
        route = self.env["stock.route"].create(
            {"name": "Vendors ship", "sequence": 0, "rule_ids": [Command.create(rule)]}
        )
        self.product.write(
            {
                "route_ids": [Command.set(route.ids)],
                "seller_ids": [Command.create({"partner_id": vendor.id, "price": 3.0})],
            }
        )
        demand = self._case(order, 3, "exchange")
        with self.assertRaisesRegex(UserError, "follows from its routes"), self.env.cr.savepoint():
            demand.action_execute()
        self.assertFalse(self._pickings(demand))
        self.assertFalse(self.env["purchase.order"].search([("partner_id", "=", vendor.id)]))
