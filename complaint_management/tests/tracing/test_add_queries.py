"""A delivery of 200 lines costs no query a line, nor does a lot that went to many."""

from odoo.tests import tagged
from odoo.tests.common import users

from .common import TracingCase

SALES = "test_complaint_sales"


@tagged("post_install", "-at_install")
class TestAddQueries(TracingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls.env["product.product"].create(
            [
                {"name": f"Pot {n}", "type": "consu", "is_storable": True, "tracking": "lot"}
                for n in range(200)
            ]
        )
        cls.lots = cls.env["stock.lot"].create(
            [{"name": f"POT-{n}", "product_id": p.id} for n, p in enumerate(cls.goods)]
        )
        by_product = {lot.product_id: [(lot, 1)] for lot in cls.lots}
        cls.big = cls._deliver(cls._order(lines=[(p, 1) for p in cls.goods]), lots=by_product)
        cls.small_lot = cls._lot(cls.paint, "SMALL")
        cls._deliver(cls._order(lines=[(cls.paint, 1)]), lots={cls.paint: [(cls.small_lot, 1)]})

    def _count(self, code):
        complaint = self._complaint(contact_id=False)
        complaint = self.env["complaint.complaint"].browse(complaint.id)
        complaint.user_id = self.user_sales
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        complaint.action_add_code(code)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, complaint

    @users(SALES)
    def test_200_lines(self):
        self._count("SMALL")
        small, _complaint = self._count("SMALL")
        big, complaint = self._count("POT-150")
        self.assertEqual(len(complaint.line_ids), 200)
        self.assertEqual(len(self._ticked(complaint)), 1)
        self.assertLessEqual(big - small, 0.3 * 200)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        complaint.action_add_code("POT-151")
        self.env.flush_all()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 60)
        self.assertEqual(len(self._ticked(complaint)), 2)
