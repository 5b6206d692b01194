from datetime import timedelta

from pytz import timezone, utc

from odoo import api, models
from odoo.tools import ormcache

from ..clocks.working_time import CHUNK, DAY_HOURS, FIRST_MONDAY, merge, to_seconds


class ResourceCalendar(models.Model):
    """Working hours as the clocks need them: remembered between requests (R11, R13, T15)."""

    _inherit = "resource.calendar"

    @ormcache("self.id", "chunk")
    def _get_clock_hours(self, chunk):
        """Hours of work in one half-year, holidays not yet taken out.

        :param int chunk: number of the half-year, counted from 1970
        :return: tuple of (start, end) in seconds from 1970 (UTC), sorted and disjoint; empty for
            a calendar without hours
        """
        self.ensure_one()
        zone = timezone(self.tz or "UTC")
        start = FIRST_MONDAY + chunk * CHUNK
        intervals = self._attendance_intervals_batch(
            zone.localize(start), zone.localize(start + CHUNK)
        )[False]
        return tuple(merge((self._to_second(s), self._to_second(e)) for s, e, _meta in intervals))

    @api.model
    def _to_second(self, moment):
        """:return: seconds from 1970; a day's last microsecond counts as midnight"""
        naive = moment.astimezone(utc).replace(tzinfo=None)
        return to_seconds(naive + timedelta(milliseconds=500))

    @ormcache("self.id")
    def _get_clock_day_hours(self):
        """:return: float, hours of work that make one day of a deadline"""
        return self.hours_per_day or DAY_HOURS

    def _get_clock_holidays(self, company, since):
        """:return: list of (start, end) in seconds from 1970: what is free for everybody of
        ``company`` and not over at ``since``
        """
        leaves = self.env["resource.calendar.leaves"].search_fetch(
            [
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("calendar_id", "in", [False, self.id]),
                ("company_id", "in", [False, company.id]),
                ("date_to", ">=", since),
            ],
            ["date_from", "date_to"],
        )
        return [(to_seconds(leave.date_from), to_seconds(leave.date_to)) for leave in leaves]

    def write(self, vals):
        """Forget remembered hours."""
        self.env.registry.clear_cache()
        return super().write(vals)


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Forget remembered hours."""
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Forget remembered hours."""
        self.env.registry.clear_cache()
        return super().unlink()
