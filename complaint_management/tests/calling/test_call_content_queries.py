"""What the contents of a call card cost the database; finding the caller is counted elsewhere."""

from odoo.fields import Command
from odoo.tests import tagged

from .card_common import CallCommon

# Of the 15 a whole card may take. One asks for any reader whether a case is about him (R73).
BUDGET = 13


@tagged("post_install", "-at_install")
class TestCallContentQueries(CallCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.services = [cls._product(name=f"Job {n}", type="service") for n in range(3)]
        cls.goods = cls._product(name="Part")
        lines = [*((service, 1) for service in cls.services), (cls.goods, 2)]
        cls.big = cls.customer
        cls.small = cls.customer2
        for partner, number in ((cls.small, 1), (cls.big, 6)):
            for _number in range(number):
                order = cls._order(partner=partner, lines=lines)
                cls._order(partner=partner, lines=lines, confirm=False)
                cls._deliver(order)
                cls._registered_complaint(
                    user=cls.user_sales,
                    partner_id=partner.id,
                    contact_id=False,
                    sale_order_id=order.id,
                )
        cls._invoice(cls.big.sale_order_ids.filtered(lambda o: o.state == "sale")[0])
        cls.user_sales.group_ids = [Command.link(cls.env.ref("sale.group_warning_sale").id)]

    def _count(self, partner):
        self._card(partner)
        self.env.flush_all()
        self.env.invalidate_all()
        calls = self.env["complaint.call"].with_user(self.user_sales)
        # Who looks, and where he works, is read for any request
        self.assertTrue(calls.env.user.name and calls.env.company.name)
        before = self.env.cr.sql_log_count
        card = calls.card(partner_id=partner.id)
        return self.env.cr.sql_log_count - before, card

    def test_budget(self):
        count, card = self._count(self.big)
        self.assertEqual((len(card["orders"]), len(card["quotations"])), (5, 5))
        self.assertEqual(len(card["complaints"]), 5)
        self.assertLessEqual(count, BUDGET)

    def test_no_query_for_each_order(self):
        self.assertLessEqual(self._count(self.big)[0] - self._count(self.small)[0], 1)
