from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.complaint_management.tests.common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestRepair(ComplaintCommon):
    """A granted repair is a repair order, and the request follows it (R37, T17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category_quality.plan_id = False

    def _demand(self, user=None, **vals):
        complaint = self._registered_complaint(
            demand_ids=[Command.create({"kind": "repair", "name": "Repair them"})], **vals
        )
        demand = complaint.demand_ids.with_user(user or self.user_sales)
        demand.action_accept()
        return demand

    def _carry_out(self, demand):
        before = demand.sudo().repair_ids
        demand.action_execute()
        return demand.sudo().repair_ids - before

    def _serials(self, count=2):
        """A delivered order of ``count`` drills: product, picking, the serial numbers."""
        drill = self._product("serial", name="Drill")
        order = self._order(lines=[(drill, float(count))])
        picking = self._deliver(order)
        return drill, picking, picking.move_line_ids.lot_id

    def _serial_demand(self, drill, picking, lots):
        line = self._prepare_line_vals(
            product_id=drill.id,
            move_id=picking.move_ids.id,
            lot_name=False,
            lot_ids=[Command.set(lots.ids)],
            quantity_complained=len(lots),
        )
        return self._demand(
            sale_order_id=picking.sale_id.id,
            picking_id=picking.id,
            line_ids=[Command.create(line)],
        )

    def _finish(self, repair):
        repair.action_repair_start()
        repair.action_repair_done()

    def test_one_press_makes_the_repair_order(self):
        self.product.complaint_warranty_months = 12
        demand = self._demand()
        self.assertTrue(demand.can_execute)
        repair = self._carry_out(demand)
        self.assertEqual((repair.product_id, repair.product_qty), (self.product, 3.0))
        self.assertEqual((repair.partner_id, repair.company_id), (self.customer, self.company))
        self.assertEqual(repair.under_warranty, demand.line_ids.complaint_line_id.in_warranty)
        self.assertTrue(repair.under_warranty)
        self.assertEqual(repair.user_id, self.user_contributor)
        self.assertIn(demand.complaint_id.name, repair.internal_notes)
        self.assertIn(self.product.name, repair.internal_notes)
        self.assertFalse(demand.action_ids, "no action beside it")
        self.assertFalse(demand.can_execute)
        self.assertIn(repair.name, demand.document_summary)

    def test_the_warehouse_reads_nothing_the_customer_wrote(self):
        demand = self._demand(description="Our buyer Ms Secret was hurt: rusty")
        demand.answer = "We grind and oil them"
        repair = self._carry_out(demand).with_user(self.user_stock)
        notes = repair.internal_notes
        for words in ("Secret", "rusty", "Repair them"):
            self.assertNotIn(words, notes)
        self.assertIn("We grind and oil them", notes)

    def test_goods_and_services_together(self):
        """The goods are repair orders, the rest is an action; each is made again by itself."""
        service = self._product(name="Cleaning", type="service")
        lines = [self._prepare_line_vals(), self._prepare_line_vals(product_id=service.id)]
        demand = self._demand(line_ids=[Command.create(vals) for vals in lines])
        repair = self._carry_out(demand)
        action = demand.action_ids
        self.assertEqual((len(repair), len(action)), (1, 1))
        self.assertIn("Cleaning", action.name)
        self.assertNotIn(self.product.name, action.name)
        self.assertFalse(demand.can_execute)
        self.assertFalse(self._carry_out(demand))
        self.assertEqual(demand.action_ids, action)

        repair.action_repair_cancel()
        self.assertTrue(demand.can_execute)
        again = self._carry_out(demand)
        self.assertEqual(len(again), 1)
        self.assertEqual(demand.action_ids, action)
        self._finish(again)
        self.assertEqual(demand.state, "accepted", "the cleaning is to come")

    def test_out_of_guarantee(self):
        demand = self._demand(
            line_ids=[Command.create(self._prepare_line_vals(date_shipped="2001-01-01"))]
        )
        self.assertFalse(self._carry_out(demand).under_warranty)

    def test_one_for_each_serial_number_from_its_return(self):
        drill, picking, lots = self._serials()
        demand = self._serial_demand(drill, picking, lots)
        returned = self._return(picking, {drill: 1.0}, {drill: [(lots[0], 1.0)]})
        repairs = self._carry_out(demand)
        self.assertEqual(repairs.lot_id, lots)
        self.assertEqual(repairs.mapped("product_qty"), [1.0, 1.0])
        by_lot = {repair.lot_id: repair for repair in repairs}
        self.assertEqual(by_lot[lots[0]].picking_id, returned)
        self.assertFalse(by_lot[lots[1]].picking_id)

    def test_done_when_all_are_repaired(self):
        demand = self._serial_demand(*self._serials())
        first, second = self._carry_out(demand)
        self._finish(first)
        self.assertEqual(demand.state, "accepted")
        with self.assertRaises(UserError):
            demand.action_done()
        self._finish(second)
        self.assertEqual(demand.state, "done")

    def test_pressed_twice_cancelled_and_deleted(self):
        demand = self._serial_demand(*self._serials())
        first, second = self._carry_out(demand)
        self.assertFalse(self._carry_out(demand))
        first.action_repair_cancel()
        self.assertTrue(demand.can_execute)
        third = self._carry_out(demand)
        self.assertEqual(third.lot_id, first.lot_id)
        second.unlink()
        fourth = self._carry_out(demand)
        self.assertEqual(len(fourth), 1)
        self.assertFalse(self._carry_out(demand))

    def test_a_copy_meets_no_request(self):
        repair = self._carry_out(self._demand())
        copy = repair.copy()
        self.assertFalse(copy.complaint_demand_id or copy.complaint_demand_line_id)
        with self.assertRaises(UserError):
            copy.complaint_demand_id = repair.complaint_demand_id
        with self.assertRaises(UserError):
            copy.complaint_demand_line_id = repair.complaint_demand_line_id

    def test_lot_goods_and_units(self):
        paint = self._product("lot", name="Paint")
        lot = self._lot(paint, "P-1")
        dozen = self.env.ref("uom.product_uom_dozen")
        line = self._prepare_line_vals(
            product_id=paint.id,
            product_uom_id=dozen.id,
            lot_ids=[Command.set(lot.ids)],
            quantity_complained=2.0,
        )
        demand = self._demand(line_ids=[Command.create(line)])
        repair = self._carry_out(demand)
        self.assertEqual((repair.lot_id, repair.product_qty), (lot, 2.0))
        self.assertEqual(repair.product_uom, dozen)
        self.assertFalse(demand.can_execute)

    def test_services_and_unknown_goods_are_an_action(self):
        service = self._product(name="Cleaning", type="service")
        for vals in ({"product_id": service.id}, {"product_id": False, "name": "A drill"}):
            demand = self._demand(line_ids=[Command.create(self._prepare_line_vals(**vals))])
            demand.action_execute()
            with self.subTest(vals=vals):
                self.assertFalse(demand.sudo().repair_ids)
                self.assertEqual(demand.action_ids.kind, "correction")

    def test_in_the_complaints_company(self):
        company = self._second_company()
        self.user_sales.company_ids = [Command.link(company.id)]
        complaint = self._complaint(
            company_id=company.id,
            category_id=self.category_simple.id,
            line_ids=[Command.create(self._prepare_line_vals())],
            demand_ids=[Command.create({"kind": "repair"})],
        )
        complaint.action_register()
        demand = complaint.demand_ids.with_user(self.user_sales)
        demand.action_accept()
        repair = self._carry_out(demand)
        self.assertEqual(repair.company_id, company)
        self.assertEqual(repair.picking_type_id.company_id, company)
        self.assertEqual(repair.location_id.company_id, company)

    @mute_logger("odoo.models")
    def test_both_ways(self):
        demand = self._demand()
        repair = self._carry_out(demand)
        complaint = demand.complaint_id
        with self.assertRaises(AccessError):
            complaint.with_user(self.user_sales).action_view_repairs()
        self.user_sales.group_ids = [Command.link(self.env.ref("stock.group_stock_user").id)]
        inside = complaint.with_user(self.user_sales)
        self.assertEqual(inside.repair_count, 1)
        self.assertEqual(inside.action_view_repairs()["res_id"], repair.id)
        back = repair.with_user(self.user_sales)
        self.assertEqual(back.complaint_count, 1)
        found = self.env["complaint.complaint"].search(back.action_view_complaints()["domain"])
        self.assertEqual(found, complaint)
        stranger = repair.with_user(self.user_sales2)
        self.assertEqual(stranger.sudo(False)._get_remedied_complaints(), [])

    def test_a_contributor_in_the_warehouse_opens_the_form(self):
        """He sees the complaint; which request a repair meets is none of his."""
        demand = self._demand()
        self._carry_out(demand)
        user = self.user_contributor
        user.group_ids = [Command.link(self.env.ref("stock.group_stock_user").id)]
        self.env["complaint.action"].create(
            {
                "complaint_id": demand.complaint_id.id,
                "kind": "correction",
                "name": "Look at it",
                "deadline": fields.Date.today(),
                "user_id": user.id,
            }
        )
        complaint = demand.complaint_id.with_user(user)
        self.assertNotIn(
            "action_view_repairs", complaint.get_view(view_type="form")["arch"], "no button"
        )
        self.env.invalidate_all()
        self.assertTrue(complaint.read())

    def test_a_serials_history(self):
        drill, picking, lots = self._serials(1)
        demand = self._serial_demand(drill, picking, lots)
        self._carry_out(demand)
        self.assertEqual(lots.in_repair_count, 1)
        self.user_sales.group_ids = [Command.link(self.env.ref("stock.group_stock_user").id)]
        self.assertEqual(lots.with_user(self.user_sales).complaint_count, 1)
