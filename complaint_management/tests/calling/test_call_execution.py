from odoo import fields
from odoo.tests import tagged

from .card_common import CallCommon


@tagged("post_install", "-at_install")
class TestCallExecution(CallCommon):
    """How far an order is (R1, R2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls._product("lot", name="Screwdriver set")

    def _stock(self, quantity, product=None):
        product = product or self.goods
        location = (
            self.env["stock.warehouse"]
            .search([("company_id", "=", self.company.id)], limit=1)
            .lot_stock_id
        )
        lot = self._lot(product, f"S-{quantity}") if product.tracking != "none" else None
        self.env["stock.quant"]._update_available_quantity(product, location, quantity, lot_id=lot)

    def test_waiting_and_ready(self):
        order = self._order(lines=[(self.goods, 10)])
        steps = self._steps(order)
        self.assertEqual(list(steps), ["received", "finished", "shipped", "invoiced"])
        self.assertTrue(steps["received"]["done"])
        self.assertEqual(steps["received"]["date"], fields.Datetime.to_string(order.date_order))
        self.assertFalse(steps["finished"]["done"])
        self.assertEqual(steps["finished"]["note"], "waits for goods")
        self.assertFalse(steps["shipped"]["done"] or steps["invoiced"]["done"])
        self._stock(10)
        order.picking_ids.action_assign()
        steps = self._steps(order)
        self.assertTrue(steps["finished"]["done"])
        self.assertEqual(steps["finished"]["note"], "")

    def test_shipped_in_parts(self):
        order = self._order(lines=[(self.goods, 10)])
        first = self._deliver(order, {self.goods: 6}, date="2026-03-02 10:00:00")
        steps = self._steps(order)
        self.assertFalse(steps["shipped"]["done"])
        self.assertEqual(steps["shipped"]["note"], "6 of 10")
        self.assertEqual(steps["shipped"]["date"], "2026-03-02 10:00:00")
        second = self._deliver(order, date="2026-03-05 10:00:00")
        steps = self._steps(order)
        self.assertTrue(steps["shipped"]["done"] and steps["finished"]["done"])
        self.assertEqual(steps["shipped"]["note"], "")
        self.assertEqual(steps["shipped"]["date"], "2026-03-05 10:00:00")
        [shown] = self._card()["orders"]
        self.assertEqual([p["id"] for p in shown["pickings"]], (first + second).ids)
        self.assertEqual(shown["pickings"][0]["date_done"], "2026-03-02 10:00:00")

    def test_rest_cancelled(self):
        """What will not follow is said: the order is through, with less than was ordered."""
        order = self._order(lines=[(self.goods, 10)])
        self._deliver(order, {self.goods: 6})
        order.picking_ids.filtered(lambda p: p.state != "done").action_cancel()
        step = self._steps(order)["shipped"]
        self.assertTrue(step["done"])
        self.assertEqual(step["note"], "6 of 10")

    def test_all_deliveries_cancelled(self):
        order = self._order(lines=[(self.goods, 10)])
        order.picking_ids.action_cancel()
        steps = self._steps(order)
        self.assertFalse(steps["shipped"]["done"] or steps["finished"]["done"])

    def test_different_units(self):
        kilo = self._product("lot", name="Nails", uom_id=self.env.ref("uom.product_uom_kgm").id)
        order = self._order(lines=[(self.goods, 10), (kilo, 2)])
        self._deliver(order, {self.goods: 10, kilo: 1})
        self.assertEqual(self._steps(order)["shipped"]["note"], "1 of 2 lines")

    def test_came_back(self):
        order = self._order(lines=[(self.goods, 10)])
        lot = self._lot(self.goods, "L-1")
        picking = self._deliver(order, lots={self.goods: [(lot, 10)]})
        back = self._return(picking, {self.goods: 10}, {self.goods: [(lot, 10)]})
        step = self._steps(order)["shipped"]
        self.assertTrue(step["done"])
        self.assertEqual(step["note"], f"came back: {back.name}")
        [shown] = self._card()["orders"]
        self.assertEqual([p["id"] for p in shown["pickings"]], picking.ids)

    def test_part_sent_and_part_of_it_came_back(self):
        """What still has to follow is not hidden by what came back, nor counted twice."""
        order = self._order(lines=[(self.goods, 10)])
        lot = self._lot(self.goods, "L-2")
        picking = self._deliver(order, {self.goods: 6}, lots={self.goods: [(lot, 6)]})
        back = self._return(picking, {self.goods: 1}, {self.goods: [(lot, 1)]})
        self.assertEqual(order.order_line.qty_delivered, 5)
        step = self._steps(order)["shipped"]
        self.assertFalse(step["done"])
        self.assertEqual(step["note"], f"6 of 10, came back: {back.name}")

    def test_came_back_in_another_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._order(lines=[(self.goods, 2)])
        order.order_line.product_uom_id = dozen
        lot = self._lot(self.goods, "L-3")
        picking = self._deliver(order, lots={self.goods: [(lot, 24)]})
        self.assertEqual(order.order_line.qty_delivered, 2)
        back = self._return(picking, {self.goods: 6}, {self.goods: [(lot, 6)]})
        self.assertEqual(order.order_line.qty_delivered, 1.5)
        self.assertEqual(self._steps(order)["shipped"]["note"], f"came back: {back.name}")

    def test_two_steps(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        warehouse.delivery_steps = "pick_ship"
        self._stock(10)
        order = self._order(lines=[(self.goods, 10)])
        steps = self._steps(order)
        self.assertEqual(list(steps), ["received", "finished", "picked", "shipped", "invoiced"])
        self.assertTrue(steps["finished"]["done"])
        self.assertFalse(steps["picked"]["done"] or steps["shipped"]["done"])
        pick = order.picking_ids.filtered(lambda p: p.state == "assigned")
        pick.move_ids.picked = True
        pick.button_validate()
        steps = self._steps(order)
        self.assertTrue(steps["picked"]["done"])
        self.assertFalse(steps["shipped"]["done"])
        [ship] = order.picking_ids - pick
        ship.move_ids.picked = True
        ship.button_validate()
        steps = self._steps(order)
        self.assertTrue(steps["picked"]["done"] and steps["shipped"]["done"])
        [shown] = self._card()["orders"]
        self.assertEqual([p["id"] for p in shown["pickings"]], ship.ids)

    def test_services_only(self):
        service = self._product(name="Advice", type="service")
        order = self._order(lines=[(service, 1)])
        self.assertEqual(list(self._steps(order)), ["received", "invoiced"])

    def test_invoiced(self):
        order = self._order()
        draft = self._invoice(order, post=False)
        self.assertFalse(self._steps(order)["invoiced"]["done"])
        draft.invoice_date = "2026-04-01"
        draft.action_post()
        step = self._steps(order)["invoiced"]
        self.assertTrue(step["done"])
        self.assertEqual((step["date"], step["note"]), ("2026-04-01 12:00:00", "not paid"))
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=draft.ids
        ).create({})._create_payments()
        self.assertEqual(self._steps(order)["invoiced"]["note"], "paid")
        draft._reverse_moves([{"invoice_date": "2026-04-02"}]).action_post()
        self.assertIn("with credit note", self._steps(order)["invoiced"]["note"])

    def test_invoiced_in_part(self):
        product = self._product("lot", name="Drill", invoice_policy="delivery")
        order = self._order(lines=[(product, 10)])
        self._deliver(order, {product: 6})
        self._invoice(order)
        self._deliver(order)
        step = self._steps(order)["invoiced"]
        self.assertFalse(step["done"])
        self.assertEqual(step["note"], "partly, not paid")

    def test_tracking(self):
        """Where carriers are there: reference and, if it is one of the web, link."""
        order = self._order(lines=[(self.goods, 10)])
        picking = self._deliver(order)
        self.assertEqual(self._card()["orders"][0]["tracking"], [])
        if "carrier_tracking_ref" not in picking._fields:
            return
        picking.carrier_tracking_ref = "T-1"
        self.assertEqual(
            self._card()["orders"][0]["tracking"],
            [{"carrier": "", "reference": "T-1", "url": False}],
        )

    def test_made(self):
        """Where goods are made in this house: made is what is finished, with its date."""
        order = self._order(lines=[(self.goods, 10)])
        self.assertEqual(self._steps(order)["finished"]["label"], "Ready")
        if "mrp_production_ids" not in order._fields:
            return
        productions = self.env["mrp.production"].create(
            [{"product_id": self.goods.id, "product_qty": 5} for _number in range(2)]
        )
        order.stock_reference_ids[0].production_ids = productions
        step = self._steps(order)["finished"]
        self.assertEqual((step["label"], step["done"]), ("Made", False))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mrp_production SET state = 'done', date_finished = '2026-03-01 08:00:00'"
            " WHERE id = %s",
            (productions[0].id,),
        )
        step = self._steps(order)["finished"]
        self.assertEqual((step["note"], step["date"]), ("1 of 2", "2026-03-01 08:00:00"))
        self.assertFalse(step["done"])
