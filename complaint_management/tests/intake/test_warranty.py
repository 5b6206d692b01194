"""Days since shipment and quality guarantee (R4)."""

from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestWarranty(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.complaint_warranty_months = 12
        cls.company.resource_calendar_id.tz = "UTC"
        cls.parent_category = cls.env["product.category"].create({"name": "Tools"})
        cls.category = cls.env["product.category"].create(
            {"name": "Screwdrivers", "parent_id": cls.parent_category.id}
        )
        cls.product.categ_id = cls.category

    def _line(self, shipped="2026-01-31 10:00:00", received="2026-03-02 09:00:00", **vals):
        complaint = self._complaint(
            date_received=received,
            line_ids=[(0, 0, self._prepare_line_vals(date_shipped=shipped, **vals))],
        )
        return complaint.line_ids

    def test_company_default(self):
        line = self._line()
        self.assertEqual(line.days_since_shipment, 30)
        self.assertEqual(line.warranty_end, date(2027, 1, 31))
        self.assertTrue(line.in_warranty)

    def test_nearest_wins(self):
        self.parent_category.complaint_warranty_months = 24
        self.assertEqual(self._line().warranty_end, date(2028, 1, 31))
        self.category.complaint_warranty_months = 6
        self.assertEqual(self._line().warranty_end, date(2026, 7, 31))
        self.product.complaint_warranty_months = 1
        self.assertEqual(self._line().warranty_end, date(2026, 2, 28))

    def test_none_stops_inheriting(self):
        self.parent_category.complaint_warranty_months = 24
        self.category.complaint_warranty_months = -1
        line = self._line()
        self.assertFalse(line.warranty_end)
        self.assertFalse(line.in_warranty)
        self.assertEqual(line.days_since_shipment, 30)
        self.product.complaint_warranty_months = 3
        self.assertTrue(self._line().in_warranty)
        self.product.complaint_warranty_months = -1
        self.assertFalse(self._line().warranty_end)

    def test_company_without_guarantee(self):
        self.company.complaint_warranty_months = 0
        self.assertFalse(self._line().warranty_end)

    def test_last_day(self):
        self.product.complaint_warranty_months = 1
        self.assertTrue(self._line(received="2026-02-28 23:00:00").in_warranty)
        self.assertFalse(self._line(received="2026-03-01 01:00:00").in_warranty)

    def test_days_where_the_company_sits(self):
        """23:00 in London is the next morning in Shanghai."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        line = self._line(shipped="2026-01-31 23:00:00", received="2026-02-01 15:00:00")
        self.assertEqual(line.days_since_shipment, 0)
        self.assertEqual(line.warranty_end, date(2027, 2, 1))

    def test_stored_as_received(self):
        """Changing the guarantee does not change old cases; changing the facts does."""
        line = self._line()
        self.product.complaint_warranty_months = 60
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(line.warranty_end, date(2027, 1, 31))
        line.complaint_id.date_received = datetime(2027, 2, 1, 8)
        self.assertEqual(line.days_since_shipment, 366)
        line.date_shipped = False
        self.assertFalse(line.warranty_end)
        self.assertFalse(line.in_warranty)
        self.assertEqual(line.days_since_shipment, 0)

    def test_goods_without_product(self):
        line = self._line(product_id=False)
        self.assertEqual(line.warranty_end, date(2027, 1, 31))

    @mute_logger("odoo.sql_db")
    def test_nonsense_is_refused(self):
        with self.assertRaises(IntegrityError):
            self.product.product_tmpl_id.complaint_warranty_months = -2
            self.env.flush_all()
