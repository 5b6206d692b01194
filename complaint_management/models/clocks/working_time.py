"""Working hours of a calendar: adding them to a moment, counting them between two (T15).

Everything is counted in whole seconds between UTC moments. A calendar without any hours, and no
calendar at all, mean *round the clock*: a deadline never fails for want of configuration.
"""

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta

EPOCH = datetime(1970, 1, 1)
DAY_HOURS = 24.0
# Calendars are read by the half-year. Each begins on a Monday, from which flexible ones count.
CHUNK = timedelta(weeks=26)
FIRST_MONDAY = EPOCH - timedelta(days=3)
# So far ahead a calendar is asked; what is not planned then goes round the clock.
MAX_CHUNKS = 10
# A deadline somebody mistyped is far away, but still a date.
MAX_SECONDS = 100 * 365 * 24 * 3600


def to_seconds(moment):
    """:return: whole seconds from 1970 to ``moment`` (naive UTC ``datetime``)"""
    return (moment - EPOCH) // timedelta(seconds=1)


def to_moment(seconds):
    """:return: naive UTC ``datetime`` so many seconds after 1970"""
    return EPOCH + timedelta(seconds=seconds)


def get_chunk(moment):
    """:return: number of the half-year ``moment`` is in, by its own clock"""
    return (moment - FIRST_MONDAY) // CHUNK


def merge(intervals):
    """:return: sorted list of disjoint, non-empty (start, end) that covers all ``intervals``"""
    merged = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        elif start < end:
            merged.append([start, end])
    return [tuple(interval) for interval in merged]


def subtract(intervals, removed):
    """:return: ``intervals`` without ``removed``; both sorted and disjoint, see :func:`merge`"""
    result, index = [], 0
    for start, end in intervals:
        while index < len(removed) and removed[index][1] <= start:
            index += 1
        position = index
        while position < len(removed) and removed[position][0] < end:
            if start < removed[position][0]:
                result.append((start, removed[position][0]))
            start = max(start, removed[position][1])
            position += 1
        if start < end:
            result.append((start, end))
    return result


class WorkingTime:
    """Adds and counts working hours by one calendar and one company's holidays.

    The hours of each half-year are remembered between requests (``erp/resource_calendar``): two
    queries when they were not, none when they were, however many deadlines are asked for.
    """

    def __init__(self, calendar, company):
        """
        :param calendar: ``resource.calendar``, may be empty: round the clock
        :param company: ``res.company`` whose holidays count
        """
        # sudo: working hours are no secret, and not everybody who registers may read them
        self._calendar = calendar.sudo()
        self._company = company
        self._continuous = not calendar or not self._calendar._has_clock_hours()
        self._first = self._last = None
        self._starts, self._ends, self._sums = [], [], [0]

    @property
    def day_hours(self):
        """Working hours of one day; 24 where nobody said when work is done."""
        return DAY_HOURS if self._continuous else self._calendar._get_clock_day_hours()

    def plan(self, start, hours, pauses=()):
        """Add working hours to a moment.

        :param start: ``datetime`` (UTC)
        :param float hours: working hours, not negative
        :param pauses: list of (start, end) ``datetime`` (UTC) in which the clock stood still
        :return: ``datetime`` (UTC) at which they are over; never fails
        """
        seconds = round(min(hours * 3600, MAX_SECONDS))
        if seconds <= 0:
            return start.replace(microsecond=0)
        first = to_seconds(start)
        target = self._worked(first) + seconds
        for begin, end in self._prepare_pauses(pauses, first):
            if self._worked(begin) >= target:
                break
            target += self._worked(end) - self._worked(begin)
        found = self._find(target, get_chunk(start) + MAX_CHUNKS)
        return to_moment(first + seconds if found is None else found)

    def count(self, start, end, pauses=()):
        """Count working hours between two moments.

        :param start: ``datetime`` (UTC)
        :param end: ``datetime`` (UTC); before ``start`` the result is negative
        :param pauses: list of (start, end) ``datetime`` (UTC) that do not count
        :return: float
        """
        if end < start:
            return -self.count(end, start, pauses)
        first, last = to_seconds(start), to_seconds(end)
        seconds = self._worked(last) - self._worked(first)
        for begin, stop in self._prepare_pauses(pauses, first):
            if begin < last:
                seconds -= self._worked(min(stop, last)) - self._worked(begin)
        return seconds / 3600

    # ------------------------------------------------------------
    # Behind it: seconds worked since the first moment known
    # ------------------------------------------------------------
    @staticmethod
    def _prepare_pauses(pauses, first):
        merged = merge((to_seconds(start), to_seconds(end)) for start, end in pauses)
        return [(max(start, first), end) for start, end in merged if end > first]

    def _worked(self, second):
        """:return: seconds of work before ``second``, counted from an arbitrary origin"""
        if self._continuous:
            return second
        # The calendar's own clock may be up to a day away from UTC
        moment = to_moment(second)
        self._cover(get_chunk(moment - timedelta(days=1)), get_chunk(moment + timedelta(days=1)))
        index = bisect_right(self._starts, second) - 1
        if index < 0:
            return self._sums[0]
        return self._sums[index] + min(second, self._ends[index]) - self._starts[index]

    def _find(self, target, limit):
        """:return: the first second before which ``target`` seconds are worked; None when it is
        not before half-year ``limit``
        """
        if self._continuous:
            return target
        while self._sums[-1] < target:
            if self._last >= limit:
                return None
            self._cover(self._first, self._last + 1)
        index = bisect_left(self._sums, target) - 1
        return self._starts[index] + target - self._sums[index]

    def _cover(self, first, last):
        """Know the chunks from ``first`` to ``last``; what is known keeps its origin."""
        if self._first is None:
            self._first, self._last = first, first - 1
        if first < self._first:
            self._cover_before(first)
        while self._last < last:
            self._last += 1
            self._append(self._calendar._get_clock_hours(self._last, self._company.id))

    def _cover_before(self, first):
        """Put earlier hours before what is known; sums stay comparable, so they go below zero."""
        early = []
        for chunk in range(first, self._first):
            early += self._calendar._get_clock_hours(chunk, self._company.id)
        self._first = first
        length = sum(end - start for start, end in early)
        known = list(zip(self._starts, self._ends, strict=True))
        origin = self._sums[0] - length
        self._starts, self._ends, self._sums = [], [], [origin]
        self._append(early + known)

    def _append(self, intervals):
        for start, end in intervals:
            self._starts.append(start)
            self._ends.append(end)
            self._sums.append(self._sums[-1] + end - start)


def get_working_times(complaints):
    """One :class:`WorkingTime` for each calendar and company among ``complaints``.

    :param complaints: ``complaint.complaint``
    :return: dict complaint → :class:`WorkingTime`
    """
    known, result = {}, {}
    for complaint in complaints:
        key = (complaint._get_clock_calendar(), complaint.company_id)
        if key not in known:
            known[key] = WorkingTime(*key)
        result[complaint] = known[key]
    return result
