"""A month where the reader is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import pytz
from dateutil.relativedelta import relativedelta


@dataclass(frozen=True)
class Month:
    """``first``: its first day. ``zone``: name of the time zone in which it begins and ends."""

    first: date
    zone: str = "UTC"

    @property
    def next(self):
        """First day of the month after."""
        return self.first + relativedelta(months=1)

    def before(self, months):
        """:return: the :class:`Month` so many months before"""
        return Month(self.first - relativedelta(months=months), self.zone)

    @cached_property
    def start(self):
        """Moment it begins (UTC, naive)."""
        return self._get_moment(self.first)

    @cached_property
    def end(self):
        """Moment it is over (UTC, naive): the first one that is not in it."""
        return self._get_moment(self.next)

    def until(self):
        """:return: its end, or now while it goes on (UTC, naive)"""
        return min(self.end, datetime.now(UTC).replace(tzinfo=None, microsecond=0))

    def within(self, name, is_date=False):
        """:return: domain: the field ``name`` (a moment, or a date) lies in this month"""
        first, last = (self.first, self.next) if is_date else (self.start, self.end)
        return [(name, ">=", first), (name, "<", last)]

    def _get_moment(self, day):
        midnight = pytz.timezone(self.zone).localize(datetime.combine(day, datetime.min.time()))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)
