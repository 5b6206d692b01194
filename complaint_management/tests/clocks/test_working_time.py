from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ...models.clocks.working_time import (
    WorkingTime,
    merge,
    subtract,
)
from .clock_common import MONDAY, ClockCommon

MINUTE = timedelta(minutes=1)
# Berlin and New York change their clocks, Kathmandu is off by 45 minutes, Apia is at +13.
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "Pacific/Apia",
)
# Both changes of the clocks, holidays and a turn of the half-year lie in here.
MOMENTS = st.integers(0, 540 * 1440).map(lambda m: datetime(2025, 9, 1) + m * MINUTE)
HOURS = st.integers(1, 200 * 60).map(lambda minutes: minutes / 60)
PAUSES = st.lists(st.tuples(MOMENTS, st.integers(0, 30 * 1440)), max_size=4).map(
    lambda pairs: [(start, start + length * MINUTE) for start, length in pairs]
)
KINDS = st.sampled_from(("office", "night", "two_weeks", "flexible", "always", "empty", "none"))
FIXED = settings(derandomize=True, deadline=None, max_examples=60, database=None)


@tagged("post_install", "-at_install")
class TestWorkingTime(ClockCommon):
    """Adding and counting working hours agree, whatever calendar, zone and season (T15)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._holiday("2025-12-24 00:00:00", "2026-01-02 00:00:00")
        cls._holiday("2026-03-30 05:00:00", "2026-03-30 11:30:00")
        cls.calendars = {
            (kind, zone): cls._make(kind, zone) for kind in KINDS.elements for zone in ZONES
        }

    @classmethod
    def _make(cls, kind, zone):
        if kind == "none":
            return cls.env["resource.calendar"]
        if kind == "flexible":
            return cls.env["resource.calendar"].create(
                {
                    "name": kind,
                    "tz": zone,
                    "company_id": cls.company.id,
                    "schedule_type": "flexible",
                    "hours_per_day": 7,
                    "full_time_required_hours": 35,
                }
            )
        hours, days = {
            "office": (((8, 12), (13, 17)), range(5)),
            "night": (((0, 6), (22, 24)), (0, 2, 5, 6)),
            "two_weeks": (((9, 13.5),), range(4)),
            "always": (((0, 12), (12, 24)), range(7)),
            "empty": ((), ()),
        }[kind]
        calendar = cls._calendar(kind, tz=zone, hours=hours, days=days)
        if kind == "two_weeks":
            calendar.switch_calendar_type()
            calendar.attendance_ids.filtered(lambda a: a.week_type == "1")[:3].unlink()
        return calendar

    def _time(self, kind, zone):
        return WorkingTime(self.calendars[kind, zone], self.company)

    @FIXED
    @given(KINDS, st.sampled_from(ZONES), MOMENTS, HOURS, PAUSES)
    def test_plan_and_count_agree(self, kind, zone, start, hours, pauses):
        time = self._time(kind, zone)
        end = time.plan(start, hours, pauses)
        self.assertAlmostEqual(time.count(start, end, pauses), hours, places=3)

    @FIXED
    @given(KINDS, st.sampled_from(ZONES), MOMENTS, HOURS, HOURS, PAUSES)
    def test_more_time_is_never_earlier(self, kind, zone, start, hours, more, pauses):
        time = self._time(kind, zone)
        self.assertLess(time.plan(start, hours, pauses), time.plan(start, hours + more, pauses))

    @FIXED
    @given(KINDS, st.sampled_from(ZONES), MOMENTS, st.integers(0, 20 * 1440), HOURS)
    def test_later_start_is_never_earlier(self, kind, zone, start, later, hours):
        time = self._time(kind, zone)
        self.assertLessEqual(time.plan(start, hours), time.plan(start + later * MINUTE, hours))

    @FIXED
    @given(KINDS, st.sampled_from(ZONES), MOMENTS, HOURS, PAUSES)
    def test_a_pause_never_shortens(self, kind, zone, start, hours, pauses):
        time = self._time(kind, zone)
        self.assertLessEqual(time.plan(start, hours), time.plan(start, hours, pauses))

    @FIXED
    @given(KINDS, st.sampled_from(ZONES), MOMENTS, MOMENTS, MOMENTS)
    def test_counts_add_up(self, kind, zone, one, two, three):
        time = self._time(kind, zone)
        self.assertAlmostEqual(
            time.count(one, two) + time.count(two, three), time.count(one, three), places=6
        )

    @FIXED
    @given(st.sampled_from(ZONES), MOMENTS, HOURS)
    def test_as_core_counts(self, zone, start, hours):
        """Core's own count agrees; it reads anew for each question."""
        calendar = self.calendars["office", zone]
        end = self._time("office", zone).plan(start, hours)
        core = calendar.get_work_hours_count(start, end)
        self.assertAlmostEqual(core, hours, places=3)

    def test_a_pause_of_work_is_made_good(self):
        """Remaining hours are planned anew from the moment the clock runs again."""
        time = self._time("office", "UTC")
        pause = (MONDAY + timedelta(hours=1), MONDAY + timedelta(days=1))
        # One hour on Monday, then seven from Tuesday 9 o'clock
        self.assertEqual(time.plan(MONDAY, 8, [pause]), datetime(2026, 3, 10, 17))

    def test_daylight_saving(self):
        """Eight o'clock stays eight o'clock where people live."""
        time = self._time("office", "Europe/Berlin")
        # Friday 27 March 2026 16:00 in Berlin; summer time begins on Sunday, Monday has a holiday
        self.assertEqual(time.plan(datetime(2026, 3, 27, 15), 1.25), datetime(2026, 3, 30, 11, 45))

    def test_a_night_of_daylight_saving(self):
        """Round the clock an hour is an hour, also in the night that has one less."""
        time = self._time("always", "Europe/Berlin")
        start = datetime(2026, 3, 28, 22)
        self.assertEqual(time.plan(start, 10), start + timedelta(hours=10))

    def test_closed_for_ever(self):
        """A holiday without end does not make it fail: it goes round the clock."""
        calendar = self._calendar("Closed")
        self._holiday("2026-03-01 00:00:00", "2060-01-01 00:00:00", calendar)
        time = WorkingTime(calendar, self.company)
        self.assertEqual(time.plan(MONDAY, 3), MONDAY + timedelta(hours=3))

    def test_remembered(self):
        """What is remembered costs no query; a new holiday is seen at once (R11)."""
        calendar = self._calendar("Fresh")
        WorkingTime(calendar, self.company).plan(MONDAY, 40)
        with self.assertQueryCount(0):
            end = WorkingTime(calendar, self.company).plan(MONDAY, 40)
        self.assertEqual(end, MONDAY + timedelta(days=7))
        holiday = self._holiday("2026-03-10 00:00:00", "2026-03-11 00:00:00", calendar)
        self.assertEqual(
            WorkingTime(calendar, self.company).plan(MONDAY, 40), MONDAY + timedelta(days=8)
        )
        holiday.unlink()
        self.assertEqual(WorkingTime(calendar, self.company).plan(MONDAY, 40), end)
        calendar.attendance_ids.filtered(lambda a: a.dayofweek == "1").unlink()
        self.assertLess(end, WorkingTime(calendar, self.company).plan(MONDAY, 40))

    def test_earlier_than_known(self):
        """Asking for what lies before gives the same as asking for it first."""
        time = self._time("office", "Asia/Kathmandu")
        time.plan(datetime(2026, 12, 1), 8)
        early = datetime(2024, 2, 5, 3)
        fresh = self._time("office", "Asia/Kathmandu")
        self.assertEqual(time.plan(early, 90), fresh.plan(early, 90))
        self.assertEqual(time.count(early, MONDAY), fresh.count(early, MONDAY))

    def test_intervals(self):
        self.assertEqual(merge([(5, 7), (1, 3), (3, 4), (6, 9), (8, 8)]), [(1, 4), (5, 9)])
        self.assertEqual(
            subtract([(1, 4), (5, 9)], [(0, 2), (3, 6), (7, 8)]), [(2, 3), (6, 7), (8, 9)]
        )
