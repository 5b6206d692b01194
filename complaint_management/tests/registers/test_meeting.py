import base64
import io
import random
from collections import Counter
from datetime import date, datetime, timedelta

import pytz
from freezegun import freeze_time
from PIL import Image

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.complaint.complaint_state_guard import TRUSTED
from ...models.registers.meeting import complaint_meeting_lists, complaint_table_meeting
from ...models.registers.meeting.month import Month
from .common import RegisterCommon, read_book, read_rows
from .test_salesperson import SalespersonCommon

TABLE = "complaint.table.meeting"
NOW = "2025-03-20 10:00:00"
MONTHS = (date(2025, 3, 1), date(2025, 2, 1), date(2024, 3, 1))
# What the figures of these months stand under.
NOW_HEAD, LAST_HEAD, YEAR_HEAD = HEADS = ("March 2025", "February 2025", "March 2024")
CHANGES = ("Change against Feb 2025", "Change against Mar 2024")


def _draw(color):
    """:return: a picture, as a field holds it"""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), color).save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


@tagged("post_install", "-at_install")
class TestMeeting(SalespersonCommon, RegisterCommon):
    """The pack of the monthly quality meeting: figures recomputed, rights kept (R54-R56)."""

    def _pack(self, user=None, month="2025-03-01", company=None, **options):
        self.env.flush_all()
        company = company or self.company
        options = {"month": month, "company": company.id, **options}
        table = self.env[TABLE].with_user(user or self.user_leadership).with_context(tz="UTC")
        content, name = table._make_file(self._request(TABLE, "xlsx", options=options))
        self.assertTrue(name.endswith(".xlsx"))
        return {sheet.title: sheet for sheet in read_book(content)}

    def _page(self, user=None, month="2025-03-01", **options):
        options = {"month": month, "company": self.company.id, **options}
        return self._html(TABLE, user=user or self.user_leadership, options=options)

    def _figures(self, sheets):
        """:return: dict (label, unit) → row"""
        rows = read_rows(sheets["Key figures"], "Figure")
        return {(row["Figure"], row["Unit"]): row for row in rows if row["Unit"]}

    @freeze_time(NOW)
    def test_random_figures_recomputed(self):
        draw = random.Random(54)
        units = (self.product.uom_id, self.env.ref("uom.product_uom_dozen"))
        cases = []
        for _index in range(50):
            received = draw.choice(
                [
                    datetime(2025, 3, draw.randint(1, 19)),
                    datetime(2025, 2, draw.randint(1, 28)),
                    datetime(2024, 3, draw.randint(1, 31)),
                    datetime(2024, 8, 8),
                ]
            )
            case = self._fact(
                draw.choice([self.user_sales, self.user_sales2]),
                received,
                defect_id=draw.choice([self.defect_rust.id, self.defect_billing.id, False]),
                line_ids=[
                    Command.create(
                        self._prepare_line_vals(
                            product_uom_id=draw.choice(units).id,
                            quantity_confirmed=draw.choice([0, 1.5, 7]),
                        )
                    )
                ],
            )
            closed = received + timedelta(days=draw.randint(1, 60))
            if draw.random() < 0.6 and closed < datetime(2025, 3, 20):
                case._write_trusted({"state": "closed", "date_closed": closed})
            self._clock(case, draw)
            cases.append(case)
        figures = self._figures(self._pack())
        clocks = [clock for case in cases for clock in case.clock_ids]
        for number, label in enumerate(HEADS):
            first = MONTHS[number]
            end = Month(first).end
            until = min(end, datetime.fromisoformat(NOW))

            def within(moment, month=first):
                return bool(moment) and moment.date().replace(day=1) == month

            def value(name, unit="complaints", column=label):
                return figures[name, unit][column]

            received = [c for c in cases if within(c.date_received)]
            self.assertEqual(value("Received"), len(received))
            self.assertEqual(value("Closed"), sum(within(c.date_closed) for c in cases))
            still = [
                c
                for c in cases
                if c.date_received < until and not (c.date_closed and c.date_closed < until)
            ]
            self.assertEqual(value("Open"), len(still))
            overdue = {
                clock.complaint_id
                for clock in clocks
                if clock.complaint_id in still
                and clock.state in ("running", "breached")
                and clock.date_deadline < until
                and not (clock.date_stopped and clock.date_stopped < until)
            }
            self.assertEqual(value("Overdue by clock"), len(overdue))
            for kind, name in (("response", "First response"), ("report", "Report")):
                states = [
                    clock.state
                    for clock in clocks
                    if clock.kind == kind
                    and within(clock.date_deadline)
                    and clock.state in ("met", "breached")
                ]
                share = 100 * states.count("met") / len(states) if states else None
                found = value(f"On time: {name}", "%")
                self.assertEqual(found is None, share is None)
                self.assertAlmostEqual(found or 0, share or 0, 6)
            for unit in units:
                total = sum(
                    line.quantity_confirmed
                    for case in received
                    for line in case.line_ids
                    if line.product_uom_id == unit
                )
                name = "Confirmed quantity, complaints received"
                self.assertAlmostEqual(value(name, unit.name), total)
        for row in figures.values():
            for head, change in zip((LAST_HEAD, YEAR_HEAD), CHANGES, strict=True):
                known = row[NOW_HEAD] is not None and row[head] is not None
                self.assertEqual(row[change] is not None, known, row)
                if known:
                    self.assertAlmostEqual(row[change], row[NOW_HEAD] - row[head], 6)
        self._check_pareto(cases)

    def _clock(self, case, draw):
        """A clock of the case, met, missed or running."""
        day = case.date_received
        stopped = draw.choice([False, day + timedelta(days=draw.randint(1, 40))])
        round_ = case.round_ids.with_context(complaint_transition=TRUSTED).create(
            {"complaint_id": case.id, "number": 1}
        )
        self.env["complaint.clock"].with_context(complaint_transition=TRUSTED).create(
            {
                "complaint_id": case.id,
                "round_id": round_.id,
                "kind": draw.choice(["response", "report"]),
                "state": draw.choice(["met", "breached", "running", "paused", "cancelled"]),
                "date_start": day,
                "date_deadline": day + timedelta(days=draw.randint(1, 20)),
                "date_stopped": stopped,
            }
        )

    def _check_pareto(self, cases):
        rows = read_rows(self._pack()["Defects"], "Defect")
        rows = [row for row in rows if row["Share"] is not None]
        month = [c for c in cases if c.date_received >= datetime(2025, 3, 1)]
        counted = Counter(c.defect_id.display_name or "Not said" for c in month)
        self.assertEqual({row["Defect"]: row["Complaints"] for row in rows}, dict(counted))
        self.assertEqual(
            [row["Complaints"] for row in rows], sorted(counted.values(), reverse=True)
        )
        so_far = 0
        for row in rows:
            so_far += row["Complaints"]
            self.assertAlmostEqual(row["Share"], row["Complaints"] / len(month))
            self.assertAlmostEqual(row["Cumulative"], so_far / len(month))
        self.assertAlmostEqual(rows[-1]["Cumulative"], 1.0)

    def test_only_the_most_frequent_are_named(self):
        table = self.env[TABLE]
        defects = self.env["complaint.defect"].create(
            [{"name": f"Defect {letter}"} for letter in "ABCDEFGHIJKLMN"]
        )
        rows = table._get_pareto_rows([(defect, 20 - i) for i, defect in enumerate(defects)], 189)
        self.assertEqual(len(rows), 11)
        self.assertEqual(rows[-1]["name"], "4 others")
        self.assertEqual(rows[-1]["count"], 10 + 9 + 8 + 7)
        self.assertAlmostEqual(rows[-1]["sum"], 1.0)
        self.assertEqual(max(row["bar"] for row in rows), 1.0)
        self.assertAlmostEqual(rows[0]["bar"], 20 / 34)
        self.assertEqual(table._get_pareto_rows([], 0), [])

    def test_months_begin_where_the_reader_is(self):
        month = Month(date(2025, 3, 1), "Asia/Shanghai")
        self.assertEqual(month.start, datetime(2025, 2, 28, 16))
        self.assertEqual(month.end, datetime(2025, 3, 31, 16))
        self.assertEqual(month.before(12).first, date(2024, 3, 1))
        zone = pytz.timezone("Europe/Berlin")
        self.assertEqual(
            Month(date(2025, 3, 1), zone.zone).end, datetime(2025, 3, 31, 22), "summer time"
        )

    @freeze_time(NOW)
    def test_only_what_the_reader_may_read(self):
        for user, team in (
            (self.user_sales, self.team),
            (self.user_sales2, self.team),
            (self.user_sales2, self.team_2),
        ):
            self._fact(user, datetime(2025, 3, 3), team)
        key = ("Received", "complaints")
        for user, options, count in (
            (self.user_leadership, {}, 3),
            (self.user_sales, {}, 1),
            (self.user_leadership, {"team": self.team_2.id}, 1),
            (self.user_sales, {"team": self.team_2.id}, 0),
            (self.user_quality, {"team": self.team.id}, 2),
        ):
            with self.subTest(user=user.login, options=options):
                figures = self._figures(self._pack(user, **options))
                self.assertEqual(figures[key][NOW_HEAD], count)
        with self.assertRaises(AccessError):
            self._pack(self.user_contributor)

    @freeze_time(NOW)
    def test_companies_are_apart(self):
        company = self._second_company()
        team = self.env["complaint.team"].search([("company_id", "=", company.id)], limit=1)
        self._fact(self.env["res.users"], datetime(2025, 3, 3), team, company_id=company.id)
        self._fact(self.user_sales, datetime(2025, 3, 3))
        key = ("Received", "complaints")
        with self.assertRaises(UserError):
            self._pack(company=company)
        self.user_leadership.company_ids += company
        for each in (company, self.company):
            pack = self._figures(self._pack(company=each))
            self.assertEqual(pack[key][NOW_HEAD], 1)

    @freeze_time(NOW)
    def test_customers_and_measures(self):
        measure = {
            "name": "Dry before packing",
            "kind": "preventive",
            "user_id": self.user_quality.id,
            "deadline": "2025-03-10",
        }
        self._fact(self.user_sales, datetime(2025, 2, 3), action_ids=[Command.create(measure)])
        self._fact(self.user_sales, datetime(2025, 3, 3), partner_id=self.customer2.id)
        pack = self._pack()
        rows = {row["Customer"]: row for row in read_rows(pack["Customers"], "Customer")}
        first, second = (p.commercial_partner_id.name for p in (self.customer, self.customer2))
        self.assertEqual((rows[first]["Received"], rows[first]["Open at the end"]), (0, 1))
        self.assertEqual((rows[second]["Received"], rows[second]["Open at the end"]), (1, 1))
        sheet = next(sheet for name, sheet in pack.items() if name.startswith("Measures"))
        measures = read_rows(sheet, "Measure")
        self.assertEqual(measures[0]["Measure"], "Dry before packing")
        self.assertEqual(measures[0]["Taken?"], "Late")
        # Of a month that is over, too: what is still to be done is looked at now
        words = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
        self.assertTrue([word for word in words if str(word).startswith("As they stand on ")])

    @freeze_time(NOW)
    def test_no_bad_part_is_a_figure(self):
        """0 ppm is the best month there is, and not one of which nothing is known."""
        with freeze_time("2025-02-10 10:00:00"):
            self._deliver(self._order(), date=datetime(2025, 2, 10))
        self._deliver(self._order(), date=datetime(2025, 3, 5))
        key = ("Bad parts of goods shipped", "ppm")
        row = self._figures(self._pack())[key]
        self.assertEqual([row[head] for head in (NOW_HEAD, LAST_HEAD, *CHANGES)], [0, 0, 0, None])
        self.assertIsNone(row[YEAR_HEAD], "nothing shipped")
        cells = self._page().split(key[0])[1].split("</tr>")[0].split("<td")
        self.assertEqual(sum(">0.0<" in cell for cell in cells), 3)
        self.assertEqual(sum(">–<" in cell for cell in cells), 2)

    # ------------------------------------------------------------
    # Lists that hold so many rows and no more
    # ------------------------------------------------------------
    def _shorten(self, rows=2):
        for room in (complaint_table_meeting, complaint_meeting_lists):
            self.patch(room, "MAX_ROWS", rows)

    @freeze_time(NOW)
    def test_total_of_all_customers(self):
        """Who has most open comes first; those who have no room are in the total."""
        customers = self.env["res.partner"].create(
            [{"name": name, "is_company": True} for name in ("Alpha", "Beta", "Gamma", "Delta")]
        )
        for number, customer in enumerate(customers):
            for _case in range(number + 1):
                self._fact(
                    self.user_sales, datetime(2025, 3, 3), partner_id=customer.id, contact_id=False
                )
        self._shorten()
        pack = self._pack()
        rows = read_rows(pack["Customers"], "Customer")
        found = [(row["Customer"], row["Received"], row["Open at the end"]) for row in rows]
        self.assertEqual(
            found[:4],
            [("Delta", 4, 4), ("Gamma", 3, 3), ("2 others", 3, 3), ("Total", 10, 10)],
        )
        self.assertIn("… and 2 more, in the registers.", str(found[4:]))
        received = self._figures(pack)["Received", "complaints"]
        self.assertEqual(received[NOW_HEAD], 10)

    def test_short_lists_say_so(self):
        """Whatever list is cut, a line under it says how much is missing."""
        self.env["complaint.lesson"].create(
            [{"name": f"Lesson {number}", "advice": "Dry it"} for number in range(3)]
        )
        trusted = self.env["complaint.repetition"].with_context(complaint_transition=TRUSTED)
        trusted.create([self._prepare_repetition_vals(number) for number in range(4)])
        self._shorten()
        # They are of today, whatever day a test pretends to be
        pack = self._pack(month=fields.Date.today().replace(day=1).isoformat())
        for title, count in (("Lessons", 1), ("Came again", 2)):
            text = str(list(pack[title].values))
            self.assertIn(f"… and {count} more", text)

    def _prepare_repetition_vals(self, number):
        return {
            "product_id": self._product(name=f"Goods {number}").id,
            "defect_id": self.defect_rust.id,
            "company_id": self.company.id,
        }

    @freeze_time(NOW)
    def test_time_for_all_rows(self):
        """The engine gets time for the rows of all tables of the pack, as for those of one."""
        for _number in range(5):
            self._fact(self.user_sales, datetime(2025, 3, 3), defect_id=self.defect_rust.id)
        options = {"month": "2025-03-01", "company": self.company.id}
        table = self.env[TABLE].with_user(self.user_leadership)
        document = table._make_document(self._request(TABLE, "pdf", options=options))
        self.assertEqual(document.count, sum(len(list(part.rows)) for part in document.parts))
        self.assertGreater(document.count, 13)

    # ------------------------------------------------------------
    # Whose letterhead
    # ------------------------------------------------------------
    @freeze_time(NOW)
    def test_letterhead_of_the_company_asked_for(self):
        """Somebody who works in two companies prints the pack of the second one."""
        company = self._second_company()
        self.company.logo, company.logo = (_draw(color) for color in ("red", "blue"))
        self.user_leadership.company_ids += company
        table = self.env[TABLE].with_user(self.user_leadership)
        table = table.with_context(allowed_company_ids=[self.company.id, company.id])
        options = {"month": "2025-03-01", "company": company.id}
        content, _name = table._make_file(self._request(TABLE, "pdf", options=options))
        html = content.decode() if isinstance(content, bytes) else content
        self.assertIn(company.logo.decode(), html)
        self.assertNotIn(self.company.logo.decode(), html)

    @freeze_time(NOW)
    def test_month_without_anything(self):
        pack = self._pack(month="2001-01-01", company=self.company, team=self.team_2.id)
        figures = self._figures(pack)
        self.assertEqual(figures["Received", "complaints"]["January 2001"], 0)
        self.assertIn("Decisions", pack)
        html = self._page(month="2001-01-01", team=self.team_2.id)
        self.assertTrue("Nothing to list." in html)

    def test_what_cannot_be_meant_is_said(self):
        for month in (None, "x", "1900-01-01", "2999-01-01", ["2025-03-01"]):
            with self.subTest(month=month), self.assertRaises(UserError):
                self._pack(month=month)
        for company in (None, "1", 0, 10**9):
            options = {"month": "2025-03-01", "company": company}
            with self.subTest(company=company), self.assertRaises(UserError):
                self._html(TABLE, user=self.user_leadership, options=options)

    @freeze_time(NOW)
    def test_paper_has_bars_and_lines_to_write_on(self):
        self._fact(self.user_sales, datetime(2025, 3, 3), defect_id=self.defect_rust.id)
        self.env["complaint.defect"].browse(self.defect_rust.id).name = "<script>1</script>"
        html = self._page()
        self.assertTrue("width: 100.0%; height: 8px" in html)
        self.assertFalse("<script>1" in html)
        self.assertTrue("Decisions" in html)
        self.assertEqual(html.count("page-break-before: always"), 4)

    def test_reader_s_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        table = self.env[TABLE].with_user(self.user_leadership).with_context(lang="de_DE")
        request = self._request(
            TABLE, "pdf", options={"month": "2025-03-01", "company": self.company.id}
        )
        self.assertIn("März 2025", table._get_title(request))

    @freeze_time(NOW)
    def test_wizard_asks_for_the_month_that_is_over(self):
        wizard = self.env["complaint.meeting.wizard"].with_user(self.user_sales).create({})
        self.assertEqual(wizard.month, date(2025, 2, 1))
        params = wizard.action_pdf()["params"]
        self.assertEqual(params["format"], "pdf")
        self.assertEqual(
            params["options"],
            {"month": "2025-02-01", "company": self.company.id, "team": None},
        )
        self.assertEqual(wizard.action_xlsx()["params"]["format"], "xlsx")
