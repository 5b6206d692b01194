from odoo import api, models
from odoo.fields import Domain

from ..clocks.complaint_clock import CLIMBING_STATES
from .complaint_overview import WORKING_STATES

ENDED = Domain("ending", "in", ("closed", "cancelled"))


class ComplaintMoment(models.Model):
    """What is open, late and closed to whoever counts complaints, now or at a moment of the past.

    One answer for the header of the list, the weekly mail, the meeting and the handling status
    (R25, R54). Of what was closed and reopened since, the rounds say when it was open.
    """

    _inherit = "complaint.complaint"

    @api.model
    def _get_parts_domain(self, name):
        """Which records belong to a case that is in the figures: archived cases are in none, and
        core does not look for that behind a many2one.

        :param str name: path to the complaint
        :return: ``Domain`` of a model that has it
        """
        return Domain(f"{name}.is_counted", "=", True) & Domain(f"{name}.active", "=", True)

    @api.model
    def _get_open_domain(self, moment=None):
        """Cases that are open: from their receipt, however late they were registered, until they
        were closed or cancelled, and again from a reopening on.

        :param moment: UTC, naive, the first one that is not in the time asked for; default: now
        :return: ``Domain`` of complaints that count
        """
        counted = Domain("is_counted", "=", True)
        working = Domain("state", "in", WORKING_STATES)
        if moment is None:
            return counted & working
        ended_later = Domain("date_closed", ">=", moment)
        return (
            counted
            & Domain("date_received", "<", moment)
            & (working | ended_later)
            & ~self._get_closed_meanwhile_domain(moment)
        )

    @api.model
    def _get_closed_meanwhile_domain(self, moment):
        """:return: ``Domain`` of cases reopened after ``moment`` that were closed then"""
        reopened = Domain("kind", "in", ("reopened", "dissatisfied"))
        reopened &= Domain("date_opened", ">=", moment)
        started = Domain("number", "=", 1) | Domain("date_opened", "<", moment)
        going_on = Domain("date_ended", "=", False) | Domain("date_ended", ">=", moment)
        return Domain("round_ids", "any", reopened) & ~Domain(
            "round_ids", "any", started & going_on
        )

    @api.model
    def _get_closed_domain(self, start, end):
        """Cases that were closed or cancelled in a time, whatever became of them later.

        :param start: UTC, naive
        :param end: the first moment after it
        :return: ``Domain`` of complaints that count
        """
        closed = Domain("date_closed", ">=", start) & Domain("date_closed", "<", end)
        ended = ENDED & Domain("date_ended", ">=", start) & Domain("date_ended", "<", end)
        return Domain("is_counted", "=", True) & (closed | Domain("round_ids", "any", ended))

    @api.model
    def _get_late_clock_domain(self, moment):
        """:param moment: UTC, naive
        :return: ``Domain`` of ``complaint.clock``: the deadline had passed, and what it waits for
            was not done then
        """
        waiting = Domain("date_stopped", "=", False) | Domain("date_stopped", ">=", moment)
        return (
            Domain("date_deadline", "<", moment) & Domain("state", "in", CLIMBING_STATES) & waiting
        )

    @api.model
    def _get_late_domain(self, moment):
        """:param moment: UTC, naive
        :return: ``Domain`` of complaints that count, were open then, and past a deadline
        """
        return self._get_open_domain(moment) & Domain(
            "clock_ids", "any", self._get_late_clock_domain(moment)
        )
