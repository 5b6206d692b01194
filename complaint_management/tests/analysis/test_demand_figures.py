from collections import defaultdict
from datetime import datetime, timedelta
from random import Random

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.remedies.complaint_demand_remedy import MONEY_KINDS
from .figures_common import FiguresCommon

DEMANDS = "complaint.analysis.demand"
AMOUNTS = ["amount_claimed:sum", "amount_offered:sum", "amount_granted:sum"]
KINDS = ("credit", "discount", "compensation", "apology", "free_goods")
RESULTS = {"done": "granted", "declined": "declined", "cancelled": "withdrawn"}


@tagged("post_install", "-at_install")
class TestDemandFigures(FiguresCommon):
    """What was asked for, granted and declined, in the company's money (R12, R37, R41)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = Random(12)
        cls.foreign = cls._currency({"2023-01-01": 2.0, "2024-03-01": 4.0})
        cls.cases = cls.env["complaint.complaint"]
        for _index in range(20):
            cls.cases |= cls._random_case()
        cls.demands = cls.cases.demand_ids
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _random_case(cls):
        choice = cls.random.choice
        received = datetime(2024, 1, 5, 9) + timedelta(days=cls.random.randint(0, 90))
        case = cls._past(
            [cls._said(cls.product, 3)],
            state=choice(("registered", "registered", "executing", "draft")),
            date_received=received,
            claimed_amount=choice((0.0, 800.0)),
        )
        for _index in range(cls.random.randint(0, 3)):
            cls._random_demand(case, received)
        return case

    @classmethod
    def _random_demand(cls, case, received):
        kind = cls.random.choice(KINDS)
        money = kind in MONEY_KINDS
        demand = cls.env["complaint.demand"].create(
            {
                "complaint_id": case.id,
                "kind": kind,
                "currency_id": cls.random.choice((cls.foreign, case.company_id.currency_id)).id,
                "amount": cls.random.randint(1, 400) if money else 0.0,
                "deduction_claimed": cls.random.choice((0.0, 0.0, 700.0)) if money else 0.0,
            }
        )
        state = cls.random.choice(("open", "offered", "accepted", "declined", "done", "cancelled"))
        answered = received + timedelta(hours=cls.random.randint(1, 900))
        vals = {"state": state, "date_answered": state != "open" and answered}
        if state == "declined":
            vals["decline_reason"] = cls.random.choice(("own_fault", "impossible"))
        demand._write_trusted(vals)
        return demand

    # ------------------------------------------------------------
    # Counted in Python
    # ------------------------------------------------------------
    def _counted(self):
        return self.demands.filtered(lambda d: d.complaint_id.state != "draft")

    def _to_company(self, demand, amount):
        if demand.currency_id == demand.company_id.currency_id:
            return amount
        day = demand.date_answered or demand.complaint_id.date_received
        return amount / (2.0 if day < datetime(2024, 3, 1) else 4.0)

    def _amounts(self, demand):
        """:return: claimed, offered, granted in the company's currency"""
        case = demand.complaint_id
        claimed = self._to_company(demand, demand.deduction_claimed)
        if not any(case.demand_ids.mapped("deduction_claimed")):
            money = sorted(case.demand_ids, key=lambda d: (d.remedy_kind not in MONEY_KINDS, d.id))
            claimed = case.claimed_amount if demand == money[0] else 0.0
        promised = demand.state in ("offered", "accepted", "done")
        offered = demand.amount if promised and demand.remedy_kind in MONEY_KINDS else 0.0
        granted = demand.granted_value if demand.state == "done" else 0.0
        return claimed, self._to_company(demand, offered), self._to_company(demand, granted)

    def test_every_row(self):
        rows = self.env[DEMANDS].search([("complaint_id", "in", self.cases.ids)])
        self.assertEqual(set(rows.ids), set(self._counted().ids))
        self.assertEqual(len({row.result for row in rows}), 4)
        for row in rows:
            demand, case = row.demand_id, row.complaint_id
            found = (row.amount_claimed, row.amount_offered, row.amount_granted)
            for mine, theirs in zip(found, self._amounts(demand), strict=True):
                self.assertAlmostEqual(mine, theirs, 2)
            self.assertEqual(row.result, RESULTS.get(demand.state, "open"))
            self.assertEqual(row.currency_id, case.company_id.currency_id)
            self.assertEqual(row.decline_reason, demand.decline_reason)
            if demand.state in ("done", "declined"):
                days = (demand.date_answered - case.date_received).total_seconds() / 86400
                self.assertAlmostEqual(row.days_to_done, days, 4)
            else:
                self.assertIs(row.days_to_done, False)

    def test_groups(self):
        sums, shares = defaultdict(lambda: [0.0, 0.0, 0.0]), defaultdict(list)
        for demand in self._counted():
            for index, amount in enumerate(self._amounts(demand)):
                sums[demand.kind,][index] += amount
            if demand.state in ("done", "declined"):
                shares[demand.kind,].append(100 if demand.state == "done" else 0)
        domain = [("complaint_id", "in", self.cases.ids)]
        self.assertFigures(self._figures(DEMANDS, ["kind"], AMOUNTS, domain), sums, 2)
        expected = {
            key: [sum(shares[key]) / len(shares[key]) if shares[key] else None] for key in sums
        }
        found = self._figures(DEMANDS, ["kind"], ["granted_share:avg"], domain)
        self.assertFigures(found, expected)
        claimed = sum(
            case.claimed_amount
            for case in self.cases.filtered(lambda c: c.state != "draft" and c.demand_ids)
            if not any(case.demand_ids.mapped("deduction_claimed"))
        )
        claimed += sum(self._to_company(d, d.deduction_claimed) for d in self._counted())
        [(total,)] = self.env[DEMANDS]._read_group(domain, [], ["amount_claimed:sum"])
        self.assertAlmostEqual(total, claimed, 2, "what is in question counts once a case")

    def test_cost_is_that_of_its_documents(self):
        case = self._registered_complaint()
        demand = case.demand_ids[:1]
        case.expense_ids = [
            Command.create({"name": "Courier", "amount": 18.0, "demand_id": demand.id}),
            Command.create({"name": "Laboratory", "amount": 120.0}),
        ]
        self.env.flush_all()
        row = self.env[DEMANDS].browse(demand.id)
        self.assertEqual(row.amount_cost, 18.0)

    def test_added_later_counts_from_then(self):
        case = self._past(state="registered", date_received=datetime(2024, 1, 1))
        demand = self.env["complaint.demand"].create({"complaint_id": case.id, "kind": "apology"})
        created = demand.create_date
        demand._write_trusted({"state": "done", "date_answered": created + timedelta(days=2)})
        self.env.flush_all()
        self.assertAlmostEqual(self.env[DEMANDS].browse(demand.id).days_to_done, 2.0, 4)

    def test_contributors_see_none_of_it(self):
        case = self._past(state="registered")
        self.env["complaint.demand"].create({"complaint_id": case.id, "kind": "credit"})
        self.env["complaint.action"].create(
            {
                "complaint_id": case.id,
                "name": "Look",
                "user_id": self.user_contributor.id,
                "deadline": "2024-01-01",
            }
        )
        self.env.flush_all()
        domain = [("complaint_id", "=", case.id)]
        self.assertTrue(self.env[DEMANDS].with_user(self.user_sales).search(domain))
        self.assertFalse(self.env[DEMANDS].with_user(self.user_sales2).search(domain))
        with self.assertRaises(AccessError):
            self.env[DEMANDS].with_user(self.user_contributor).search(domain)

    def test_a_row_opens_its_complaint(self):
        case = self._past(state="registered")
        demand = self.env["complaint.demand"].create({"complaint_id": case.id, "kind": "credit"})
        self.env.flush_all()
        action = self.env[DEMANDS].browse(demand.id).action_open_complaint()
        self.assertEqual((action["res_model"], action["res_id"]), (case._name, case.id))
