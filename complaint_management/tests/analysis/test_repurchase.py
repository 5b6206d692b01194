from collections import defaultdict
from datetime import datetime, timedelta
from random import Random

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .figures_common import FiguresCommon

REPURCHASE = "complaint.analysis.repurchase"
NOW = datetime(2024, 6, 1, 12)
DAYS = 60
FAST = 3


@tagged("post_install", "-at_install")
class TestRepurchase(FiguresCommon):
    """Who bought again after a complaint, and without one, counted again in Python (R58)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a = cls.company
        cls.company_b = cls._second_company()
        cls.foreign = cls._currency({"2023-01-01": 2.0, "2023-12-01": 4.0})
        cls.company_b.currency_id = cls.foreign
        cls.pricelist = cls.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": cls.foreign.id, "company_id": cls.company_a.id}
        )
        cls.random = Random(17)
        for company in cls.company_a + cls.company_b:
            company.complaint_repurchase_days = DAYS if company == cls.company_a else 30
            company.complaint_fast_days = FAST
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Customer {number}", "is_company": True} for number in range(12)]
        )
        cls.people = cls.env["res.partner"].create(
            [{"name": "Buyer", "parent_id": customer.id} for customer in cls.customers]
        )
        cls.orders, cls.cases = cls.env["sale.order"], cls.env["complaint.complaint"]
        for _index in range(70):
            cls.orders |= cls._random_order()
        for number in range(25):
            cls.cases |= cls._random_past(number)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _bought(cls, partner, moment, state="sale", amount=100.0, company=None, **vals):
        company = company or cls.company_a
        order = cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "date_order": moment,
                "order_line": [
                    Command.create(
                        {"product_id": cls.product.id, "price_unit": amount, "tax_ids": False}
                    )
                ],
                **vals,
            }
        )
        order.write({"state": state, "date_order": moment})
        return order

    @classmethod
    def _random_order(cls):
        """An order of a company or a contact of it, of ours some in foreign money."""
        choice = cls.random.choice
        company = choice((cls.company_a, cls.company_a, cls.company_b))
        abroad = company == cls.company_a and choice((True, False))
        return cls._bought(
            choice(cls.customers + cls.people),
            datetime(2023, 3, 1) + timedelta(hours=cls.random.randint(0, 24 * 450)),
            choice(("sale", "sale", "sale", "draft", "cancel")),
            cls.random.randint(1, 500),
            company,
            **({"pricelist_id": cls.pricelist.id} if abroad else {}),
        )

    @classmethod
    def _random_past(cls, number):
        """Cases of the first eight customers; the others never complained."""
        choice = cls.random.choice
        company = choice((cls.company_a, cls.company_a, cls.company_b))
        received = datetime(2023, 8, 1, 9) + timedelta(days=cls.random.randint(0, 280))
        state = choice(("closed", "closed", "closed", "registered", "resolved", "draft"))
        vals = {}
        if state in ("closed", "resolved"):
            vals["date_resolved"] = received + timedelta(days=cls.random.randint(0, 14))
        if state == "closed":
            vals["date_closed"] = vals["date_resolved"] + timedelta(days=cls.random.randint(0, 20))
        return cls._past(
            state=state,
            company=company,
            date_received=received,
            partner_id=cls.customers[number % 8].id,
            contact_id=False,
            **vals,
        )

    # ------------------------------------------------------------
    # Counted in Python
    # ------------------------------------------------------------
    def _find_orders(self, customer, company, start, end):
        return self.orders.filtered(
            lambda o: (
                o.state == "sale"
                and o.company_id == company
                and o.partner_id.commercial_partner_id == customer
                and start <= o.date_order < end
            )
        )

    def _worth(self, order):
        """:return: the order's amount in its company's currency, by the rate of its day"""
        if order.currency_id == order.company_id.currency_id:
            return order.amount_untaxed
        return order.amount_untaxed / (2.0 if order.date_order < datetime(2023, 12, 1) else 4.0)

    def _windows(self):
        """:return: list of (company, customer, complaint or None, speed, start, end)"""
        windows, quarters = [], set()
        for case in self.cases.filtered(lambda c: c.state != "draft"):
            start = case.date_closed or case.date_resolved or case.date_received
            quarters.add((case.company_id, self._quarter(start)))
            if not self._find_orders(case.partner_id, case.company_id, datetime.min, start):
                continue
            speed = "unresolved"
            if case.date_resolved:
                hours = case.company_id.resource_calendar_id.hours_per_day
                speed = "fast" if case.hours_to_resolve <= FAST * hours else "resolved"
            end = start + timedelta(days=case.company_id.complaint_repurchase_days)
            windows.append((case.company_id, case.partner_id, case, speed, start, end))
        for company, quarter in quarters:
            complained = self.cases.filtered(
                lambda c, of=company: c.company_id == of and c.state != "draft"
            ).partner_id
            for customer in self.customers - complained:
                before = quarter - timedelta(days=365)
                if self._find_orders(customer, company, before, quarter):
                    end = quarter + timedelta(days=company.complaint_repurchase_days)
                    windows.append((company, customer, None, "none", quarter, end))
        return [window for window in windows if window[4] <= NOW]

    @staticmethod
    def _quarter(moment):
        return datetime(moment.year, (moment.month - 1) // 3 * 3 + 1, 1)

    def setUp(self):
        super().setUp()
        # Which windows are over, and which are looked at
        freezer = freeze_time(NOW)
        freezer.start()
        self.addCleanup(freezer.stop)

    def _rows(self):
        domain = [("commercial_partner_id", "in", self.customers.ids)]
        return self.env[REPURCHASE].search_fetch(domain)

    def test_every_row(self):
        expected = {}
        for company, customer, case, speed, start, end in self._windows():
            orders = self._find_orders(customer, company, start, end)
            amount = sum(map(self._worth, orders))
            expected[company, customer, case or self.cases.browse(), start] = (
                speed,
                len(orders),
                end,
                amount,
            )
        rows = self._rows()
        self.assertEqual(len(rows), len(set(rows.ids)))
        found = {
            (r.company_id, r.commercial_partner_id, r.complaint_id, r.date_start): r for r in rows
        }
        self.assertEqual(set(found), set(expected))
        self.assertEqual({row[0] for row in expected.values()}, set(dict(self._speeds())))
        for key, (speed, count, end, amount) in expected.items():
            row, over = found[key], end <= NOW
            self.assertEqual((row.speed, row.order_count, row.date_end), (speed, count, end), key)
            self.assertEqual(row.is_over, over)
            self.assertEqual(row.bought_again, (100.0 if count else 0.0) if over else False)
            self.assertAlmostEqual(row.amount, amount if over else 0.0, 2)

    def _speeds(self):
        return self.env[REPURCHASE]._fields["speed"].selection

    def test_shares_and_amounts_by_speed(self):
        sums = defaultdict(list)
        for company, customer, _case, speed, start, end in self._windows():
            if end <= NOW:
                orders = self._find_orders(customer, company, start, end)
                sums[company, speed].append((bool(orders), sum(map(self._worth, orders))))
        expected = {
            key: [
                100 * sum(again for again, _amount in rows) / len(rows),
                sum(amount for _again, amount in rows) / len(rows),
            ]
            for key, rows in sums.items()
        }
        domain = [("commercial_partner_id", "in", self.customers.ids), ("is_over", "=", True)]
        measures = ["bought_again:avg", "amount:avg"]
        found = self._figures(REPURCHASE, ["company_id", "speed"], measures, domain)
        self.assertFigures(found, expected)
        total = self._figures(REPURCHASE, [], measures, domain)[()]
        self.assertTrue(total[0], "a share has no unit")
        self.assertFalse(total[1], "two currencies have no mean")

    def test_this_year_and_last(self):
        """Windows that began before are not looked at; who complained then did complain."""
        case, partner = self._closed(datetime(2023, 1, 2), bought=datetime(2022, 12, 1))
        self.assertTrue(self._row_of(case))
        older, other = self._closed(datetime(2022, 12, 30), bought=datetime(2022, 12, 1))
        self._bought(other, datetime(2023, 9, 1))
        self.assertFalse(self._row_of(older))
        found = self.env[REPURCHASE].search(
            [("commercial_partner_id", "in", (partner + other).ids)]
        )
        self.assertEqual(found.complaint_id, case)
        self.assertFalse(found.filtered(lambda row: row.commercial_partner_id == other))

    # ------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------
    def _row_of(self, case):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env[REPURCHASE].search([("complaint_id", "=", case.id)])

    def _closed(self, moment=datetime(2024, 1, 10), bought=datetime(2023, 12, 1), **vals):
        partner = self.env["res.partner"].create({"name": "New", "is_company": True})
        self._bought(partner, bought)
        dates = {"date_received": moment, "date_resolved": moment, "date_closed": moment}
        return self._past(partner_id=partner.id, contact_id=False, **dates, **vals), partner

    def test_what_makes_a_complaint_good_is_no_purchase(self):
        case, partner = self._closed()
        other = self._past(state="registered", partner_id=partner.id, contact_id=False)
        demand = self.env["complaint.demand"].create(
            {"complaint_id": other.id, "kind": "free_goods"}
        )
        order = self._bought(partner, datetime(2024, 1, 20))
        self.assertEqual(self._row_of(case).order_count, 1)
        order._link_to_demand(demand)
        self.assertEqual(self._row_of(case).order_count, 0)

    def test_first_and_last_moment(self):
        closed = datetime(2024, 1, 10)
        case, partner = self._closed(closed)
        for moment in (closed - timedelta(seconds=1), closed + timedelta(days=DAYS)):
            self._bought(partner, moment)
        self.assertEqual(self._row_of(case).order_count, 0)
        for moment in (closed, closed + timedelta(days=DAYS, seconds=-1)):
            self._bought(partner, moment)
        self.assertEqual(self._row_of(case).order_count, 2)

    def test_who_never_bought_is_not_asked(self):
        partner = self.env["res.partner"].create({"name": "Consumer"})
        case = self._past(partner_id=partner.id, contact_id=False)
        self._bought(partner, case.date_closed + timedelta(days=1))
        self.assertFalse(self._row_of(case))

    def test_cancelled_is_no_complaint_to_come_back_from(self):
        case, partner = self._closed(state="cancelled", date_registered=datetime(2024, 1, 9))
        self.assertTrue(case.is_counted)
        self.assertFalse(self._row_of(case))
        rows = self.env[REPURCHASE].search([("commercial_partner_id", "=", partner.id)])
        self.assertFalse(rows, "nor does its customer belong to those without")

    def test_window_is_the_companys(self):
        case, partner = self._closed()
        self._bought(partner, datetime(2024, 1, 31))
        self.assertEqual(self._row_of(case).order_count, 1)
        self.company_a.complaint_repurchase_days = 20
        self.assertEqual(self._row_of(case).order_count, 0)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.company_a.complaint_repurchase_days = 0
            self.env.flush_all()

    # ------------------------------------------------------------
    # Who sees it
    # ------------------------------------------------------------
    def test_managers_and_leadership(self):
        for name in ("manager", "leadership"):
            rows = self.env[REPURCHASE].with_user(getattr(self, f"user_{name}"))
            found = rows.search([("commercial_partner_id", "in", self.customers.ids)])
            self.assertEqual(found.company_id, self.company_a)
            self.assertIn("none", found.mapped("speed"))
        for name in ("sales", "service", "quality", "contributor", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.env[REPURCHASE].with_user(getattr(self, f"user_{name}")).search([])

    def test_whom_it_is_about_sees_the_others(self):
        case, _partner = self._closed()
        case.concerned_user_ids = self.user_manager
        self.env.flush_all()
        rows = self.env[REPURCHASE].with_user(self.user_manager).search([])
        self.assertNotIn(case, rows.complaint_id)
        self.assertTrue(rows.filtered(lambda r: not r.complaint_id))

    def test_a_row_opens_the_case_or_the_customer(self):
        rows = self._rows()
        case = rows.filtered("complaint_id")[:1]
        self.assertEqual(case.action_open()["res_model"], "complaint.complaint")
        other = rows.filtered(lambda r: not r.complaint_id)[:1]
        action = other.action_open()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.partner", other.commercial_partner_id.id)
        )
