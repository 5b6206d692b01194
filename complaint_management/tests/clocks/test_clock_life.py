from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .clock_common import MONDAY, ClockCommon


@tagged("post_install", "-at_install")
class TestClockLife(ClockCommon):
    """Clocks start at registration; dates of the complaint stop them (R11, R13, R14)."""

    def test_start(self):
        """Working days are hours of the team's calendar; the plan counts from registration."""
        with freeze_time(MONDAY):
            complaint = self._complaint(category_id=self.category_quality.id)
            self.assertFalse(complaint.clock_ids)
        with freeze_time(MONDAY + timedelta(hours=2)):
            complaint.action_register()
        clocks = self._clocks(complaint)
        self.assertEqual(clocks["response"].date_start, MONDAY)
        self.assertEqual(clocks["response"].date_deadline, MONDAY + timedelta(minutes=15))
        self.assertEqual(clocks["plan"].date_start, MONDAY + timedelta(hours=2))
        # 24 working hours: 11-12, 13-17, two whole days, 8-11
        self.assertEqual(clocks["plan"].date_deadline, datetime(2026, 3, 12, 11))
        self.assertEqual(clocks["handling"].date_deadline, datetime(2026, 3, 16, 9))
        self.assertEqual(clocks["report"].date_deadline, datetime(2026, 3, 18, 9))
        self.assertEqual(clocks["report"].allowed_hours, 56)
        self.assertEqual(complaint.handling_deadline, clocks["handling"].date_deadline)
        self.assertEqual(complaint.next_clock_deadline, clocks["response"].date_deadline)
        self.assertEqual(complaint.clock_state, "running")

    def test_friday_afternoon(self):
        """Registered at 16:55 on a Friday: the first answer is due on Monday, ten minutes in."""
        with freeze_time("2026-03-06 16:55:00"):
            complaint = self._registered_complaint()
            response = self._clocks(complaint)["response"]
            self.assertEqual(response.date_deadline, datetime(2026, 3, 9, 8, 10))
            self.assertEqual(response.date_warning, datetime(2026, 3, 9, 8, 5))
            self.assertAlmostEqual(response.hours_left, 0.25)

    def test_holiday(self):
        self._holiday("2026-03-10 00:00:00", "2026-03-11 00:00:00")
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
        self.assertEqual(complaint.plan_deadline, datetime(2026, 3, 13, 9))

    def test_no_calendar(self):
        """Without working hours deadlines run round the clock, a day has 24 hours (T15)."""
        self.team.resource_calendar_id = self.company.resource_calendar_id = False
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
        self.assertEqual(complaint.plan_deadline, MONDAY + timedelta(days=3))

    def test_calendar_without_hours(self):
        self.team.resource_calendar_id = self._calendar("Empty", days=())
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
        self.assertEqual(complaint.plan_deadline, MONDAY + timedelta(days=3))
        self.assertEqual(complaint.response_deadline, MONDAY + timedelta(minutes=15))

    def test_company_calendar(self):
        self.team.resource_calendar_id = False
        self.company.resource_calendar_id = self._calendar("Short", hours=((8, 12),))
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
        # Three days of four hours
        self.assertEqual(complaint.plan_deadline, datetime(2026, 3, 12, 9))

    def test_phone_is_a_response(self):
        """Talking to the customer answered him when he called, however long one types."""
        phone = self.env["complaint.channel"].create({"name": "Ph", "counts_as_response": True})
        with freeze_time(MONDAY):
            complaint = self._complaint(category_id=self.category_quality.id, channel_id=phone.id)
        with freeze_time(MONDAY + timedelta(hours=1)):
            complaint.action_register()
        response = self._clocks(complaint)["response"]
        self.assertEqual((response.state, response.hours_taken), ("met", 0))

    def test_enquiry_runs_no_clock(self):
        """R71: suggestions, enquiries and praise are recorded, only complaints run clocks."""
        self.category_quality.is_complaint = False
        complaint = self._registered_complaint()
        self.assertFalse(complaint.clock_ids)
        self.assertFalse(complaint.clock_state)

    def test_met(self):
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
        with freeze_time(MONDAY + timedelta(minutes=10)):
            complaint._write_trusted({"date_responded": datetime.now()})
        response = self._clocks(complaint)["response"]
        self.assertEqual(response.state, "met")
        self.assertEqual(response.date_stopped, MONDAY + timedelta(minutes=10))
        self.assertAlmostEqual(response.hours_taken, 1 / 6)
        self.assertFalse(response.date_next_step)
        self.assertEqual(complaint.clock_state, "running")
        self.assertEqual(complaint.next_clock_deadline, complaint.plan_deadline)

    def test_stopped_late(self):
        """Late is breached, whether or not the job has noticed."""
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
        with freeze_time(MONDAY + timedelta(minutes=20)):
            complaint._write_trusted({"date_responded": datetime.now()})
        response = self._clocks(complaint)["response"]
        self.assertEqual((response.state, bool(response.date_stopped)), ("breached", True))
        self.assertEqual(complaint.clock_state, "breached")

    def test_logged_afterwards(self):
        """An answer given in time but logged after the breach is met, and the log says so."""
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
        with freeze_time(MONDAY + timedelta(hours=1)):
            self._run_job()
            response = self._clocks(complaint)["response"]
            self.assertEqual(response.state, "breached")
            complaint._write_trusted({"date_responded": MONDAY + timedelta(minutes=5)})
        self.assertEqual(response.state, "met")
        self.assertEqual(response.event_ids.mapped("kind"), ["corrected"])

    def test_date_taken_back(self):
        """A date that is emptied lets the clock run again, as if it had never stopped."""
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
            complaint._write_trusted({"date_handled": datetime.now()})
            handling = self._clocks(complaint)["handling"]
            self.assertEqual(handling.state, "met")
            complaint._write_trusted({"date_handled": False})
        self.assertEqual((handling.state, handling.hours_taken), ("running", 0))
        self.assertEqual(handling.date_next_step, handling.date_warning)
        self.assertEqual(handling.event_ids.mapped("kind"), ["reopened"])

    def test_resolve_without_plan(self):
        """A simple case goes to resolved in one press: without a plan, the plan is in time."""
        with freeze_time(MONDAY):
            complaint = self._complaint(category_id=self.category_simple.id)
            complaint.action_register()
        with freeze_time(MONDAY + timedelta(hours=1)):
            complaint.action_ids.action_cancel()
            complaint.action_resolve()
        clocks = self._clocks(complaint)
        self.assertEqual(clocks["plan"].state, "met")
        self.assertEqual(clocks["handling"].state, "met")
        self.assertAlmostEqual(clocks["handling"].hours_taken, 1)

    def test_cancel(self):
        """Cancelling ends what is undecided; what is breached stays breached."""
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
        with freeze_time(MONDAY + timedelta(hours=1)):
            self._run_job()
            complaint.action_cancel("Mistake")
        states = {kind: clock.state for kind, clock in self._clocks(complaint).items()}
        self.assertEqual(
            states,
            {
                "response": "breached",
                "plan": "cancelled",
                "handling": "cancelled",
                "report": "cancelled",
            },
        )
        self.assertFalse(any(complaint.clock_ids.mapped("date_next_step")))
        self.assertFalse(complaint.next_clock_deadline)

    def test_next_round(self):
        """The next round gets its own clocks from its opening; the old ones stay readable."""
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
            complaint.plan_summary = "Replace them"
            complaint.action_release()
        later = MONDAY + timedelta(days=1)
        with freeze_time(later):
            complaint.action_object("Still rusty")
        first = complaint.clock_ids.filtered(lambda c: c.round_number == 1)
        self.assertEqual(
            {clock.kind: clock.state for clock in first},
            {
                "response": "cancelled",
                "plan": "met",
                "handling": "cancelled",
                "report": "cancelled",
            },
        )
        clocks = self._clocks(complaint)
        self.assertEqual({clock.state for clock in clocks.values()}, {"running"})
        self.assertEqual({clock.date_start for clock in clocks.values()}, {later})
        self.assertEqual(complaint.plan_deadline, clocks["plan"].date_deadline)

    def test_two_companies(self):
        """Each company's cases run by its own calendar and holidays."""
        company = self._second_company()
        company.resource_calendar_id = self._calendar(
            "Nights", hours=((20, 24),), days=range(7), company_id=company.id
        )
        self._holiday("2026-03-10 00:00:00", "2026-03-11 00:00:00")
        with freeze_time(MONDAY):
            complaints = self._complaint(category_id=self.category_quality.id)
            complaints += self._complaint(
                category_id=self.category_quality.id, company_id=company.id
            )
            complaints.action_register()
        self.assertEqual(complaints[0].plan_deadline, datetime(2026, 3, 13, 9))
        self.assertEqual(complaints[1].plan_deadline, datetime(2026, 3, 12, 0))

    def test_nobody_sets_a_clock(self):
        """Clocks change by verbs and by the job, whoever asks (T16)."""
        complaint = self._registered_complaint()
        clock = complaint.clock_ids[0]
        for values in ({"date_deadline": "2030-01-01"}, {"state": "met"}, {"hours_taken": 1}):
            with self.assertRaises(UserError):
                clock.sudo().write(values)
        with self.assertRaises(UserError):
            clock.sudo().unlink()
        with self.assertRaises(UserError):
            clock.sudo().create({"complaint_id": complaint.id, "kind": "plan"})
        with self.assertRaises(UserError):
            complaint.sudo().write({"plan_deadline": "2030-01-01"})
