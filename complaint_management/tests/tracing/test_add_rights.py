"""Whose lots one may put into a complaint, and what one is told about the others' (R60)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TracingCase


@tagged("post_install", "-at_install")
class TestAddRights(TracingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._lot(cls.paint, "LOT-7")

    def _refusal(self, complaint, code="LOT-7"):
        with self.assertRaises(UserError) as caught:
            complaint.action_add_code(code)
        self.assertFalse(complaint.line_ids)
        self.assertFalse(complaint.sale_order_id)
        return str(caught.exception)

    def test_salesperson_reads_no_lots_of_moves(self):
        """The way is open although core may close what moves are made of to him."""
        access = self.env["ir.model.access"].search([("model_id.model", "=", "stock.move.line")])
        access.filtered(lambda a: a.group_id == self.env.ref("base.group_user")).active = False
        self.assertFalse(self.env["stock.move.line"].with_user(self.user_sales).has_access("read"))
        picking = self._deliver_lots([(self.lot, 5)])
        complaint = self._draft()
        self.env.invalidate_all()
        complaint.action_add_code("LOT-7")
        self.assertEqual(complaint.picking_id, picking)

    def test_other_customer_is_named_to_his_salesperson(self):
        self._deliver_lots([(self.lot, 5)], partner=self.customer2)
        text = self._refusal(self._draft())
        self.assertIn("Corner Shop", text)
        self.assertIn("Harbour Hotel", text)

    def test_other_customer_of_a_colleague(self):
        self._deliver_lots([(self.lot, 5)], partner=self.customer2, user=self.user_sales2)
        text = self._refusal(self._draft())
        self.assertNotIn("Corner Shop", text)
        self.assertIn("another customer", text)

    def test_colleagues_order_of_the_same_customer(self):
        self._deliver_lots([(self.lot, 5)], user=self.user_sales2)
        self.assertIn("may not open", self._refusal(self._draft()))
        service = self._draft(user=self.user_service)
        service.action_add_code("LOT-7")
        self.assertEqual(len(service.line_ids), 1, "customer service reads all orders")

    def test_two_customers_with_the_same_lot(self):
        own = self._deliver_lots([(self.lot, 5)])
        self._deliver_lots([(self.lot, 2)], partner=self.customer2)
        complaint = self._draft()
        complaint.action_add_code("LOT-7")
        self.assertEqual(complaint.picking_id, own)
        answer = self._draft(partner_id=False).action_add_code("LOT-7")
        wizard = self.env["complaint.source.wizard"].browse(answer["action"]["res_id"])
        self.assertEqual(
            set(wizard.line_ids.mapped("customer_name")), {"Harbour Hotel", "Corner Shop"}
        )

    def test_choice_leaves_out_what_one_may_not_read(self):
        self._deliver_lots([(self.lot, 5)])
        self._deliver_lots([(self.lot, 2)], partner=self.customer2, user=self.user_sales2)
        complaint = self._draft(partner_id=False)
        complaint.action_add_code("LOT-7")
        self.assertEqual(complaint.partner_id, self.customer)

    def test_two_companies(self):
        company = self._second_company()
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self.assertTrue(warehouse)
        self._deliver_lots([(self.lot, 5)], company=company, user=self.env["res.users"])
        complaint = self._draft()
        self.assertNotIn("Second Company", self._refusal(complaint))
        self.user_sales.company_ids += company
        both = complaint.with_context(allowed_company_ids=(self.company + company).ids)
        self.assertIn("delivered by Second Company", self._refusal(both))

    def test_quality_without_sales(self):
        self._deliver_lots([(self.lot, 5)])
        complaint = self._complaint(user=self.user_quality)
        self.assertIn("may not open", self._refusal(complaint))

    def test_warehouse_reads_deliveries(self):
        """No orders at all, but deliveries: then those decide."""
        self.user_stock.group_ids += self.env.ref("complaint_management.group_complaint_user")
        picking = self._deliver_lots([(self.lot, 5)])
        complaint = self._complaint(user=self.user_stock)
        complaint.action_add_code("LOT-7")
        self.assertEqual(complaint.picking_id, picking)

    def test_foreign_complaint(self):
        self._deliver_lots([(self.lot, 5)])
        complaint = self._draft()
        for user in (self.user_contributor, self.user_sales2, self.user_portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                complaint.with_user(user).action_add_code("LOT-7")
        self.assertFalse(complaint.line_ids)
