from datetime import timedelta

from pytz import timezone, utc

from odoo import api, fields, models
from odoo.tools import ormcache

from ..clocks.working_time import (
    CHUNK,
    DAY_HOURS,
    FIRST_MONDAY,
    get_chunk,
    merge,
    subtract,
    to_seconds,
)


class ResourceCalendar(models.Model):
    """Working hours as the clocks need them: remembered between requests (R11, R13, T15)."""

    _inherit = "resource.calendar"

    @ormcache("self.id", "chunk")
    def _get_clock_attendance(self, chunk):
        """Hours of one half-year, holidays not yet taken out.

        :param int chunk: number of the half-year, see ``working_time.get_chunk``
        :return: tuple of (start, end) in seconds from 1970 (UTC), sorted and disjoint
        """
        self.ensure_one()
        zone = timezone(self.tz or "UTC")
        start = FIRST_MONDAY + chunk * CHUNK
        intervals = self._attendance_intervals_batch(
            zone.localize(start), zone.localize(start + CHUNK)
        )[False]
        return tuple(merge((self._to_second(s), self._to_second(e)) for s, e, _meta in intervals))

    @ormcache("self.id", "chunk", "company_id")
    def _get_clock_hours(self, chunk, company_id):
        """Hours of work in one half-year.

        :param int chunk: number of the half-year
        :param int company_id: whose holidays count
        :return: tuple of (start, end) in seconds from 1970 (UTC), sorted and disjoint
        """
        attendance = self._get_clock_attendance(chunk)
        return tuple(subtract(attendance, self._get_clock_holidays(chunk, company_id)))

    @api.model
    def _to_second(self, moment):
        """:return: seconds from 1970; a day's last microsecond counts as midnight"""
        naive = moment.astimezone(utc).replace(tzinfo=None)
        return to_seconds(naive + timedelta(milliseconds=500))

    def _has_clock_hours(self):
        """:return: whether anybody said when work is done; else deadlines run round the clock"""
        self.ensure_one()
        return bool(self._get_clock_attendance(get_chunk(fields.Datetime.now())))

    @ormcache("self.id")
    def _get_clock_day_hours(self):
        """:return: float, hours of work that make one day of a deadline"""
        return self.hours_per_day or DAY_HOURS

    def _get_clock_holidays(self, chunk, company_id):
        """:return: sorted, disjoint (start, end) in seconds: what is free for everybody of the
        company in a half-year
        """
        start = FIRST_MONDAY + chunk * CHUNK
        leaves = self.env["resource.calendar.leaves"].search_fetch(
            [
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("calendar_id", "in", [False, self.id]),
                ("company_id", "in", [False, company_id]),
                # Calendars keep their own time: a day more on both sides
                ("date_to", ">=", start - timedelta(days=1)),
                ("date_from", "<=", start + CHUNK + timedelta(days=1)),
            ],
            ["date_from", "date_to"],
        )
        return merge((to_seconds(leave.date_from), to_seconds(leave.date_to)) for leave in leaves)

    def write(self, vals):
        """Forget remembered hours."""
        self.env.registry.clear_cache()
        return super().write(vals)


class ResourceCalendarAttendance(models.Model):
    """Forgets remembered working hours when they change."""

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


class ResourceCalendarLeaves(models.Model):
    """Forgets remembered working hours when a holiday changes."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._forget_clock_hours()
        return leaves

    def write(self, vals):
        """Forget remembered hours, of before and after."""
        self._forget_clock_hours()
        result = super().write(vals)
        self._forget_clock_hours()
        return result

    def unlink(self):
        """Forget remembered hours."""
        self._forget_clock_hours()
        return super().unlink()

    def _forget_clock_hours(self):
        """Somebody's own leave stops no deadline: only what is free for all is remembered."""
        if any(not leave.resource_id for leave in self):
            self.env.registry.clear_cache()
