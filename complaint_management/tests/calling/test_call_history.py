from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import Form, tagged

from ...models.calling.call_figures import get_periods
from .card_common import CallCommon


@tagged("post_install", "-at_install")
class TestCallHistory(CallCommon):
    """Complaints beside purchases: twelve months, and each quarter of them (R59)."""

    def _order_of(self, day, **kwargs):
        order = self._order(**kwargs)
        order.date_order = day
        return order

    def test_periods(self):
        periods = get_periods(date(2026, 11, 28), "Asia/Shanghai")
        self.assertEqual(
            [(str(period.first_day), str(period.last_day)) for period in periods],
            [
                ("2025-12-01", "2026-02-28"),
                ("2026-03-01", "2026-05-31"),
                ("2026-06-01", "2026-08-31"),
                ("2026-09-01", "2026-11-30"),
            ],
        )
        self.assertEqual(str(periods[0].start), "2025-11-30 16:00:00")

    def test_twelve_months(self):
        with freeze_time("2026-11-28 12:00:00"):
            for day in ("2025-11-30", "2025-12-01", "2026-05-31", "2026-11-28"):
                self._order_of(f"{day} 08:00:00")
            self._order(confirm=False)
            right = self._registered_complaint(date_received="2026-05-02 08:00:00")
            right.validity = "partly"
            self._registered_complaint(date_received="2026-11-02 08:00:00")
            self._registered_complaint(date_received="2025-11-02 08:00:00")
            self._complaint(date_received="2026-11-03 08:00:00")
            history = self._card()["history"]
        self.assertEqual(history["since"], "2025-12-01")
        self.assertEqual(history["order_count"], 3)
        self.assertEqual(history["order_amount"], 600)
        self.assertEqual(history["currency_id"], self.company.currency_id.id)
        self.assertEqual((history["complaint_count"], history["justified_count"]), (2, 1))
        self.assertEqual(history["rate"], 66.7)
        quarters = history["quarters"]
        self.assertEqual(quarters[0]["label"], "Dec 2025 – Feb 2026")
        self.assertEqual(quarters[1]["label"], "Mar – May 2026")
        self.assertEqual([q["order_count"] for q in quarters], [1, 1, 0, 1])
        self.assertEqual([q["complaint_count"] for q in quarters], [0, 1, 0, 1])
        self.assertEqual([q["rate"] for q in quarters], [0, 100, None, 100])

    def test_duplicates_count_once(self):
        """A mark alone hides nothing: the stat buttons count it as well."""
        first, second = self._registered_complaint(), self._registered_complaint()
        second.duplicate_of_id = first
        self.assertEqual(self._card()["history"]["complaint_count"], 2)
        self.assertEqual(self.customer.complaint_count, 2)
        second.action_same_case(first.id, confirmed=True)
        self.env.invalidate_all()
        self.assertEqual(self._card()["history"]["complaint_count"], 1)
        self.assertEqual(self.customer.complaint_count, 1)

    def test_currencies(self):
        """Foreign money counts at the rate of its order."""
        euro = self.env.ref("base.EUR")
        if euro == self.company.currency_id:
            euro = self.env.ref("base.USD")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "name": "2020-01-01",
                "rate": 0.5,
                "company_id": self.company.id,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id, "company_id": self.company.id}
        )
        self._order()
        order = self._order(pricelist_id=pricelist.id)
        order.order_line.price_unit = 10
        self.assertEqual(order.currency_id, euro)
        self.assertEqual(self._card()["history"]["order_amount"], 200 + 2 * 100)

    def test_granted(self):
        complaint = self._registered_complaint(
            user=self.user_sales, demand_ids=[Command.create({"kind": "service"})]
        )
        demand = complaint.demand_ids
        self.assertEqual(self._card()["history"]["granted_amount"], 0)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_demand SET state = 'done', granted_value = 12.5 WHERE id = %s",
            (demand.id,),
        )
        self.assertEqual(self._card()["history"]["granted_amount"], 12.5)

    def test_form_of_the_customer(self):
        """The same figures on the customer's form, also on his contact's."""
        self._order()
        self._registered_complaint(user=self.user_sales)
        self.env.flush_all()
        for partner in self.customer + self.contact:
            shown = partner.with_user(self.user_sales).complaint_history
            self.assertIn("100", shown)
            self.assertIn("Complaints", shown)
        with Form(self.customer.with_user(self.user_sales)) as form:
            self.assertIn("<table", form.complaint_history)
        self.assertFalse(self.customer2.with_user(self.user_sales).complaint_history)
