from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .free_common import FreeCommon


@tagged("post_install", "-at_install")
class TestFreeGoods(FreeCommon):
    """Goods that cost nothing leave on an order of their own, and nothing is invoiced (R37)."""

    def test_one_press_makes_the_order_and_its_delivery(self):
        demand = self._free_demand(customer_reference="KR-77")
        self.assertTrue(demand.can_execute)
        opened = demand.action_execute()
        order = demand.sudo().order_ids
        self.assertEqual((opened["res_model"], opened["res_id"]), ("sale.order", order.id))
        self.assertEqual((order.state, order.partner_id), ("sale", self.customer))
        self.assertEqual(order.origin, demand.complaint_id.name)
        self.assertEqual(order.client_order_ref, "KR-77")
        self.assertEqual(order.user_id, self.user_sales)
        note, line = order.order_line
        self.assertIn(demand.complaint_id.name, note.name)
        self.assertEqual((line.product_id, line.product_uom_qty), (self.product, 3.0))
        self.assertEqual((line.price_unit, order.amount_total), (0.0, 0.0))
        self.assertEqual(line.complaint_demand_line_id, demand.line_ids)
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 3.0)
        self.assertIn(demand.complaint_id.name, order.picking_ids.note)
        self.assertEqual(demand.state, "accepted")
        self.assertFalse(demand.can_execute)
        self.assertIn(order.name, demand.document_summary)

    def test_goes_where_the_goods_went(self):
        address = self.env["res.partner"].create(
            {"name": "Branch", "parent_id": self.customer.id, "type": "delivery"}
        )
        sold = self._order(partner_shipping_id=address.id)
        delivered = self._deliver(sold)
        demand = self._free_demand(sale_order_id=sold.id, picking_id=delivered.id)
        order = self._carry_out(demand)
        self.assertEqual(order.partner_shipping_id, address)
        self.assertEqual(order.picking_ids.partner_id, address)
        self.assertEqual(order.warehouse_id, sold.warehouse_id)
        self.assertEqual(order.pricelist_id, sold.pricelist_id)

    def test_done_when_delivered(self):
        demand = self._free_demand()
        order = self._carry_out(demand)
        with self.assertRaisesRegex(UserError, order.name):
            demand.action_done()
        self._deliver(order)
        self.assertEqual(demand.state, "done")

    def test_nothing_is_ever_to_invoice(self):
        for policy in ("order", "delivery"):
            self.product.invoice_policy = policy
            order = self._carry_out(self._free_demand())
            with self.subTest(policy=policy):
                self.assertEqual(order.invoice_status, "no")
                self._deliver(order)
                self.assertEqual((order.invoice_status, order.amount_to_invoice), ("no", 0.0))
                self.assertEqual(order.order_line.mapped("qty_to_invoice"), [0.0, 0.0])
                with self.assertRaises(UserError):
                    order._create_invoices()

    def test_pressed_twice_makes_nothing_new(self):
        demand = self._free_demand()
        self._carry_out(demand)
        self.assertFalse(self._carry_out(demand))
        self.assertEqual(len(demand.sudo().order_ids), 1)

    def test_cancelled_order_is_replaced(self):
        demand = self._free_demand()
        order = self._carry_out(demand)
        order._action_cancel()
        self.assertTrue(demand.can_execute)
        second = self._carry_out(demand)
        self.assertEqual(second.order_line[-1].product_uom_qty, 3.0)
        with self.assertRaises(UserError):
            order.action_draft()
        second._action_cancel()
        order.action_draft()
        self.assertEqual(order.state, "draft")

    def test_cancelled_delivery_is_replaced(self):
        demand = self._free_demand()
        order = self._carry_out(demand)
        order.picking_ids.action_cancel()
        self.assertTrue(demand.can_execute)
        second = self._carry_out(demand)
        self._deliver(second)
        self.assertEqual(demand.state, "done")
        with self.assertRaisesRegex(UserError, "no more of"):
            order.order_line[-1].product_uom_qty = 4.0

    def test_deleted_order_is_replaced(self):
        demand = self._free_demand()
        order = self._carry_out(demand)
        self._deliver(order)
        self.assertEqual(demand.state, "done")
        # What is delivered is not cancelled by anybody's mistake; an administrator may
        order.with_context(disable_cancel_warning=True)._action_cancel()
        self.assertEqual(demand.state, "accepted")
        order.unlink()
        self.assertEqual(demand.state, "accepted")
        self.assertTrue(self._carry_out(demand))

    def test_part_delivered_without_backorder_is_still_owed(self):
        demand = self._free_demand()
        order = self._carry_out(demand)
        self._deliver(order, {self.product: 2.0})
        backorder = order.picking_ids.filtered(lambda p: p.state != "done")
        self.assertEqual(demand.state, "accepted")
        self.assertFalse(demand.can_execute, "the rest is on its way")
        backorder.action_cancel()
        self.assertTrue(demand.can_execute)
        rest = self._carry_out(demand)
        self.assertEqual(rest.order_line[-1].product_uom_qty, 1.0)
        self._deliver(rest)
        self.assertEqual(demand.state, "done")

    def test_less_than_granted_is_ordered_again(self):
        demand = self._free_demand()
        order = self._carry_out(demand)
        order.order_line[-1].product_uom_qty = 1.0
        self.assertTrue(demand.can_execute)
        self.assertEqual(self._carry_out(demand).order_line[-1].product_uom_qty, 2.0)

    def test_a_copy_is_an_ordinary_order(self):
        order = self._carry_out(self._free_demand())
        copy = order.copy()
        self.assertFalse(copy.complaint_demand_id)
        self.assertFalse(copy.order_line.complaint_demand_line_id)
        copy.order_line[-1].price_unit = 20.0
        self.assertEqual(copy.amount_total, 60.0)

    def test_units_of_the_complaint(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        demand = self._free_demand(
            line_ids=[
                Command.create(
                    self._prepare_line_vals(product_uom_id=dozen.id, quantity_complained=1.0)
                )
            ]
        )
        order = self._carry_out(demand)
        line = order.order_line[-1]
        self.assertEqual((line.product_uom_id, line.product_uom_qty), (dozen, 1.0))
        self._deliver(order, {self.product: 12.0})
        self.assertEqual(demand.state, "done")

    def test_bad_lots_are_not_sent_again(self):
        product = self._product("lot", name="Paint")
        lot = self._lot(product, "L-BAD")
        demand = self._free_demand(
            line_ids=[
                Command.create(
                    self._prepare_line_vals(product_id=product.id, lot_ids=[Command.set(lot.ids)])
                )
            ]
        )
        order = self._carry_out(demand)
        self.assertIn("L-BAD", order.picking_ids.note)
        self._deliver(order)
        self.assertEqual(demand.state, "done")
        self.assertNotIn(lot, order.picking_ids.move_ids.lot_ids)

    def test_a_service_waits_until_it_is_delivered(self):
        service = self._product(name="Cleaning", type="service")
        demand = self._free_demand(
            line_ids=[
                Command.create(
                    self._prepare_line_vals(product_id=service.id, quantity_complained=1.0)
                )
            ]
        )
        order = self._carry_out(demand)
        self.assertFalse(order.picking_ids)
        self.assertEqual(demand.state, "accepted")
        order.order_line[-1].qty_delivered = 1.0
        self.assertEqual(demand.state, "done")
        self.assertEqual(order.invoice_status, "no")

    def test_without_goods_or_customer(self):
        demand = self._free_demand(
            line_ids=[Command.create({"name": "A blade", "quantity_complained": 1})]
        )
        with self.assertRaisesRegex(UserError, "which goods"):
            demand.action_execute()
        hotline = self._free_demand(
            partner_id=False,
            contact_id=False,
            complainant_name="Ann Hotline",
            phone="+1 555 010 0777",
            sale_order_id=False,
            picking_id=False,
        )
        with self.assertRaisesRegex(UserError, "no customer yet"):
            hotline.action_execute()

    def test_without_order_and_price_list(self):
        self.customer.property_product_pricelist = False
        demand = self._free_demand(sale_order_id=False, picking_id=False)
        order = self._carry_out(demand)
        self.assertEqual(order.partner_id, self.customer)
        self.assertEqual(order.amount_total, 0.0)

    def test_in_the_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        self.product.with_context(lang="fr_FR").name = "Tournevis"
        order = self._carry_out(self._free_demand())
        self.assertIn("Tournevis", order.order_line[-1].name)

    def test_in_the_complaints_company(self):
        company = self._second_company()
        self.user_sales.company_ids = [Command.link(company.id)]
        demand = self._free_demand(
            company_id=company.id, sale_order_id=False, picking_id=False, team_id=False
        )
        self.assertEqual(demand.env.company, self.company)
        order = self._carry_out(demand)
        self.assertEqual(order.company_id, company)
        self.assertEqual(order.warehouse_id.company_id, company)
        self.assertEqual(order.picking_ids.company_id, company)

    def test_who_may_not_sell_carries_out_all_the_same(self):
        demand = self._free_demand(user=self.user_quality)
        self.assertFalse(self.env["sale.order"].with_user(self.user_quality).has_access("create"))
        told = demand.action_execute()
        self.assertEqual(told["tag"], "display_notification")
        self.assertIn(demand.sudo().order_ids.name, told["params"]["message"])
        self.assertEqual(demand.sudo().order_ids.user_id, self.user_sales)

    def test_the_customer_is_told_nothing_by_itself(self):
        demand = self._free_demand()
        mails = self.env["mail.mail"].search([])
        self._carry_out(demand)
        self.assertFalse(self.env["mail.mail"].search([]) - mails)

    def test_a_case_that_is_over_gives_its_lead_a_to_do(self):
        demand = self._free_demand()
        order = self._carry_out(demand)
        self._deliver(order)
        complaint = demand.complaint_id
        complaint.sudo()._write_trusted({"state": "closed"})
        before = complaint.sudo().activity_ids
        order.with_context(disable_cancel_warning=True)._action_cancel()
        self.assertEqual(demand.state, "done")
        self.assertEqual(len(complaint.sudo().activity_ids - before), 1)

    def test_notes_of_the_transfer_stay(self):
        demand = self._free_demand()
        order = self._carry_out(demand)
        order.picking_ids.note = "<p>Mind the dog</p>"
        order._tell_warehouse_of_complaint()
        self.assertIn("Mind the dog", order.picking_ids.note)
        self.assertIn(demand.complaint_id.name, order.picking_ids.note)
