from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.analysis.complaint_measures import HOURS_FIELDS, TIMELINESS_FIELDS
from ..clocks.clock_common import MONDAY
from .analysis_common import AnalysisCommon, average, count_hours

HOURS = [f"hours_to_{step}" for step in HOURS_FIELDS]
STAMPS = {
    "hours_to_response": "date_responded",
    "hours_to_plan": "date_planned",
    "hours_to_handling": "date_handled",
    "hours_to_report": "date_reported",
    "hours_to_resolve": "date_resolved",
}


@tagged("post_install", "-at_install")
class TestMeasures(AnalysisCommon):
    """Hours and timeliness are stamped with the dates, in working time, and averages are true."""

    def _finished(self, complaint, at):
        """Answer, plan, handle, report and resolve an hour after each other from ``at`` on."""
        names = [*STAMPS.values()]
        for index, name in enumerate(names):
            complaint._write_trusted({name: at + timedelta(hours=index)})

    # ------------------------------------------------------------
    # Life
    # ------------------------------------------------------------
    def test_nothing_is_known_before_it_happened(self):
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
        self.env.flush_all()
        self.env.cr.execute(
            f"SELECT {', '.join(HOURS)} FROM complaint_complaint WHERE id = %s", [complaint.id]
        )
        self.assertEqual(self.env.cr.fetchone(), (None,) * 5)
        self.env.invalidate_all()
        for name in (*HOURS, *TIMELINESS_FIELDS.values(), "response_on_time"):
            self.assertIs(complaint[name], False, name)
        self.assertEqual(complaint.read(HOURS)[0], {"id": complaint.id, **dict.fromkeys(HOURS, 0)})
        self.assertEqual(complaint.export_data([HOURS[0]])["datas"], [[""]])

    def test_stamped_by_the_verbs(self):
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
        with freeze_time(MONDAY + timedelta(hours=3)):
            complaint._stamp_response()
        with freeze_time(MONDAY + timedelta(days=1)):
            complaint.plan_summary = "Sort"
            complaint.with_user(self.user_quality).action_release()
        # 9 to 12 and, on the next day, 8 hours
        self.assertEqual(complaint.hours_to_response, 3.0)
        self.assertEqual(complaint.hours_to_plan, 8.0)
        self.assertEqual(complaint.response_timeliness, "late")
        self.assertEqual(complaint.plan_timeliness, "on_time")
        self.assertEqual((complaint.response_on_time, complaint.plan_on_time), (0.0, 100.0))
        self.assertIs(complaint.handling_timeliness, False)

    def test_who_rings_is_answered_at_once(self):
        """Zero is a figure, not an empty one."""
        phone = self.env["complaint.channel"].search([("counts_as_response", "=", True)], limit=1)
        with freeze_time(MONDAY):
            complaint = self._complaint(category_id=self.category_quality.id, channel_id=phone.id)
        with freeze_time(MONDAY + timedelta(hours=2)):
            complaint.action_register()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIsNot(complaint.hours_to_response, False)
        self.assertEqual(complaint.hours_to_response, 0.0)
        self.assertTrue(
            complaint.search([("id", "=", complaint.id), ("hours_to_response", "=", 0)])
        )
        self.assertFalse(
            complaint.search([("id", "=", complaint.id), ("hours_to_response", "=", False)])
        )

    def test_rounds(self):
        """First answer, first plan; handling and resolution of the present round; last report."""
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
            self._finished(complaint, MONDAY + timedelta(hours=4))
            complaint._write_trusted({"state": "resolved"})
            first = {name: complaint[name] for name in HOURS}
        with freeze_time(MONDAY + timedelta(days=7)):
            complaint.action_object("Still rusty")
            kept = {**first, "hours_to_handling": False, "hours_to_resolve": False}
            self.assertEqual({name: complaint[name] for name in HOURS}, kept)
            self.assertEqual(complaint.response_timeliness, "late")
        self._finished(complaint, MONDAY + timedelta(days=7, hours=1))
        for name in ("hours_to_handling", "hours_to_report", "hours_to_resolve"):
            with self.subTest(name):
                expected = count_hours(MONDAY, complaint[STAMPS[name]])
                self.assertEqual(complaint[name], expected)
                self.assertGreater(complaint[name], first[name])
        self.assertEqual(complaint.hours_to_response, first["hours_to_response"])
        self.assertEqual(complaint.hours_to_plan, first["hours_to_plan"])

    def test_timeliness_is_late_if_any_round_was(self):
        complaint, other = self._imported([{}, {}])
        self._add_clocks(complaint, {"response": "met", "plan": "running", "report": "cancelled"})
        self.assertEqual(complaint.response_timeliness, "on_time")
        self.assertFalse(complaint.plan_timeliness)
        self.assertFalse(complaint.report_timeliness)
        self._add_clocks(complaint, {"response": "breached", "plan": "met"})
        self._add_clocks(complaint, {"response": "met", "plan": "running"})
        self.assertEqual(complaint.response_timeliness, "late")
        self.assertEqual(complaint.plan_timeliness, "on_time")
        self.assertFalse(other.response_timeliness)

    def test_taken_back(self):
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
            complaint._write_trusted({"date_handled": MONDAY + timedelta(hours=2)})
            self.assertEqual(complaint.hours_to_handling, 2.0)
            self.assertEqual(complaint.handling_timeliness, "on_time")
            complaint._write_trusted({"date_handled": False})
        self.assertIs(complaint.hours_to_handling, False)
        self.assertFalse(complaint.handling_timeliness)

    def test_what_was_measured_stays(self):
        """Another team's hours count from then on; nothing is measured again."""
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
            complaint._write_trusted({"date_responded": MONDAY + timedelta(days=1)})
        self.assertEqual(complaint.hours_to_response, 8.0)
        empty = self._calendar("None", days=())
        complaint.team_id = self.team.copy({"resource_calendar_id": empty.id})
        with freeze_time(MONDAY + timedelta(days=1)):
            complaint._write_trusted({"date_planned": MONDAY + timedelta(days=1)})
        self.assertEqual(complaint.hours_to_response, 8.0)
        self.assertEqual(complaint.hours_to_plan, 24.0)

    def test_nobody_writes_them(self):
        complaint = self._registered_complaint()
        for name, value in (("hours_to_response", 1.0), ("response_timeliness", "on_time")):
            with self.subTest(name), self.assertRaises(UserError):
                complaint.with_user(self.user_admin).write({name: value})
            with self.subTest(name), self.assertRaises(UserError):
                self._complaint(user=self.user_sales, **{name: value})

    # ------------------------------------------------------------
    # Import
    # ------------------------------------------------------------
    def test_imported_with_dates(self):
        [complaint] = self._imported(
            [
                {
                    "state": "closed",
                    "date_received": MONDAY,
                    "date_responded": MONDAY - timedelta(days=1),
                    "date_handled": MONDAY + timedelta(days=2),
                    "date_resolved": MONDAY + timedelta(days=7),
                }
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        # An answer before receipt is an odd register, no time below zero
        self.assertEqual(complaint.hours_to_response, 0.0)
        self.assertEqual(complaint.hours_to_handling, 16.0)
        self.assertEqual(complaint.hours_to_resolve, 40.0)
        self.assertIs(complaint.hours_to_plan, False)
        self.assertFalse(complaint.handling_timeliness, "it ran no clocks")

    def test_figures_follow_from_the_dates_whatever_the_register_says(self):
        figures = {"hours_to_resolve": 12.5, "response_timeliness": "late"}
        dates = {"date_received": MONDAY, "date_resolved": MONDAY + timedelta(hours=1)}
        [complaint] = self._imported([{"state": "closed", **dates, **figures}])
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(complaint.hours_to_resolve, 1.0)
        self.assertFalse(complaint.response_timeliness)

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------
    def test_averages_of_stamped_and_unstamped_cases(self):
        """Recomputed day by day in Python: what is not known yet counts nowhere."""
        users = [self.user_sales, self.user_sales2]
        vals_list = []
        for index in range(60):
            received = self._moment()
            stamps = {
                name: self._moment(received, 20)
                for name in STAMPS.values()
                if self.random.random() < 0.6
            }
            user = users[index % 2]
            vals_list.append({"date_received": received, "user_id": user.id, **stamps})
        complaints = self._imported(vals_list)
        states = ("met", "breached", "running", "cancelled")
        for complaint in complaints:
            kinds = ("response", "handling")
            self._add_clocks(complaint, {kind: self.random.choice(states) for kind in kinds})
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [("id", "in", complaints.ids), ("is_counted", "=", True)]
        rates = ["response_on_time:avg", "handling_on_time:avg"]
        groups = self._groups(
            "complaint.complaint", domain, "user_id", [*(f"{n}:avg" for n in HOURS), *rates]
        )
        self.assertEqual(groups.keys(), {user.id for user in users})
        for user in users:
            mine = [vals for vals in vals_list if vals["user_id"] == user.id]
            for name, stamp in STAMPS.items():
                with self.subTest(name, user=user.login):
                    hours = [
                        count_hours(v["date_received"], v[stamp]) if v.get(stamp) else None
                        for v in mine
                    ]
                    self.assertIn(None, hours)
                    self.assertAlmostEqual(groups[user.id][f"{name}:avg"], average(hours), 6)
            cases = complaints.filtered(lambda c, user=user: c.user_id == user)
            for kind in ("response", "handling"):
                clocks = cases.clock_ids.filtered(lambda c, kind=kind: c.kind == kind)
                met = sum(c.state == "met" for c in clocks)
                breached = sum(c.state == "breached" for c in clocks)
                rate = groups[user.id][f"{kind}_on_time:avg"]
                self.assertAlmostEqual(rate, 100 * met / (met + breached))

    def test_group_without_any_figure(self):
        [complaint] = self._imported([{}])
        groups = self._groups(
            "complaint.complaint",
            [("id", "=", complaint.id)],
            "category_id",
            ["hours_to_resolve:avg", "response_on_time:avg"],
        )
        row = groups[self.category_quality.id]
        self.assertFalse(row["hours_to_resolve:avg"])
        self.assertFalse(row["response_on_time:avg"])

    def test_measuring_many_is_no_query_each(self):
        complaints = self._imported([{} for _index in range(11)])
        stamp = {"date_responded": MONDAY, "date_planned": MONDAY, "date_resolved": MONDAY}

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records._write_trusted(stamp)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(complaints[:1])
        self.assertNoQueryEach(count(complaints[1:2]), count(complaints[2:]), further=8)
