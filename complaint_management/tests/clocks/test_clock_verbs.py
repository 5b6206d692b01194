from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .clock_common import MONDAY, ClockCommon


@tagged("post_install", "-at_install")
class TestClockVerbs(ClockCommon):
    """Pause, resume and extend: with a reason, by the right people, logged (R13, R14, T16)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(MONDAY):
            cls.complaint = cls._registered_complaint()
        cls.complaint.lead_user_id = cls.user_quality
        clocks = {clock.kind: clock for clock in cls.complaint.clock_ids}
        cls.response, cls.handling = clocks["response"], clocks["handling"]
        cls.report, cls.plan = clocks["report"], clocks["plan"]

    def _pause(self, clocks=None, at=MONDAY + timedelta(hours=1), user=None):
        clocks = self.handling if clocks is None else clocks
        with freeze_time(at):
            clocks.with_user(user or self.user_quality).action_pause("Waiting for the sample")

    def test_pause_and_resume(self):
        """What was left is planned from the moment the clock runs again."""
        self._pause()
        self.assertEqual(self.handling.state, "paused")
        self.assertFalse(self.handling.date_next_step)
        self.assertNotEqual(self.complaint.next_clock_deadline, self.handling.date_deadline)
        with freeze_time("2026-03-12 13:00:00"):
            self.assertAlmostEqual(self.handling.hours_left, 39)
            self.handling.with_user(self.user_quality).action_resume()
            self.assertAlmostEqual(self.handling.hours_left, 39)
        # 39 hours from Thursday 13:00: 4 + 8 + 8 + 8 + 8 + 3
        self.assertEqual(self.handling.date_deadline, datetime(2026, 3, 19, 11))
        self.assertEqual(self.handling.date_next_step, self.handling.date_warning)
        self.assertEqual(self.complaint.handling_deadline, self.handling.date_deadline)
        paused, resumed = self.handling.event_ids.sorted("id")
        self.assertEqual((paused.kind, paused.reason), ("paused", "Waiting for the sample"))
        self.assertEqual((resumed.kind, resumed.user_id), ("resumed", self.user_quality))
        self.assertEqual(resumed.deadline_before, datetime(2026, 3, 16, 9))
        self.assertEqual(resumed.deadline_after, datetime(2026, 3, 19, 11))

    def test_others_run_on(self):
        self._pause()
        self.assertEqual(self.report.state, "running")
        self.assertEqual(self.report.date_deadline, datetime(2026, 3, 18, 9))

    def test_hours_taken_without_pauses(self):
        self._pause()
        with freeze_time("2026-03-12 13:00:00"):
            self.handling.with_user(self.user_quality).action_resume()
        self._pause(at=datetime(2026, 3, 12, 15))
        with freeze_time("2026-03-13 16:00:00"):
            self.complaint._write_trusted({"date_handled": datetime.now()})
        self.assertEqual(self.handling.state, "met")
        self.assertAlmostEqual(self.handling.hours_taken, 1 + 2)

    def test_a_paused_clock_does_not_breach(self):
        self._pause()
        with freeze_time("2026-04-20 09:00:00"):
            self._run_job()
        self.assertEqual(self.handling.state, "paused")

    def test_first_response_runs_on(self):
        """A customer who waits for a first word is never told to wait."""
        with freeze_time(MONDAY), self.assertRaisesRegex(UserError, "cannot be paused"):
            self.response.with_user(self.user_quality).action_pause("Lunch")
        with freeze_time(MONDAY):
            self.assertFalse(self.response.with_user(self.user_quality).can_pause)

    def test_breached_stays(self):
        """What was missed can be neither paused nor extended, before or after the job saw it."""
        with freeze_time("2026-03-17 09:00:00"):
            for verb, values in (("pause", {}), ("extend", {"days": 1})):
                with self.assertRaises(UserError):
                    getattr(self.handling, f"action_{verb}")(reason="Late", **values)
            self._run_job()
            self.assertEqual(self.handling.state, "breached")
            with self.assertRaises(UserError):
                self.handling.action_extend(days=1, reason="Late")

    def test_extend(self):
        with freeze_time(MONDAY):
            self.handling.with_user(self.user_manager).action_extend(
                days=1, hours=2, reason="Laboratory is closed"
            )
        self.assertEqual(self.handling.allowed_hours, 50)
        self.assertEqual(self.handling.date_deadline, datetime(2026, 3, 17, 11))
        event = self.handling.event_ids
        self.assertEqual((event.kind, event.reason), ("extended", "Laboratory is closed"))
        self.assertIn("Laboratory is closed", self.complaint.message_ids[0].body)

    def test_extend_while_paused(self):
        """The extension counts on top of what is left when it runs again."""
        self._pause()
        with freeze_time("2026-03-12 13:00:00"):
            self.handling.with_user(self.user_manager).action_extend(hours=1, reason="More")
            self.assertAlmostEqual(self.handling.hours_left, 40)
            self.handling.with_user(self.user_quality).action_resume()
        self.assertEqual(self.handling.date_deadline, datetime(2026, 3, 19, 12))

    def test_only_managers_extend(self):
        with freeze_time(MONDAY):
            for user in (self.user_quality, self.user_service, self.user_sales):
                with self.assertRaises(AccessError):
                    self.handling.with_user(user).action_extend(days=1, reason="Please")
                self.assertFalse(self.handling.with_user(user).can_extend)
            self.assertTrue(self.handling.with_user(self.user_manager).can_extend)
            for values in ({}, {"days": -1}, {"hours": 5, "days": -1}):
                with self.assertRaises(UserError):
                    self.handling.with_user(self.user_manager).action_extend(reason="x", **values)

    def test_salesperson_does_not_pause_his_own_clock(self):
        with freeze_time(MONDAY):
            with self.assertRaises(AccessError):
                self.handling.with_user(self.user_sales).action_pause("No time")
            self.assertFalse(self.handling.with_user(self.user_sales).can_pause)
            with self.assertRaises(AccessError):
                self.handling.with_user(self.user_contributor).action_pause("No time")
        self._pause()
        with self.assertRaises(AccessError):
            self.handling.with_user(self.user_sales).action_resume()

    def test_wizard_ticks_what_it_concerns(self):
        with freeze_time(MONDAY):
            action = self.handling.with_user(self.user_quality).action_pause()
            wizard = self.env[action["res_model"]].with_user(self.user_quality)
            wizard = wizard.browse(action["res_id"])
            self.assertEqual(wizard.choice_ids, self.plan + self.handling + self.report)
            with self.assertRaises(UserError):
                wizard.action_confirm()
            with Form(wizard) as form:
                form.reason = "Waiting for the sample"
                form.clock_ids.add(self.report)
            wizard.action_confirm()
        self.assertEqual(
            (self.plan + self.handling + self.report).mapped("state"),
            ["running", "paused", "paused"],
        )

    def test_wizard_shows_the_new_date(self):
        with freeze_time(MONDAY):
            action = self.handling.with_user(self.user_manager).action_extend()
            wizard = self.env[action["res_model"]].with_user(self.user_manager)
            wizard = wizard.browse(action["res_id"])
            with Form(wizard) as form:
                form.amount = 2
                form.reason = "Laboratory is closed"
                self.assertIn("3/18/26", form.preview)
            wizard.action_confirm()
        self.assertEqual(self.handling.date_deadline, datetime(2026, 3, 18, 9))

    def test_log_is_frozen(self):
        self._pause()
        event = self.handling.event_ids
        with self.assertRaises(UserError):
            event.sudo().write({"reason": "Something else"})
        with self.assertRaises(UserError):
            event.sudo().unlink()
        with self.assertRaises(UserError):
            event.sudo().create(
                {
                    "complaint_id": self.complaint.id,
                    "clock_id": self.handling.id,
                    "kind": "extended",
                }
            )

    def test_pause_ends_with_the_clock(self):
        """What was done while it stood still was in time; taken back, the pause still counts."""
        self._pause()
        with freeze_time("2026-04-20 09:00:00"):
            self.complaint._write_trusted({"date_handled": datetime.now()})
        self.assertEqual(self.handling.state, "met")
        self.assertAlmostEqual(self.handling.hours_taken, 1)
        with freeze_time("2026-04-20 10:00:00"):
            self.complaint._write_trusted({"date_handled": False})
        self.assertEqual(self.handling.state, "running")
        # 39 hours were left on Monday at 9:00: 7 + 4 * 8
        self.assertEqual(self.handling.date_deadline, datetime(2026, 4, 24, 17))
        self.assertEqual(
            self.handling.event_ids.sorted("id").mapped("kind"), ["paused", "resumed", "reopened"]
        )

    def test_extension_beyond_all_reason(self):
        """A number somebody mistyped is a date far away, no crash."""
        with freeze_time(MONDAY):
            self.handling.action_extend(days=1e9, reason="A finger stayed on the key")
        self.assertGreater(self.handling.date_deadline.year, 2100)
