from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestStock(ComplaintCommon):
    """What of the affected goods is still in the house is noted with its date (R29)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock = (
            cls.env["stock.warehouse"]
            .search([("company_id", "=", cls.company.id)], limit=1)
            .lot_stock_id
        )
        cls.tracked = cls._product(tracking="lot", name="Film")
        cls.lot_a, cls.lot_b = cls._lot(cls.tracked, "A"), cls._lot(cls.tracked, "B")
        cls._put(cls.tracked, 30, cls.lot_a)
        cls._put(cls.tracked, 12, cls.lot_b)

    @classmethod
    def _put(cls, product, quantity, lot=None, location=None):
        cls.env["stock.quant"]._update_available_quantity(
            product, location or cls.stock, quantity, lot_id=lot
        )

    def _case(self, *lines):
        vals = [Command.create(self._prepare_line_vals(**line)) for line in lines]
        return self._registered_complaint(user=self.user_sales, line_ids=vals)

    def _goods(self, product, **vals):
        return {"product_id": product.id, "product_uom_id": product.uom_id.id, **vals}

    def test_noted_at_registration_of_what_we_delivered(self):
        order = self._order(lines=[(self.tracked, 10)])
        self._deliver(order, lots={self.tracked: [(self.lot_a, 10)]})
        complaints = self.env["complaint.complaint"].with_user(self.user_sales)
        vals = {"description": "Torn", "category_id": self.category_simple.id}
        complaint = complaints.create_from_order(order.id, vals)
        complaint.line_ids.is_affected = True
        complaint.action_register()
        self.assertEqual(complaint.line_ids.quantity_in_stock, 20)
        self.assertTrue(complaint.date_stock_checked)

    def test_lots_products_and_what_is_neither(self):
        complaint = self._case(
            self._goods(self.tracked, lot_ids=[Command.set(self.lot_a.ids)]),
            self._goods(self.tracked),
            self._goods(self.product),
            {"product_id": False, "name": "Somebody else's goods"},
        )
        lot, product, service, typed = complaint.line_ids
        self.assertEqual((lot.quantity_in_stock, product.quantity_in_stock), (30, 42))
        self.assertTrue(lot.date_stock_checked and product.date_stock_checked)
        self.assertFalse(service.date_stock_checked or typed.date_stock_checked)
        self.assertEqual(complaint.date_stock_checked, lot.date_stock_checked)

    def test_own_internal_locations_only(self):
        customers = self.env.ref("stock.stock_location_customers")
        self._put(self.tracked, 100, self.lot_a, customers)
        company = self._second_company()
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self._put(self.tracked, 100, self.lot_a, warehouse.lot_stock_id)
        complaint = self._case(self._goods(self.tracked, lot_ids=[Command.set(self.lot_a.ids)]))
        self.assertEqual(complaint.line_ids.quantity_in_stock, 30)

    def test_in_the_unit_of_the_line(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        complaint = self._case(self._goods(self.tracked, product_uom_id=dozen.id))
        self.assertEqual(complaint.line_ids.quantity_in_stock, 3.5)

    def test_serial_numbers_are_with_the_customer(self):
        product = self._product(tracking="serial", name="Pump")
        sold, kept = self._lot(product, "S1"), self._lot(product, "S2")
        self._put(product, 1, kept)
        complaint = self._case(self._goods(product, lot_ids=[Command.set(sold.ids)]))
        self.assertEqual(complaint.line_ids.quantity_in_stock, 1)

    def test_nothing_left_is_an_answer(self):
        complaint = self._case(self._goods(self._product(tracking="lot", name="Gone")))
        self.assertEqual(complaint.line_ids.quantity_in_stock, 0)
        self.assertTrue(complaint.line_ids.date_stock_checked)

    def test_checked_again_without_any_right_on_stock(self):
        complaint = self._case(self._goods(self.tracked))
        self._put(self.tracked, -2, self.lot_b)
        self.assertEqual(complaint.line_ids.quantity_in_stock, 42, "a snapshot")
        complaint.with_user(self.user_quality).action_check_stock()
        self.assertEqual(complaint.line_ids.quantity_in_stock, 40)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_who_does_not(self):
        complaint = self._case(self._goods(self.tracked))
        with self.assertRaises(AccessError):
            complaint.with_user(self.user_sales2).action_check_stock()
        with self.assertRaises(UserError):
            complaint.line_ids.with_user(self.user_sales).quantity_in_stock = 1
        complaint.action_cancel("Entered twice")
        with self.assertRaises(UserError):
            complaint.with_user(self.user_sales).action_check_stock()

    def test_two_hundred_lines_cost_no_more_queries(self):
        def count(number):
            lines = [self._goods(self.tracked) for _index in range(number)]
            complaint = self._case(*lines)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            complaint.action_check_stock()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(1)
        # Rows are written in a few batches, not one by one
        self.assertNoQueryEach(count(1), count(200), further=199)

    def test_told_below_the_goods(self):
        complaint = self._case(self._goods(self.tracked)).with_user(self.user_sales)
        self.assertEqual(complaint.stock_summary, "42.00 Units")
        lines = [self._goods(self.tracked, name=f"Film {index}") for index in range(5)]
        complaint = self._case(*lines).with_user(self.user_sales)
        self.assertIn("Film 0: 42.00 Units", complaint.stock_summary)
        self.assertTrue(complaint.stock_summary.endswith("2 more"), complaint.stock_summary)
        self.assertFalse(self._case({"product_id": False, "name": "Other"}).stock_summary)

    def test_each_lot_told_once(self):
        lines = [
            self._goods(self.tracked, name="Film", lot_ids=[Command.set(lot.ids)])
            for lot in (self.lot_a, self.lot_b, self.lot_b)
        ]
        text = self._case(*lines).with_user(self.user_sales).stock_summary
        self.assertEqual(text, "Film (A): 30.00 Units, Film (B): 12.00 Units")
