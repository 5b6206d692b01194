from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.complaint_management.models.costs.complaint_analysis_cost import COST_KINDS
from odoo.addons.complaint_management_purchase.models.complaint_shared_cost import SHARED_KINDS

from .common import RechargeCommon


@tagged("post_install", "-at_install")
class TestRechargeCost(RechargeCommon):
    """What vendors bore lessens the cost of the complaint, once it is documented (R20, R37)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._lots(cls.blade, "B-1")
        cls._purchase([(cls.blade, 10, 4.0)], lots={cls.blade: [(cls.lot, 10)]})
        cls.complaint = cls._blade_complaint(cls.lot)
        cls.env["complaint.expense"].create(
            [
                {"complaint_id": cls.complaint.id, "name": name, "kind": kind, "amount": amount}
                for name, kind, amount in (
                    ("Laboratory", "testing", 30),
                    ("Courier", "courier", 10),
                )
            ]
        )

    def _items(self):
        self.env.flush_all()
        self.complaint.invalidate_recordset()
        costs = self.env["complaint.analysis.cost"]
        return costs.search([("complaint_id", "=", self.complaint.id), ("kind", "=", "recharged")])

    def test_posted_refund(self):
        recharge = self._sent(self.complaint)
        self.assertEqual((recharge.amount_cost, recharge.amount), (40, 52))
        recharge.action_accept()
        self.assertFalse(self._items())
        recharge.action_refund()
        self.assertFalse(self._items())
        refund = recharge.refund_ids
        refund.invoice_date = "2026-01-05"
        refund.action_post()
        items = self._items()
        self.assertEqual(sum(items.mapped("amount")), -52)
        self.assertEqual((items.vendor_id, items.product_id), (self.vendor, self.blade))
        self.assertEqual((self.complaint.cost_recharged, self.complaint.cost_total), (-52, -12))
        refund.button_draft()
        self.assertFalse(self._items())

    def test_claim_accepted_without_document(self):
        recharge = self._sent(self.complaint, kind="claim")
        self.assertFalse(self._items())
        recharge.amount_accepted = 20
        recharge.action_accept()
        item = self._items()
        self.assertEqual(
            (item.amount, item.vendor_id, item.res_id), (-20, self.vendor, recharge.id)
        )
        self.assertEqual(item.date, recharge.date_answered.date())
        self.assertEqual(self.complaint.cost_total, 20)
        self.assertTrue(item.can_open_document)

    def test_in_the_companys_currency(self):
        currency = self.env["res.currency"].create({"name": "XYZ", "symbol": "X"})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 2.0, "name": "2020-01-01"}
        )
        lot = self._lots(self.blade, "X-1")
        self._purchase(
            [(self.blade, 10, 4.0)], lots={self.blade: [(lot, 10)]}, currency_id=currency.id
        )
        self.complaint.line_ids._thaw().lot_ids = lot
        recharge = self._sent(self.complaint)
        # 40 of the company's currency are 80 of the vendor's
        self.assertEqual((recharge.amount_cost, recharge.amount), (80, 92))
        recharge.action_accept()
        recharge.action_refund()
        recharge.refund_ids.invoice_date = "2026-01-05"
        recharge.refund_ids.action_post()
        self.assertEqual(sum(self._items().mapped("amount")), -46)

    def test_cost_is_claimed_once(self):
        first = self._recharge(self.complaint)
        self.assertEqual(first.amount_cost, 40)
        second = self.env["complaint.recharge"].create(
            {"complaint_id": self.complaint.id, "party": "carrier"}
        )
        second.with_user(self.user_buyer).action_take_cost()
        self.assertEqual(second.amount_cost, 0)
        first.amount_cost = 25
        second.with_user(self.user_buyer).action_take_cost()
        self.assertEqual((second.amount_cost, second.amount), (15, 15))
        first.write({"reason": "The edges break."})
        first.action_mark_sent()
        with self.assertRaises(UserError):
            first.action_take_cost()

    def test_shared_among_two_vendors(self):
        other = self._lots(self.blade, "C-1")
        self._purchase([(self.blade, 2, 9.0)], self.vendor2, lots={self.blade: [(other, 2)]})
        self.complaint.line_ids._thaw().lot_ids += other
        self.complaint.line_ids._thaw().quantity_complained = 12
        claims = self._recharge(self.complaint)
        self.assertEqual(claims.mapped("amount_cost"), [20, 20])

    def test_shared_among_supplier_and_carrier(self):
        self.complaint.responsibility = "supplier"
        self.complaint.point_ids.responsibility = "carrier"
        self.complaint.with_user(self.user_sales).action_recharge()
        claims = self.complaint.recharge_ids
        self.assertEqual(set(claims.mapped("party")), {"supplier", "carrier"})
        self.assertEqual(claims.mapped("amount_cost"), [20, 20])

    def test_what_is_shared(self):
        """All but what is claimed as the goods themselves, or given to the customer."""
        kinds = set(dict(COST_KINDS)) - set(SHARED_KINDS)
        self.assertEqual(
            kinds,
            {
                "credit",
                "discount",
                "compensation",
                "deduction",
                "replacement",
                "gift",
                "recharged",
            },
        )
