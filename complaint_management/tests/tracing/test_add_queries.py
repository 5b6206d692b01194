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
        cls._deliver_pots("CUP", 2)
        cls._deliver_pots("POT", 200)

    @classmethod
    def _deliver_pots(cls, name, count):
        """One delivery with ``count`` lines of a lot each: CUP-0, CUP-1, …"""
        goods = cls.env["product.product"].create(
            [
                {"name": f"{name} {n}", "type": "consu", "is_storable": True, "tracking": "lot"}
                for n in range(count)
            ]
        )
        lots = cls.env["stock.lot"].create(
            [{"name": f"{name}-{n}", "product_id": p.id} for n, p in enumerate(goods)]
        )
        by_product = {lot.product_id: [(lot, 1)] for lot in lots}
        cls._deliver(cls._order(lines=[(p, 1) for p in goods]), lots=by_product)

    def _count(self, complaint, code):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        complaint.action_add_code(code)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _count_two(self, name):
        """:return: tuple (complaint, queries of the first code, queries of the second)"""
        complaint = self._complaint(contact_id=False)
        complaint = self.env["complaint.complaint"].browse(complaint.id)
        complaint.user_id = self.user_sales
        return complaint, *(self._count(complaint, f"{name}-{n}") for n in range(2))

    @users(SALES)
    def test_200_lines(self):
        self._count_two("CUP")
        _small, few, few_again = self._count_two("CUP")
        big, many, many_again = self._count_two("POT")
        self.assertEqual(len(big.line_ids), 200)
        self.assertEqual(len(self._ticked(big)), 2)
        self.assertNoQueryEach(few, many, 198)
        self.assertNoQueryEach(few_again, many_again, 198)
