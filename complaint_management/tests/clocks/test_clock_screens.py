from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .clock_common import MONDAY, ClockCommon


@tagged("post_install", "-at_install")
class TestClockScreens(ClockCommon):
    """What people read of the clocks: badges, next step, overdue, filters (R25)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category_quality.plan_id = cls.team.plan_id = False
        with freeze_time(MONDAY):
            cls.complaint = cls._registered_complaint()
            # What the shipped plans add is somebody's action; here only clocks speak
            cls.complaint.action_ids.action_cancel()

    def _badges(self, moment):
        with freeze_time(moment):
            self.env.invalidate_all()
            return self.complaint.clock_badges

    def test_badges(self):
        badges = self._badges(MONDAY)
        self.assertIn("First response: <b>15 min left", badges)
        self.assertIn("Handling: <b>5 days left", badges)
        self.assertNotIn("text-bg-danger", badges)
        badges = self._badges(MONDAY + timedelta(hours=2, minutes=15))
        self.assertIn("First response: <b>breached 2 h ago", badges)
        self.assertIn("text-bg-danger", badges)
        self.assertIn("text-bg-warning", self._badges(MONDAY + timedelta(minutes=14)))

    def test_paused_badge(self):
        with freeze_time(MONDAY):
            clock = self._clocks(self.complaint)["handling"]
            clock.action_pause("Waiting for the sample")
        self.assertIn("paused, 5 days left", self._badges(MONDAY + timedelta(days=9)))

    def test_draft_shows_nothing(self):
        self.assertFalse(self._complaint(category_id=self.category_quality.id).clock_badges)

    def test_next_step(self):
        """Where no action says it, the clock that ends first does."""
        with freeze_time(MONDAY + timedelta(minutes=5)):
            self.assertEqual(self.complaint.next_step, "Answer the customer")
            self.assertEqual(self.complaint.next_user_id, self.complaint.user_id)
            self.assertEqual(self.complaint.next_deadline, MONDAY.date())
            self.assertFalse(self.complaint.is_overdue)
            self.complaint._write_trusted({"date_responded": MONDAY + timedelta(minutes=5)})
            self.assertIn("Write the plan", self.complaint.next_step)
            self.assertEqual(self.complaint.next_user_id, self.complaint.lead_user_id)
            self.assertEqual(self.complaint.next_deadline, self.complaint.plan_deadline.date())

    def test_overdue(self):
        """A clock that ran out today is overdue today, and found so."""
        complaints = self.env["complaint.complaint"]
        for minutes, late in ((10, False), (20, True)):
            with freeze_time(MONDAY + timedelta(minutes=minutes)):
                self.env.invalidate_all()
                self.assertEqual(self.complaint.is_overdue, late)
                found = complaints.search([("is_overdue", "=", True)])
                self.assertEqual(self.complaint in found, late)

    def test_grouped(self):
        with freeze_time(MONDAY + timedelta(hours=1)):
            self._run_job()
        domain = [("id", "=", self.complaint.id)]
        rows = self.env["complaint.complaint"].formatted_read_group(
            domain, ["clock_state"], ["__count"]
        )
        self.assertEqual([(row["clock_state"], row["__count"]) for row in rows], [("breached", 1)])
        clocks = self.env["complaint.clock"].with_user(self.user_manager)
        rows = clocks.formatted_read_group(
            [("complaint_id", "=", self.complaint.id)], ["category_id", "state"], ["__count"]
        )
        self.assertEqual(sum(row["__count"] for row in rows), 4)

    def test_screens_open(self):
        """Every view of deadlines opens for a manager."""
        clocks = self.env["complaint.clock"].with_user(self.user_manager)
        views = clocks.get_views(
            [(False, kind) for kind in ("list", "calendar", "pivot", "graph", "kanban", "form")]
        )
        self.assertEqual(len(views["views"]), 6)
