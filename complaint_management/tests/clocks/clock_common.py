"""A team that works Monday to Friday, 8 to 12 and 13 to 17, UTC, and its complaints."""

from datetime import datetime

from odoo import Command

from ..common import ComplaintCommon

# A Monday in a week without anything special.
MONDAY = datetime(2026, 3, 9, 9, 0)


class ClockCommon(ComplaintCommon):
    """Complaints whose clocks can be counted on the fingers: 8 working hours a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._calendar("Office hours")
        cls.team.resource_calendar_id = cls.calendar
        cls.company.resource_calendar_id = cls.calendar
        cls.policy = cls.env["complaint.policy"].create(
            {
                "category_id": cls.category_quality.id,
                "response_hours": 0.25,
                "plan_days": 3,
                "handling_days": 5,
                "report_days": 7,
            }
        )

    @classmethod
    def _calendar(cls, name, tz="UTC", hours=((8, 12), (13, 17)), days=range(5), **vals):
        """A calendar of ``days`` (0 = Monday) with the same ``hours`` each."""
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": tz,
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": f"{day} {start}",
                                "dayofweek": str(day),
                                "hour_from": start,
                                "hour_to": end,
                                "day_period": "morning" if start < 12 else "afternoon",
                            }
                        )
                        for day in days
                        for start, end in hours
                    ),
                ],
                **vals,
            }
        )

    @classmethod
    def _holiday(cls, start, end, calendar=None, **vals):
        """A day off for everybody of the calendar, default of the company's every calendar."""
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "date_from": start,
                "date_to": end,
                "calendar_id": calendar.id if calendar else False,
                "company_id": cls.company.id,
                **vals,
            }
        )

    def _clocks(self, complaint):
        """:return: dict kind → clock of the current round"""
        return {clock.kind: clock for clock in complaint._get_current_clocks()}

    def _run_job(self):
        """The scheduled job, without its commits."""
        with self.enter_registry_test_mode():
            self.env.ref("complaint_management.ir_cron_watch_clocks").method_direct_trigger()
        self.env.invalidate_all()
