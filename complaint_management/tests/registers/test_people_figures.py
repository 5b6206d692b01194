from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import RegisterCommon, read_rows
from .test_salesperson import FIGURES, SalespersonCommon

TABLE = "complaint.table.people"
PERIOD = {"start": "2024-01-01", "end": "2024-04-01"}


class PeopleCommon(SalespersonCommon, RegisterCommon):
    """A team of three and its figures of January to March 2024, April not yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_sales3 = cls.env["res.users"].create(
            {
                **cls._prepare_user_vals("user_sales2"),
                "name": "Abel Third",
                "login": "complaint_sales3",
                "email": "sales3@example.com",
            }
        )
        cls.sellers = cls.user_sales + cls.user_sales2 + cls.user_sales3


@tagged("post_install", "-at_install")
class TestPeopleFigures(PeopleCommon):
    """Registers of salespeople and teams: against the time before, for whose eyes (R56)."""

    def _people(self, user, by="user", start=date(2024, 4, 1), end=date(2024, 7, 1)):
        self.env.flush_all()
        people = self.people.with_user(user)
        return {
            (row["team"].id, row["user"].id): row["rates"]
            for row in people._get_people(start, end, by)
        }

    def _assert_share(self, share, cell):
        expected = self._rate(cell)
        self.assertIs(share is None, expected is False, (share, cell))
        self.assertAlmostEqual(100 * (share or 0), expected or 0, 6)

    def test_random_figures_against_the_time_before(self):
        teams = (self.team, self.team_2)
        complaints = self._random_facts(58, 90, list(self.sellers), teams, months=6)
        expected = {}
        for number, quarter in enumerate(((1, 2, 3), (4, 5, 6))):
            cases = [c for c in complaints if c.date_received.month in quarter]
            for key, sums in self._count(cases, lambda c, u: (c.team_id.id, u.id)).items():
                expected[(number, *key)] = sums
            for key, sums in self._count(cases, lambda c, _user: c.team_id.id).items():
                expected[number, key, False] = sums
        rows = self._people(self.user_leadership)
        self.assertEqual(len(rows), 2 * 3 + 2)
        for (team, user), rates in rows.items():
            for figure in FIGURES:
                for number, share in ((1, rates[figure][0]), (0, rates[figure][1])):
                    cell = expected.get((number, team, user), {}).get(figure, [0, 0])
                    with self.subTest(team=team, user=user, figure=figure, number=number):
                        self._assert_share(share, cell)
        known = [rates["response"] for rates in rows.values() if None not in rates["response"]]
        self.assertTrue(known)
        teams_only = self._people(self.user_leadership, "team")
        self.assertEqual(teams_only, {key: row for key, row in rows.items() if not key[1]})

    def test_order_of_names_whatever_the_figures(self):
        for number, user in enumerate(self.sellers):
            for _case in range(number + 1):
                self._fact(user, datetime(2024, 5, 5), clocks=[("response", "met")])
        self.env.flush_all()
        rows = self.people.with_user(self.user_leadership)._get_people(
            date(2024, 5, 1), date(2024, 6, 1)
        )
        names = [row["user"].name for row in rows]
        people = sorted(self.sellers.mapped("name"), key=str.casefold)
        self.assertEqual(names, [*people, False], "the team stands below its people")

    def test_average_hides_each_of_its_people(self):
        for user in self.user_sales + self.user_sales2:
            for _case in range(3):
                self._fact(user, datetime(2024, 5, 5), clocks=[("response", "met")])
        own = {(self.team.id, self.user_sales.id)}
        average = {(self.team.id, False)}
        self.assertEqual(set(self._people(self.user_sales)), own, "two: the other would be seen")
        self._fact(self.user_sales3, datetime(2024, 5, 5), clocks=[("response", "breached")])
        rows = self._people(self.user_sales)
        self.assertEqual(set(rows), own | average)
        self.assertAlmostEqual(rows[self.team.id, False]["response"][0], 6 / 7)
        self.assertEqual(set(self._people(self.user_sales, "team")), average)
        seen = self._people(self.user_quality)
        self.assertFalse([user for _team, user in seen if user], "reads all cases, not people")

    def test_average_hides_each_of_its_people_figure_by_figure(self):
        """Three have figures, and one alone has promises: his share is not the team's."""
        for user in self.sellers:
            for _case in range(3):
                self._fact(user, datetime(2024, 5, 5), clocks=[("response", "met")])
        promises = [(self.user_sales, state) for state in ("kept", "kept", "broken", "broken")]
        self._fact(self.user_sales, datetime(2024, 5, 5), promises=promises)
        team = (self.team.id, False)
        for user in (self.user_sales2, self.user_sales):
            rates = self._people(user)[team]
            self.assertEqual(rates["response"][0], 1.0)
            self.assertIsNone(rates["promise"][0])
        self.assertEqual(self._people(self.user_leadership)[team]["promise"][0], 0.5)
        for user in self.sellers - self.user_sales:
            self._fact(user, datetime(2024, 5, 5), promises=[(user, "kept")])
        self.assertAlmostEqual(self._people(self.user_sales2)[team]["promise"][0], 4 / 6)

    def test_time_before_is_hidden_as_well(self):
        for user in self.sellers:
            self._fact(user, datetime(2024, 5, 5), clocks=[("response", "met")])
        for _case in range(3):
            self._fact(self.user_sales2, datetime(2024, 2, 5), clocks=[("response", "met")])
        team = (self.team.id, False)
        self.assertIsNone(self._people(self.user_sales)[team]["response"][1])
        self.assertEqual(self._people(self.user_leadership)[team]["response"][1], 1.0)

    def test_who_is_alone_now_sees_nobody_of_before(self):
        for _case in range(3):
            self._fact(self.user_sales, datetime(2024, 5, 5), clocks=[("response", "met")])
            self._fact(self.user_sales2, datetime(2024, 2, 5), clocks=[("response", "met")])
        team = (self.team.id, False)
        self.assertEqual(self._people(self.user_sales)[team]["response"], (1.0, None))

    def test_managers_see_teams_of_two(self):
        for user in self.user_sales + self.user_sales2:
            for _case in range(2):
                self._fact(user, datetime(2024, 5, 5), clocks=[("response", "met")])
        rows = self._people(self.user_manager)
        self.assertEqual(rows[self.team.id, False]["response"], (1.0, None))
        self.assertIsNone(rows[self.team.id, self.user_sales.id]["response"][0], "two of three")

    def test_screen_says_the_same(self):
        for number in range(4):
            state = "met" if number else "breached"
            self._fact(self.user_sales, datetime(2024, 5, 5), clocks=[("response", state)])
            self._fact(self.user_sales, datetime(2024, 2, 5), clocks=[("response", "met")])
        self.env.flush_all()
        sheet = (
            self.env["complaint.people.sheet"]
            .with_user(self.user_sales)
            .with_context(tz="UTC")
            .create({"date_from": "2024-04-11", "date_to": "2024-06-02"})
        )
        line = sheet.line_ids[0]
        self.assertEqual(line.name, self.user_sales.name)
        self.assertEqual(line.response, "75 % ▼ 25")
        self.assertEqual(line.promise, "too few")
        self.assertEqual(sheet.before_text, "Jan 2024 – Mar 2024")
        params = sheet.action_xlsx()["params"]
        self.assertEqual(params["options"]["start"], "2024-04-01")
        self.assertEqual(params["options"]["end"], "2024-07-01")
        months = sheet.action_open_months()
        self.assertEqual(
            self.people.with_user(self.user_sales).search(months["domain"]).mapped("month"),
            [date(2024, 5, 1)],
        )

    def test_figures_stay_after_a_press(self):
        """Buttons save the sheet; the figures stay on the screen, and follow the months."""
        for month in (2, 5):
            for number in range(4):
                state = "met" if number else "breached"
                self._fact(self.user_sales, datetime(2024, month, 5), clocks=[("response", state)])
        self._fact(self.user_sales, datetime(2024, 5, 6), clocks=[("response", "breached")])
        self.env.flush_all()
        shown = {"line_ids": {"fields": {"name": {}, "response": {}}}}
        sheets = self.env["complaint.people.sheet"].with_user(self.user_sales)
        vals = {"date_from": "2024-05-01", "date_to": "2024-05-31"}
        (saved,) = sheets.web_save(vals, shown)
        self.assertEqual(saved["line_ids"][0]["response"], "60 %")
        self.env.flush_all()
        self.env.invalidate_all()
        sheet = sheets.browse(saved["id"])
        self.assertEqual(sheet.web_read(shown), [saved])
        (saved,) = sheet.web_save({"date_from": "2024-02-01", "date_to": "2024-02-29"}, shown)
        self.assertEqual([line["response"] for line in saved["line_ids"]], ["75 %"] * 2)
        self.assertEqual(len(self.env["complaint.people.sheet.line"].search([])), 2)

    def test_months_in_their_order(self):
        with Form(self.env["complaint.people.sheet"].with_user(self.user_leadership)) as sheet:
            sheet.date_from = "2024-04-01"
            sheet.date_to = "2024-02-01"
            self.assertEqual(sheet.date_from, date(2024, 2, 1))
            sheet.date_from = "2024-06-01"
            self.assertEqual(sheet.date_to, date(2024, 6, 1))

    def test_workbook_and_paper(self):
        for number in range(4):
            self._fact(
                self.user_sales,
                datetime(2024, 2, 5),
                clocks=[("response", "met" if number else "breached")],
            )
        self.user_sales.name = "Zoe Seller"
        self.env.flush_all()
        book = self._book(TABLE, user=self.user_leadership, options={"by": "user", **PERIOD})
        rows = read_rows(book.worksheets[0], "Name")
        row = next(row for row in rows if row["Name"] == self.user_sales.name)
        self.assertEqual(row["First response on time"], 0.75)
        self.assertIsNone(row["Promises kept"])
        html = self._html(TABLE, user=self.user_leadership, options={"by": "team", **PERIOD})
        self.assertTrue("75 %" in html)
        self.assertFalse("Zoe" in html)
        own = self._html(TABLE, user=self.user_sales2, options={"by": "user", **PERIOD})
        self.assertFalse("Zoe" in own)

    def test_what_cannot_be_meant_is_said(self):
        for options in (
            {},
            {"start": "2024-05-01", "end": "2024-05-01"},
            {"start": "0001-01-01", "end": "0001-02-01"},
            {"start": "2000-01-01", "end": "2024-05-01"},
            {"start": ["x"], "end": None},
            {"start": "9999-11-01", "end": "9999-12-01"},
            {"start": "0001-01-01", "end": "9999-12-01"},
            {"start": "1900-12-01", "end": "1901-02-01"},
        ):
            with self.subTest(options=options), self.assertRaises(UserError):
                self._book(TABLE, user=self.user_leadership, options=options)
        with self.assertRaises(AccessError):
            self._book(TABLE, user=self.user_contributor, options=PERIOD)

    def test_years_nobody_means_on_screen(self):
        for start, end in (("9999-11-01", "9999-12-01"), ("1900-01-01", "1900-02-01")):
            with self.subTest(start=start), self.assertRaises(UserError):
                self.env["complaint.people.sheet"].with_user(self.user_leadership).create(
                    {"date_from": start, "date_to": end}
                ).line_ids.mapped("name")

    def test_heads_tell_the_changes_apart(self):
        for file_format in ("pdf", "xlsx"):
            request = self._request(TABLE, file_format, options=PERIOD)
            heads = [column.label for column in self.env[TABLE]._get_columns(request)]
            self.assertEqual(len(heads), len(set(heads)), heads)

    def test_any_number_of_people_is_some_queries(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = self.people.with_user(self.user_leadership)._get_people(
                date(2024, 4, 1), date(2024, 7, 1)
            )
            self.assertTrue(all(row["team"].name or row["user"].name for row in rows))
            return self.env.cr.sql_log_count - before

        self._fact(self.user_sales, datetime(2024, 5, 5), clocks=[("response", "met")])
        count()
        few = count()
        for index in range(10):
            user = self.env["res.users"].create(
                {
                    **self._prepare_user_vals("user_sales2"),
                    "name": f"Seller {index}",
                    "login": f"complaint_seller{index}",
                }
            )
            self._fact(user, datetime(2024, 5, 5), clocks=[("response", "met")])
        count()  # new users empty the caches of the registry
        self.assertNoQueryEach(few, count(), further=10)
