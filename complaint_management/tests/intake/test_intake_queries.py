"""What a complaint costs the database: budgets that hold from the first day.

Counted as a salesperson with chatter, followers and number range, after a warm-up as core does it.
"""

from odoo.tests import tagged
from odoo.tests.common import users, warmup

from .test_prefill_order import PrefillCase

SALES = "test_complaint_sales"


@tagged("post_install", "-at_install")
class TestIntakeQueries(PrefillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(partner=cls.contact)
        cls._deliver(cls.order)
        cls.products = cls.env["product.product"].create(
            [{"name": f"Screw {number}", "type": "consu"} for number in range(41)]
        )
        cls.big_order = cls._order(lines=[(product, 2) for product in cls.products])
        cls._deliver(cls.big_order)
        # The number range exists after the first complaint of a company.
        cls._complaint()

    def _count(self, order):
        """:return: number of queries one complaint about ``order`` takes, all written"""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["complaint.complaint"].create_from_order(order.id, {"description": "Rust"})
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    @users(SALES)
    @warmup
    def test_one_complaint(self):
        with self.assertQueryCount(28):
            self.env["complaint.complaint"].create_from_order(
                self.order.id, {"description": "Rust"}
            )

    @users(SALES)
    def test_each_further_line(self):
        self._count(self.order)
        one, many = self._count(self.order), self._count(self.big_order)
        self.assertLessEqual(many - one, 0.3 * 40)

    @users(SALES)
    @warmup
    def test_200_at_once(self):
        complaints = self.env["complaint.complaint"]
        prepared = complaints._prepare_from_order(self.order.with_env(self.env))
        with self.assertQueryCount(200 * 12):
            complaints.create([dict(prepared) for _number in range(200)])

    @users(SALES)
    def test_preparing_many_orders(self):
        """Ten orders are read with no query for each."""
        orders = self.env["sale.order"].sudo()
        for _number in range(10):
            order = self._order(partner=self.contact)
            self._deliver(order)
            orders += order
        orders = orders.with_env(self.env)

        def count(batch):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["complaint.complaint"]._prepare_from_sources(batch)
            return self.env.cr.sql_log_count - before

        count(orders[:2])
        self.assertNoQueryEach(count(orders[:2]), count(orders), further=8)
