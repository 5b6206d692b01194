"""Several orders of the customer in one complaint, by number or from a list (R2, R62)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TracingCase


@tagged("post_install", "-at_install")
class TestAddOrders(TracingCase):
    def test_further_order(self):
        first, second = self._order(), self._order(client_order_ref="PO-9999")
        self._deliver(first)
        picking = self._deliver(second)
        complaint = self._from_order(first)
        self.assertFalse(complaint.has_several_orders)
        answer = complaint.action_add_code("PO-9999")
        self.assertEqual(answer["level"], "success")
        self.assertEqual(complaint.sale_order_id, first, "the head keeps the first")
        self.assertEqual(complaint.customer_order_ref, "PO-4711")
        self.assertEqual(complaint.line_ids.sale_order_id, first + second)
        self.assertTrue(complaint.has_several_orders)
        self.assertEqual(self._ticked(complaint), [])
        orders = [line.sale_order_id for line in complaint.line_ids]
        self.assertEqual(orders, [first, second], "one behind the other")
        both = (first + second).with_user(self.user_sales)
        self.assertEqual(both.mapped("complaint_count"), [1, 1])
        self.assertEqual(picking.with_user(self.user_sales).complaint_count, 1)
        self.assertEqual(complaint.action_add_code(second.name)["level"], "info")
        self.assertEqual(len(complaint.line_ids), 2)

    def test_further_delivery(self):
        first, second = self._order(), self._order()
        one, two = self._deliver(first), self._deliver(second)
        complaint = self._from_picking(one)
        complaint.action_add_code(two.name)
        self.assertEqual(complaint.line_ids.picking_id, one + two)
        self.assertEqual(complaint.picking_id, one)

    def test_same_number_of_two_customers(self):
        """PO-4711 is what everybody calls his order: the customer's own is meant."""
        own = self._order()
        self._order(partner=self.customer2)
        complaint = self._draft()
        complaint.action_add_code("PO-4711")
        self.assertEqual(complaint.sale_order_id, own)
        answer = self._draft(partner_id=False).action_add_code("PO-4711")
        self.assertEqual(answer["level"], "choice")

    def test_other_customer(self):
        order = self._order(partner=self.customer2)
        picking = self._deliver(order)
        complaint = self._draft()
        for code in (order.name, picking.name):
            with self.subTest(code=code), self.assertRaisesRegex(UserError, "Corner Shop"):
                complaint.action_add_code(code)
        self.assertFalse(complaint.line_ids)
        self.assertFalse(complaint.sale_order_id)

    def test_quotation(self):
        order = self._order(confirm=False)
        with self.assertRaisesRegex(UserError, "is a quotation"):
            self._draft().action_add_code(order.name)

    def test_not_shipped_yet(self):
        order = self._order()
        with self.assertRaisesRegex(UserError, "has not left yet"):
            self._draft().action_add_code(order.picking_ids.name)

    def test_colleagues_order(self):
        """Not to be seen, hence not known."""
        order = self._order(user=self.user_sales2)
        picking = self._deliver(order)
        for code in (order.name, picking.name):
            with self.subTest(code=code), self.assertRaisesRegex(UserError, "you may see"):
                self._draft().action_add_code(code)

    def test_other_company(self):
        company = self._second_company()
        order = self._order(company=company, user=self.env["res.users"])
        complaint = self._draft()
        with self.assertRaisesRegex(UserError, "you may see"):
            complaint.action_add_code(order.name)
        self.user_sales.company_ids += company
        both = complaint.with_context(allowed_company_ids=(self.company + company).ids)
        with self.assertRaisesRegex(UserError, "belongs to Second Company"):
            both.action_add_code(order.name)
        self.assertFalse(complaint.line_ids)

    def test_package(self):
        order = self._order()
        picking = order.picking_ids
        package = self.env["stock.package"].create({"name": "PACK-0815"})
        picking.move_ids.quantity = 10
        picking.move_line_ids.result_package_id = package
        self._validate_packed(picking)
        complaint = self._draft()
        complaint.action_add_code("PACK-0815")
        self.assertEqual(complaint.picking_id, picking)

    def test_product_goes_before_package(self):
        """Its bar code is scanned most: packages are in large tables, and have an index."""
        self.env["stock.package"].create({"name": self.paint.barcode})
        complaint = self._draft()
        complaint.action_add_code(self.paint.barcode)
        self.assertEqual(complaint.line_ids.product_id, self.paint)
        self.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'stock_move_line'"
            " AND indexdef LIKE '%(result_package_id)%'"
        )
        self.assertTrue(self.cr.fetchall())

    def _validate_packed(self, picking):
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(picking.state, "done")

    def test_list_of_orders(self):
        first, second, third = self._order(), self._order(), self._order()
        self._order(user=self.user_sales2)
        self._order(partner=self.customer2)
        complaint = self._from_order(first)
        action = complaint.action_choose_orders()
        wizard = self.env["complaint.source.wizard"].with_user(self.user_sales)
        wizard = wizard.browse(action["res_id"])
        self.assertEqual(wizard.line_ids.mapped("source_name"), [third.name, second.name])
        with self.assertRaisesRegex(UserError, "Tick the orders"):
            wizard.action_add_selected()
        wizard.line_ids.selected = True
        wizard.action_add_selected()
        self.assertEqual(complaint.line_ids.sale_order_id, first + second + third)
        with self.assertRaisesRegex(UserError, "no other confirmed order"):
            complaint.action_choose_orders()
        with self.assertRaisesRegex(UserError, "Choose the customer first"):
            self._draft(partner_id=False).action_choose_orders()

    def test_row_of_a_choice_grants_nothing(self):
        """What a browser writes into the choice is checked like everything else."""
        foreign = self._order(user=self.user_sales2)
        self._deliver(foreign)
        complaint = self._draft()
        wizard = self.env["complaint.source.wizard"].with_user(self.user_sales)
        wizard = wizard.create({"complaint_id": complaint.id})
        line = self.env["complaint.source.wizard.line"].with_user(self.user_sales)
        line = line.create({"wizard_id": wizard.id, "sale_order_id": foreign.id})
        with self.assertRaises(AccessError):
            line.action_take()
        own = self._order()
        self._deliver(own)
        line = line.create(
            {
                "wizard_id": wizard.id,
                "sale_order_id": own.id,
                "move_id": foreign.picking_ids.move_ids.id,
            }
        )
        with self.assertRaisesRegex(UserError, "does not bring these goods"):
            line.action_take()


@tagged("post_install", "-at_install")
class TestAddProduct(TracingCase):
    def test_bar_code_ticks_the_line(self):
        lot = self._lot(self.paint, "L-1")
        picking = self._deliver_lots([(lot, 5)])
        complaint = self._from_picking(picking)
        complaint.action_add_code("4012345678901")
        self.assertEqual(self._ticked(complaint), [(self.paint, "L-1", 0, True)])
        self.assertEqual(complaint.action_add_code("PAINT")["level"], "info")

    def test_delivered_to_the_customer(self):
        picking = self._deliver(self._order(lines=[(self.product, 4)]))
        self.product.default_code = "SCREW"
        complaint = self._draft()
        complaint.action_add_code("SCREW")
        self.assertEqual(complaint.picking_id, picking)
        self.assertEqual(self._ticked(complaint), [(self.product, "", 0, True)])

    def test_consumer_without_an_order(self):
        complaint = self._draft(partner_id=False, complainant_type="consumer")
        complaint.action_add_code("PAINT")
        self.assertFalse(complaint.sale_order_id)
        self.assertEqual(self._ticked(complaint), [(self.paint, "", 0, True)])
        complaint.action_add_code("PAINT")
        self.assertEqual(len(complaint.line_ids), 1)
