from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .clock_common import MONDAY, ClockCommon


@tagged("post_install", "-at_install")
class TestRecalculation(ClockCommon):
    """Another classification gives undecided clocks another time, from their start (R13)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.policy"].create(
            {
                "category_id": cls.category_quality.id,
                "urgency": "urgent",
                "response_hours": 0.25,
                "plan_days": 1,
                "handling_days": 2,
                "report_days": 0,
            }
        )
        with freeze_time(MONDAY):
            cls.complaint = cls._registered_complaint()

    def test_urgent(self):
        with freeze_time(MONDAY + timedelta(hours=1)):
            self.complaint.urgency = "urgent"
        clocks = self._clocks(self.complaint)
        self.assertEqual(clocks["handling"].date_start, MONDAY)
        self.assertEqual(clocks["handling"].date_deadline, datetime(2026, 3, 11, 9))
        self.assertEqual(clocks["handling"].event_ids.mapped("kind"), ["recalculated"])
        self.assertEqual(self.complaint.handling_deadline, datetime(2026, 3, 11, 9))
        # No report for urgent ones here: its clock ends
        self.assertEqual(clocks["report"].state, "cancelled")
        self.assertFalse(self.complaint.report_deadline)
        # The same time as before leaves no trace
        self.assertFalse(clocks["response"].event_ids)

    def test_back_again(self):
        """A clock that the new category needs again runs again."""
        with freeze_time(MONDAY + timedelta(hours=1)):
            self.complaint.urgency = "urgent"
            self.complaint.urgency = "normal"
        clocks = self._clocks(self.complaint)
        self.assertEqual(clocks["report"].state, "running")
        self.assertEqual(clocks["report"].date_deadline, datetime(2026, 3, 18, 9))
        self.assertEqual(self.complaint.report_deadline, datetime(2026, 3, 18, 9))

    def test_breached_stays_breached(self):
        """Nothing that was missed is made good by another category."""
        with freeze_time(MONDAY + timedelta(hours=1)):
            self._run_job()
            self.policy.response_hours = 8
            self.complaint.urgency = "urgent"
            self.complaint.urgency = "normal"
        response = self._clocks(self.complaint)["response"]
        self.assertEqual(response.state, "breached")
        self.assertEqual(response.date_deadline, MONDAY + timedelta(minutes=15))

    def test_shorter_than_what_passed(self):
        """Time that is over already is breached by the next run of the job."""
        with freeze_time(datetime(2026, 3, 12, 9)):
            self.complaint.urgency = "urgent"
            self._run_job()
        self.assertEqual(self._clocks(self.complaint)["handling"].state, "breached")

    def test_enquiry(self):
        """What turns out to be an enquiry runs no clock any more."""
        enquiry = self.env["complaint.category"].create({"name": "E", "is_complaint": False})
        with freeze_time(MONDAY + timedelta(minutes=5)):
            self.complaint.category_id = enquiry
        self.assertEqual(set(self.complaint.clock_ids.mapped("state")), {"cancelled"})
        self.assertFalse(self.complaint.clock_state)
        self.assertFalse(self.complaint.next_clock_deadline)

    def test_team(self):
        """Another team works by its own calendar."""
        short = self.env["complaint.team"].create(
            {
                "name": "Short days",
                "company_id": self.company.id,
                "resource_calendar_id": self._calendar("Short", hours=((8, 12),)).id,
            }
        )
        with freeze_time(MONDAY):
            self.complaint.team_id = short
        # Three days of four hours: 3 + 4 + 4 + 1
        self.assertEqual(self.complaint.plan_deadline, datetime(2026, 3, 12, 9))

    def test_extension_is_kept(self):
        handling = self._clocks(self.complaint)["handling"]
        with freeze_time(MONDAY):
            handling.action_extend(hours=4, reason="Laboratory is closed")
            self.complaint.urgency = "urgent"
        self.assertEqual(handling.date_deadline, datetime(2026, 3, 11, 14))

    def test_draft_has_none(self):
        draft = self._complaint(category_id=self.category_quality.id)
        draft.urgency = "urgent"
        self.assertFalse(draft.clock_ids)

    def test_late_before_the_job_came(self):
        """What was missed stays missed, whether or not the job has noticed."""
        with freeze_time(MONDAY + timedelta(hours=1)):
            self.policy.response_hours = 8
            self.complaint.urgency = "urgent"
            self.complaint.urgency = "normal"
        response = self._clocks(self.complaint)["response"]
        self.assertEqual(response.state, "breached")
        self.assertEqual(response.date_deadline, MONDAY + timedelta(minutes=15))

    def test_enquiry_ends_what_is_late(self):
        """Nobody is chased for the deadline of an enquiry; as a complaint it is late again."""
        enquiry = self.env["complaint.category"].create({"name": "E", "is_complaint": False})
        response = self._clocks(self.complaint)["response"]
        with freeze_time(MONDAY + timedelta(minutes=20)):
            self._run_job()
            self.complaint.category_id = enquiry
        self.assertEqual(response.state, "breached")
        self.assertTrue(response.date_stopped)
        self.assertFalse(response.date_next_step)
        self.assertFalse(self.complaint.next_clock_deadline)
        with freeze_time(MONDAY + timedelta(minutes=25)):
            self.complaint.category_id = self.category_quality
        self.assertEqual((response.state, response.date_stopped), ("breached", False))
        self.assertEqual(self.complaint.next_clock_deadline, response.date_deadline)
        self.assertTrue(response.date_next_step)
