import random
from collections import defaultdict
from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.complaint.complaint_state_guard import TRUSTED
from ..common import ComplaintCommon

FIGURES = ("response", "handling", "report", "promise", "satisfaction")


class SalespersonCommon(ComplaintCommon):
    """Complaints of two years ago with clocks, promises and ratings, made as facts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["complaint.analysis.salesperson"].with_context(tz="UTC")
        cls.company.complaint_figures_minimum = 3
        cls.team_2 = cls.env["complaint.team"].create({"name": "Team Two", "sequence": 99})

    @classmethod
    def _fact(cls, user, day, team=None, clocks=(), promises=(), satisfaction=False, **vals):
        """A registered complaint of ``user`` received on ``day``.

        :param clocks: list of (kind, state)
        :param promises: list of (user, state)
        """
        complaint = cls._complaint(
            user_id=user.id, team_id=(team or cls.team).id, date_received=day, **vals
        )
        complaint._write_trusted(
            {"state": "executing", "date_registered": day, "satisfaction": satisfaction}
        )
        trusted = cls.env(context={**cls.env.context, "complaint_transition": TRUSTED})
        for number, (kind, state) in enumerate(clocks):
            round_ = trusted["complaint.round"].create(
                {"complaint_id": complaint.id, "number": number + 1}
            )
            trusted["complaint.clock"].create(
                {
                    "complaint_id": complaint.id,
                    "round_id": round_.id,
                    "kind": kind,
                    "state": state,
                    "date_start": day,
                    "date_deadline": day,
                }
            )
        for person, state in promises:
            trusted["complaint.promise"].create(
                {
                    "complaint_id": complaint.id,
                    "name": "Call back",
                    "user_id": person.id,
                    "deadline": day,
                    "state": state,
                }
            )
        return complaint

    @classmethod
    def _random_facts(cls, seed, number, users, teams, months=3):
        """:return: list of the complaints; received from January 2024 on"""
        draw = random.Random(seed)
        complaints = []
        for _index in range(number):
            clocks = [
                (draw.choice(["response", "plan", "handling", "report"]), state)
                for state in draw.choices(["met", "breached", "running", "paused"], k=3)
            ]
            promises = [
                (draw.choice(users), draw.choice(["kept", "broken", "open", "moved"]))
                for _promise in range(draw.randint(0, 2))
            ]
            day = datetime(2024, draw.randint(1, months), draw.randint(1, 28), 12)
            complaints.append(
                cls._fact(
                    draw.choice(users),
                    day,
                    draw.choice(teams),
                    clocks,
                    promises,
                    draw.choice([False, "1", "3", "4", "5"]),
                )
            )
        return complaints

    def _count(self, complaints, key):
        """:return: dict key → figure → [good, decided], recomputed from the records

        :param key: function of complaint and user → key
        """
        sums = defaultdict(lambda: defaultdict(lambda: [0, 0]))

        def add(complaint, user, figure, good):
            cell = sums[key(complaint, user)][figure]
            cell[0] += good
            cell[1] += 1

        for complaint in complaints:
            for clock in complaint.clock_ids:
                if clock.kind in FIGURES and clock.state in ("met", "breached"):
                    add(complaint, complaint.user_id, clock.kind, clock.state == "met")
            for promise in complaint.promise_ids:
                if promise.state in ("kept", "broken"):
                    add(complaint, promise.user_id, "promise", promise.state == "kept")
            if complaint.satisfaction:
                good = complaint.satisfaction in ("4", "5")
                add(complaint, complaint.user_id, "satisfaction", good)
        return sums

    def _rate(self, cell, minimum=3):
        return 100 * cell[0] / cell[1] if cell[1] >= minimum else False


@tagged("post_install", "-at_install")
class TestSalesperson(SalespersonCommon):
    """Rates of people: right, of enough cases, and for nobody's eyes but those meant (R56)."""

    def _assert_rates(self, row, cells):
        for figure in FIGURES:
            self._assert_rate(row[f"{figure}_rate"], cells[figure], figure)

    def _assert_rate(self, rate, cell, figure):
        expected = self._rate(cell)
        # Nothing known and a share of 0 are not the same
        self.assertIs(rate is False, expected is False, (figure, rate, cell))
        self.assertAlmostEqual(rate, expected, 6, figure)

    def test_random_rows_recomputed(self):
        users, teams = (self.user_sales, self.user_sales2), (self.team, self.team_2)
        complaints = self._random_facts(56, 60, users, teams)
        expected = self._count(
            complaints, lambda c, user: (user, c.team_id, c.date_received.date().replace(day=1))
        )
        self.env.flush_all()
        rows = self.people.search([("month", "<", "2024-12-01"), ("month", ">=", "2024-01-01")])
        rows = rows.filtered(lambda r: r.user_id in users[0] + users[1])
        self.assertEqual({(r.user_id, r.team_id, r.month) for r in rows}, set(expected))
        for row in rows:
            with self.subTest(user=row.user_id.login, month=row.month, team=row.team_id.name):
                self._assert_rates(row, expected[row.user_id, row.team_id, row.month])
        empty = [r for r in rows if not any(r[f"{figure}_rate"] for figure in FIGURES)]
        self.assertLess(len(empty), len(rows))

    def test_group_is_the_rate_of_all_its_cases(self):
        users, teams = (self.user_sales, self.user_sales2), (self.team, self.team_2)
        complaints = self._random_facts(57, 40, users, teams)
        self.env.flush_all()
        domain = [("month", ">=", "2024-01-01"), ("month", "<", "2024-12-01")]
        names = [f"{figure}_rate:avg" for figure in FIGURES]
        for groupby, key in (
            ("user_id", lambda c, user: user),
            ("team_id", lambda c, user: c.team_id),
        ):
            expected = self._count(complaints, key)
            for group, *rates in self.people._read_group(domain, [groupby], names):
                with self.subTest(groupby=groupby, group=group.display_name):
                    for figure, rate in zip(FIGURES, rates, strict=True):
                        self._assert_rate(rate, expected[group][figure], figure)
        self.assertEqual(
            self.people.formatted_read_group(domain, ["user_id"], names)[0].keys() >= set(names),
            True,
        )

    def test_other_aggregates_are_what_they_say(self):
        """Only mean and sum of a rate are the rate of all: a list is a list, a number a number."""
        for month in (4, 5):
            for day in range(1, 4):
                self._fact(
                    self.user_sales, datetime(2023, month, day), clocks=[("response", "met")]
                )
        self.env.flush_all()
        [(rate, total, number, rates, most)] = self.people._read_group(
            [("month", ">=", "2023-04-01"), ("month", "<", "2023-12-01")],
            [],
            [f"response_rate:{name}" for name in ("avg", "sum", "count", "array_agg", "max")],
        )
        self.assertEqual((rate, total), (100.0, 100.0))
        self.assertEqual(number, 2)
        self.assertEqual(rates, [100.0, 100.0])
        self.assertEqual(most, 100.0)

    def test_nothing_decided_is_no_rate(self):
        day = datetime(2023, 5, 5)
        self._fact(self.user_sales, day, clocks=[("response", "running")], satisfaction="5")
        self.env.flush_all()
        [(response, satisfied)] = self.people._read_group(
            [("month", "=", "2023-05-01"), ("user_id", "=", self.user_sales.id)],
            [],
            ["response_rate:avg", "satisfaction_rate:avg"],
        )
        self.assertIs(response, False)
        self.assertIs(satisfied, False, "one case is too few")

    def test_too_few_cases_are_the_company_s_to_say(self):
        for day in range(1, 4):
            self._fact(self.user_sales, datetime(2023, 5, day), clocks=[("response", "met")])
        domain = [("month", "=", "2023-05-01"), ("user_id", "=", self.user_sales.id)]
        for minimum, rate in ((4, False), (3, 100.0), (1, 100.0)):
            self.company.complaint_figures_minimum = minimum
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self.people.search(domain).response_rate, rate)

    def test_months_begin_where_the_reader_is(self):
        self._fact(self.user_sales, datetime(2023, 4, 30, 20), clocks=[("response", "met")])
        self.env.flush_all()
        for zone, month in (("UTC", "2023-04-01"), ("Asia/Shanghai", "2023-05-01"), ("?", None)):
            people = self.people.with_context(tz=zone)
            row = people.search(
                [("month", "<", "2023-12-01"), ("month", ">", "2023-01-01")]
            ).filtered(lambda r: r.user_id == self.user_sales)
            self.assertEqual(str(row.month), month or "2023-04-01")
            found = self.env["complaint.complaint"].search(row._get_complaint_domain())
            self.assertEqual(found.date_received, datetime(2023, 4, 30, 20))

    def test_customers_who_bought_again(self):
        """Of cases whose time to buy again is over, whoever counts it (R58)."""
        customers = self.env["res.partner"].create([{"name": f"Buyer {n}"} for n in range(5)])
        for number, customer in enumerate(customers):
            moments = [datetime(2023, 1, 1)]
            if number < 2:
                moments.append(datetime(2023, 5, 20))
            for moment in moments:
                order = self._order(partner=customer)
                order.write({"state": "sale", "date_order": moment})
            case = self._fact(
                self.user_sales, datetime(2023, 5, 5), partner_id=customer.id, contact_id=False
            )
            case._write_trusted({"state": "closed", "date_closed": datetime(2023, 5, 10)})
        self.env.flush_all()
        row = self.people.search(
            [("month", "=", "2023-05-01"), ("user_id", "=", self.user_sales.id)]
        )
        self.assertAlmostEqual(row.repurchase_rate, 40.0)

    def test_cases_about_a_colleague_are_in_nobody_s_figures(self):
        case = self._fact(self.user_sales, datetime(2023, 5, 5), clocks=[("response", "met")])
        domain = [("month", "=", "2023-05-01"), ("user_id", "=", self.user_sales.id)]
        self.env.flush_all()
        self.assertTrue(self.people.search(domain))
        case.concerned_user_ids = self.user_stranger
        self.env.flush_all()
        self.assertFalse(self.people.search(domain))

    def test_no_count_of_complaints_is_offered(self):
        """Nothing to sort people by but rates: no field, no export, no measure says how many."""
        names = self.people.with_user(self.user_leadership).fields_get()
        numbers = {
            name
            for name, field in names.items()
            if field["type"] in ("integer", "float", "monetary")
            and name != "id"
            and not name.endswith("_rate")
        }
        self.assertFalse(numbers)
        action = self.env.ref("complaint_management.complaint_analysis_salesperson_action")
        self.assertNotIn("pivot", action.view_mode)
        with self.assertRaises(ValueError):
            self.people.search([], order="response_decided")
        with self.assertRaises(ValueError):
            self.people._read_group([], ["user_id"], ["response_decided:sum"])

    # ------------------------------------------------------------
    # Who sees whom
    # ------------------------------------------------------------
    def test_who_sees_whom(self):
        both = self.user_sales + self.user_sales2
        for user in both:
            for team in (self.team, self.team_2):
                self._fact(user, datetime(2023, 5, 5), team, clocks=[("response", "met")])
        self.env.flush_all()

        def seen(user):
            rows = self.people.with_user(user).search([("month", "=", "2023-05-01")])
            return {(row.user_id.id, row.team_id.id) for row in rows}

        def pairs(users, teams):
            return {(user.id, team.id) for user in users for team in teams}

        boss = self.user_manager
        teams = self.team + self.team_2
        self.assertEqual(seen(self.user_sales), pairs(self.user_sales, teams))
        self.assertEqual(seen(self.user_leadership), pairs(both, teams))
        self.assertFalse(seen(self.user_quality), "reads all cases, nobody's figures")
        self.assertEqual(seen(boss), pairs(both, teams), "nobody leads the second team")
        self.team_2.user_id = self.user_leadership
        self.assertEqual(seen(boss), pairs(both, self.team), "he has a function in the first")
        self.team_2.member_ids += boss
        self.assertEqual(seen(boss), pairs(both, teams))
        self.assertFalse(seen(self.user_service))
        self.team_2.user_id = self.user_service
        self.assertEqual(seen(self.user_service), pairs(both, self.team_2))

    def test_companies_are_apart(self):
        company = self._second_company()
        team = self.env["complaint.team"].search([("company_id", "=", company.id)], limit=1)
        self._fact(
            self.env["res.users"],
            datetime(2023, 5, 5),
            team,
            clocks=[("response", "met")],
            company_id=company.id,
        )
        self.env.flush_all()
        domain = [("month", "=", "2023-05-01"), ("company_id", "=", company.id)]
        self.assertTrue(self.people.search(domain))
        leadership = self.people.with_user(self.user_leadership)
        self.assertFalse(leadership.search(domain))

    def test_drill_down_shows_what_the_reader_may_read(self):
        case = self._fact(self.user_sales, datetime(2023, 5, 5), clocks=[("response", "met")])
        self._fact(self.user_sales, datetime(2023, 6, 1), clocks=[("response", "met")])
        self.env.flush_all()
        row = self.people.with_user(self.user_sales).search([("month", "=", "2023-05-01")])
        action = row.action_open_complaints()
        self.assertEqual(self.env["complaint.complaint"].search(action["domain"]), case)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            row.with_user(self.user_sales2).action_open_complaints()
