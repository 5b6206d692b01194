"""What a whole call card costs the database, from the ring to the last line (R1)."""

from odoo.tests import tagged

from ..common import ComplaintCommon

# Who calls, his orders with their execution, his complaints with their clocks, warnings, history.
BUDGET = 15
NUMBER = "+49 (0)30 5550-100"


@tagged("post_install", "-at_install")
class TestCallQueries(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.country_id = cls.env.ref("base.de")
        cls.customer.phone = NUMBER
        cls.contact.phone = "030/5550100"
        goods = [cls._product(name=f"Part {number}") for number in range(4)]
        carrier = cls._carrier()
        for number in range(6):
            order = cls._order(lines=[(product, 2) for product in goods])
            cls._order(lines=[(goods[0], 1)], confirm=False)
            if number:
                picking = cls._deliver(order)
                if carrier:
                    picking.write({"carrier_id": carrier.id, "carrier_tracking_ref": f"T{number}"})
            if number % 2:
                order._create_invoices().action_post()
            cls._registered_complaint(
                user=cls.user_sales, sale_order_id=order.id, subject=f"Case {number}"
            )

    @classmethod
    def _carrier(cls):
        """:return: carrier that says where a parcel is; None where there are no carriers"""
        if "delivery.carrier" not in cls.env:
            return None
        return cls.env["delivery.carrier"].create(
            {
                "name": "Parcels",
                "product_id": cls._product(name="Freight", type="service").id,
                "tracking_url": "https://parcels.example/<shipmenttrackingnumber>",
            }
        )

    def _count(self, number):
        """:return: ``(queries, card)`` of a number, in an empty cache of records"""
        call = self.env["complaint.call"].with_user(self.user_sales)
        call.card(number)
        self.env.flush_all()
        self.env.invalidate_all()
        # Who looks, and where he works, is read for any request
        self.assertTrue(call.env.user.name and call.env.company.name)
        before = self.env.cr.sql_log_count
        card = call.card(number)
        return self.env.cr.sql_log_count - before, card

    def test_whole_card(self):
        count, card = self._count("0049 30 5550100")
        self.assertEqual(len(card["callers"]), 2)
        self.assertEqual(len(card["orders"]), 5)
        self.assertEqual(len(card["complaints"]), 5)
        if "delivery.carrier" in self.env:
            links = [parcel["url"] for order in card["orders"] for parcel in order["tracking"]]
            self.assertEqual(links, [f"https://parcels.example/T{n}" for n in (5, 4, 3, 2, 1)])
        self.assertLessEqual(count, BUDGET)

    def test_switchboard(self):
        """Many callers of one number cost no query each."""
        few, _card = self._count(NUMBER)
        self.env["res.partner"].create(
            [
                {"name": f"Desk {desk}", "parent_id": self.customer.id, "phone": NUMBER}
                for desk in range(15)
            ]
        )
        many, card = self._count(NUMBER)
        self.assertEqual(len(card["callers"]), 17)
        self.assertLessEqual(many, few)

    def test_unknown_number(self):
        count, card = self._count("030 99999999")
        self.assertFalse(card["known"])
        self.assertLessEqual(count, 6)
