from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestRelease(HandlingCommon):
    """A released plan waits for objections; silence is consent (R23, R64)."""

    def _round(self, complaint):
        return complaint._get_current_rounds()

    def _run_cron(self):
        cron = self.env.ref("complaint_management.ir_cron_release_silent")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _end_window(self, complaint):
        complaint._write_current_rounds(
            {"date_objection_end": fields.Datetime.now() - timedelta(minutes=1)}
        )

    def test_snapshot_of_the_plan(self):
        complaint, _actions = self._planned_complaint(self.user_purchasing)
        current = self._round(complaint)
        self.assertEqual(current.plan_summary, "We sort the stock.")
        self.assertEqual(current.plan_version, 1)
        self.assertTrue(current.date_planned)
        self.assertGreater(current.date_objection_end, fields.Datetime.now())
        self.assertEqual(complaint.state, "planned")

    def test_starts_at_once_where_nobody_may_object(self):
        own, _actions = self._planned_complaint(self.user_quality)
        self.assertEqual(own.state, "executing")
        self.assertFalse(self._round(own).date_objection_end)
        none, _actions = self._planned_complaint()
        self.assertEqual(none.state, "executing")
        self.team.objection_hours = 0
        no_window, actions = self._planned_complaint(self.user_purchasing)
        self.assertEqual(no_window.state, "executing")
        self.assertEqual(actions.state, "in_progress")

    def test_starts_when_all_owners_accepted(self):
        complaint, actions = self._planned_complaint(self.user_purchasing, self.user_contributor)
        actions[0].with_user(self.user_purchasing).action_accept()
        self.assertEqual(complaint.state, "planned")
        actions[1].with_user(self.user_contributor).action_accept()
        self.assertEqual(complaint.state, "executing")

    def test_several_at_once(self):
        """Selected in the list: each goes by its own actions."""
        first, one = self._planned_complaint(self.user_purchasing)
        second, two = self._planned_complaint(self.user_contributor)
        (first + second).with_user(self.user_quality).action_execute()
        self.assertEqual(set((first + second).mapped("state")), {"executing"})
        self.assertEqual((one.state, two.state), ("in_progress", "in_progress"))

    def test_lead_need_not_wait(self):
        complaint, actions = self._planned_complaint(self.user_purchasing)
        complaint.with_user(self.user_quality).action_execute()
        self.assertEqual(actions.state, "in_progress")

    def test_window_counts_working_hours(self):
        calendar = self.env["resource.calendar"].create(
            {"name": "Test: 8 to 12, 13 to 17", "tz": "UTC"}
        )
        self.team.resource_calendar_id = calendar
        with freeze_time("2026-11-20 15:00:00"):  # a Friday
            complaint, _actions = self._planned_complaint(self.user_purchasing)
            # Two hours on Friday, two on Monday.
            self.assertEqual(
                self._round(complaint).date_objection_end, datetime(2026, 11, 23, 10, 0)
            )

    def test_without_calendar_round_the_clock(self):
        self.team.resource_calendar_id = False
        self.company.resource_calendar_id = False
        with freeze_time("2026-11-21 15:00:00"):  # a Saturday
            complaint, _actions = self._planned_complaint(self.user_purchasing)
            self.assertEqual(
                self._round(complaint).date_objection_end, datetime(2026, 11, 21, 19, 0)
            )

    def test_calendar_without_hours(self):
        calendar = self.env["resource.calendar"].create({"name": "Empty", "attendance_ids": []})
        calendar.attendance_ids.unlink()
        self.team.resource_calendar_id = calendar
        complaint, _actions = self._planned_complaint(self.user_purchasing)
        self.assertTrue(self._round(complaint).date_objection_end)

    def test_release_wakes_the_cron_at_the_end(self):
        complaint, _actions = self._planned_complaint(self.user_purchasing)
        cron = self.env.ref("complaint_management.ir_cron_release_silent")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertIn(self._round(complaint).date_objection_end, triggers.mapped("call_at"))

    def test_silence_is_consent(self):
        complaint, actions = self._planned_complaint(self.user_purchasing)
        waiting, _actions = self._planned_complaint(self.user_purchasing)
        self._end_window(complaint)
        self._run_cron()
        self.assertEqual(complaint.state, "executing")
        self.assertEqual(actions.state, "in_progress")
        self.assertEqual(waiting.state, "planned")

    def test_objection_stops_the_clock(self):
        complaint, actions = self._planned_complaint(self.user_purchasing)
        actions.with_user(self.user_purchasing).action_object("No time")
        self._end_window(complaint)
        self._run_cron()
        self.assertEqual(complaint.state, "planned")
        with self.assertRaisesRegex(UserError, "objection"):
            complaint.with_user(self.user_quality).action_execute()

    def test_answered_objection_is_a_new_version(self):
        complaint, actions = self._planned_complaint(self.user_purchasing, self.user_contributor)
        actions[0].with_user(self.user_purchasing).action_object("No time")
        lead = actions[0].with_user(self.user_quality)
        lead.deadline = fields.Date.today() + timedelta(days=8)
        self.assertEqual(self._round(complaint).plan_version, 1)
        complaint.plan_summary = "We sort the stock, later."
        lead.action_restart()
        current = self._round(complaint)
        self.assertEqual((actions[0].state, current.plan_version), ("open", 2))
        self.assertEqual(current.plan_summary, "We sort the stock, later.")
        self.assertEqual(complaint.round, 1)
        self.assertEqual(complaint.state, "planned")

    def test_new_version_waits_for_all_objections(self):
        complaint, actions = self._planned_complaint(self.user_purchasing, self.user_contributor)
        actions[0].with_user(self.user_purchasing).action_object("No time")
        actions[1].with_user(self.user_contributor).action_object("No tools")
        actions[0].with_user(self.user_quality).action_cancel()
        self.assertEqual(self._round(complaint).plan_version, 1)
        actions[1].with_user(self.user_quality).user_id = self.user_stock
        self.assertEqual(self._round(complaint).plan_version, 2)

    def test_owner_takes_his_objection_back(self):
        complaint, actions = self._planned_complaint(self.user_purchasing)
        actions.with_user(self.user_purchasing).action_object("No time")
        actions.with_user(self.user_purchasing).action_accept()
        self.assertEqual(complaint.state, "executing")
        self.assertEqual(self._round(complaint).plan_version, 1)

    def test_plan_that_cannot_start_stops_no_other(self):
        broken, _actions = self._planned_complaint(self.user_purchasing)
        fine, _actions = self._planned_complaint(self.user_purchasing)
        self._end_window(broken | fine)
        Complaint = type(self.env["complaint.complaint"])
        start = Complaint._start_silently

        def poisoned(complaints):
            if broken in complaints:
                raise ValueError("poison")
            return start(complaints)

        with (
            patch.object(Complaint, "_start_silently", poisoned),
            self.assertLogs("odoo.addons.complaint_management.models.complaint.batches", "ERROR"),
        ):
            self._run_cron()
            self._run_cron()
        self.assertEqual(fine.state, "executing")
        self.assertEqual(broken.state, "planned")
        warnings = broken.activity_ids.filtered(lambda a: "by hand" in (a.summary or ""))
        self.assertEqual(warnings.user_id, self.user_quality)
        self.assertEqual(len(warnings), 1)

    def test_release_of_many(self):
        first, second = self._bare_complaint(), self._bare_complaint()
        self._action(first)
        (first | second).write({"plan_summary": "Sort"})
        (first | second).with_user(self.user_quality).action_release()
        self.assertEqual((first.state, second.state), ("planned", "executing"))
