"""What is counted of one customer: his orders and his complaints, as plain rows."""

from datetime import datetime, time
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from pytz import timezone, utc

# The history looks back twelve months, in four steps of three (R59).
PERIODS = 4
PERIOD_MONTHS = 3


class Period(NamedTuple):
    """Three months of the history; moments are naive UTC."""

    start: datetime
    end: datetime
    first_day: datetime
    last_day: datetime


class OrderFigures(NamedTuple):
    """Orders, or quotations, of one company and period.

    :param period: number of the period, from 1; 0 for what is older
    :param amount: before taxes, in the currency of the company
    :param last_ids: ids of the newest, newest first
    """

    is_order: bool
    period: int
    company_id: int
    number: int
    amount: float
    last_ids: list


class ComplaintFigures(NamedTuple):
    """Complaints of one period.

    :param period: number of the period, from 1; 0 for what is older
    :param counted: registered ones, a duplicate not again
    :param justified: those of the counted in which the customer was right, at least partly
    :param open: of all but drafts, which nobody may have meant yet
    :param last_ids: ids of the newest, newest first
    :param critical_ids: of those that are open
    :param overdue_ids: of those that are open
    :param granted: currency's id → what settled requests of the counted gave the customer
    """

    period: int
    number: int
    counted: int
    justified: int
    open: int
    last_ids: list
    critical_ids: list
    overdue_ids: list
    granted: dict


class CustomerFigures(NamedTuple):
    """All that is counted for one card."""

    periods: list
    orders: list
    complaints: list


def get_periods(today, zone):
    """:param today: ``date`` where the user is
    :param str zone: name of his time zone
    :return: list of ``Period``, oldest first; the last one holds today and this whole month
    """
    place = timezone(zone or "UTC")
    first = today.replace(day=1) + relativedelta(months=1 - PERIODS * PERIOD_MONTHS)
    days = [first + relativedelta(months=PERIOD_MONTHS * step) for step in range(PERIODS + 1)]
    moments = [
        place.localize(datetime.combine(day, time())).astimezone(utc).replace(tzinfo=None)
        for day in days
    ]
    return [
        Period(moments[step], moments[step + 1], days[step], days[step + 1] - relativedelta(days=1))
        for step in range(PERIODS)
    ]
