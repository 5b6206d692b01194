"""Complaints with one deadline: handling, one working day from Monday 9:00 on."""

from datetime import datetime

from freezegun import freeze_time

from .clock_common import MONDAY, ClockCommon

# What the shipped ladder says of such a case.
WARNING = datetime(2026, 3, 9, 16, 24)
DEADLINE = datetime(2026, 3, 10, 9)
DAY_LATER = datetime(2026, 3, 11, 9)
TWO_DAYS_LATER = datetime(2026, 3, 12, 9)


class EscalationCommon(ClockCommon):
    """The lead is the quality manager, whose backup is a colleague of sales."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write(
            {"response_hours": 0, "plan_days": 0, "handling_days": 1, "report_days": 0}
        )
        row = cls.team.function_ids.filtered(lambda f: f.function == "quality")
        row.backup_user_id = cls.user_sales2
        with freeze_time(MONDAY):
            cls.complaint = cls._registered_complaint()
        cls.clock = cls.complaint.clock_ids

    def _run_at(self, moment):
        with freeze_time(moment):
            self._run_job()

    def _told(self, complaint=None):
        """:return: list of (level, people told), in the order it happened"""
        escalations = (complaint or self.complaint).escalation_ids
        return [
            (escalation.level, escalation.user_ids)
            for escalation in escalations.sorted(lambda e: (e.date, e.level))
        ]

    def _todos(self, clock=None):
        """:return: live to-dos of a deadline"""
        return self.env["mail.activity"].search(
            [("complaint_clock_id", "=", (clock or self.clock).id)]
        )
