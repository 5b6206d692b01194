"""Complaints seen from orders, deliveries, customers, products and lots."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestStatButtons(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tracked = cls._product("lot", name="Paint")
        cls.lot = cls._lot(cls.tracked, "P-1")
        cls.order = cls._order(partner=cls.contact, lines=[(cls.tracked, 4)])
        cls.picking = cls._deliver(cls.order, lots={cls.tracked: [(cls.lot, 4)]})
        cls.sources = [
            cls.order,
            cls.picking,
            cls.customer,
            cls.contact,
            cls.tracked,
            cls.tracked.product_tmpl_id,
            cls.lot,
        ]
        complaints = cls.env["complaint.complaint"].with_user(cls.user_sales)
        cls.complaint = complaints.create_from_order(cls.order.id, {})

    def test_each_counts_and_opens_it(self):
        for source in self.sources:
            with self.subTest(source=source._name):
                self.assertEqual(source.complaint_count, 1)
                action = source.action_view_complaints()
                found = self.env[action["res_model"]].search(action["domain"])
                self.assertEqual(found, self.complaint)

    def test_others_have_none(self):
        order = self._order(partner=self.customer2, lines=[(self.product, 1)])
        for source in (order, order.picking_ids, self.customer2, self.product):
            self.assertEqual(source.complaint_count, 0)

    def test_complaint_over_several_orders_counts_in_each(self):
        """R62; and once, however many of its lines name the product."""
        other = self._order(lines=[(self.tracked, 1)])
        self.complaint.line_ids.sudo().copy(
            {"complaint_id": self.complaint.id, "sale_line_id": other.order_line.id}
        )
        self.assertEqual(other.complaint_count, 1)
        self.assertEqual(self.order.complaint_count, 1)
        self.assertEqual(self.tracked.complaint_count, 1)

    def test_counts_what_the_user_may_see(self):
        self.complaint.sudo().user_id = self.user_sales2
        customer = self.customer.with_user(self.user_sales2)
        self.assertEqual(customer.complaint_count, 1)
        foreign = self._complaint(user_id=self.user_service.id)
        self.assertEqual(customer.complaint_count, 1)
        self.env.invalidate_all()
        self.assertEqual(customer.complaint_count, 1)
        self.assertEqual(self.customer.with_user(self.user_quality).complaint_count, 2)
        self.assertNotIn(
            foreign, self.env["complaint.complaint"].with_user(self.user_sales2).search([])
        )

    def test_queries_do_not_grow(self):
        orders = self.order
        for _number in range(8):
            orders += self._order(confirm=False)
        orders = orders.with_user(self.user_sales)
        counts = []
        for batch in (orders[:1], orders[:1], orders):
            self.env.flush_all()
            self.env.invalidate_all()
            batch.mapped("name")
            before = self.env.cr.sql_log_count
            batch._compute_complaint_count()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertNoQueryEach(*counts[1:], further=8)

    def test_stock_user_without_our_group(self):
        """Deliveries, lots and products open as before for people who have no complaints."""
        # With stock_delivery core's own form needs the right to write contacts.
        self.user_stock.group_ids = [(4, self.env.ref("base.group_partner_manager").id)]
        self.env.invalidate_all()
        for source in (self.picking, self.lot, self.tracked, self.customer):
            with self.subTest(source=source._name):
                record = source.with_user(self.user_stock)
                with Form(record) as form:
                    self.assertNotIn("complaint_count", form._view["fields"])
                with self.assertRaises(AccessError):
                    record.read(["complaint_count"])

    def test_salesperson_opens_the_order(self):
        with Form(self.order.with_user(self.user_sales)) as form:
            self.assertEqual(form.complaint_count, 1)

    def test_buttons_are_where_they_belong(self):
        for source, state in ((self.order, "state != 'sale'"), (self.picking, "state != 'done'")):
            arch = source.with_user(self.user_admin).get_view(view_type="form")["arch"]
            self.assertIn('name="action_create_complaint"', arch)
            self.assertIn(state, arch)
            arch = source.with_user(self.user_stock).get_view(view_type="form")["arch"]
            self.assertNotIn("action_create_complaint", arch)
            self.assertNotIn("action_view_complaints", arch)
