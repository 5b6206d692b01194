from odoo import api, fields, models

from ..clocks.complaint_clock import KINDS, STOPPED_BY
from ..clocks.working_time import get_working_times
from ..complaint.complaint_complaint import UNREGISTERED_STATES
from .measure import Measure

TIMELINESS = [("on_time", "On time"), ("late", "Late")]
TIMELINESS_FIELDS = {kind: f"{kind}_timeliness" for kind, _label in KINDS}
HOURS_FIELDS = ("response", "plan", "handling", "report", "resolve")


class ComplaintMeasures(models.Model):
    """How long each step of a case took, and whether it was in time, in the case's own row (R25).

    Stored, so that a pivot of a million cases reads one table. Dates are stamped by verbs, and what
    follows from them is written with them, in the same query.

    *Hours* are working hours of the team's calendar (the company's, else round the clock) from
    receipt, pauses included: what the customer lived through. Paused time is left out by the
    deadlines' own analysis, which says how we kept to what we allowed ourselves. Of several
    rounds the first answer and the first plan count, the last report, and handling and resolution
    of the present round: an objection or a reopening empties these two until it is done again.

    *Timeliness* is the deadlines' truth (``complaint.clock.state``): late as soon as one deadline
    of the kind was breached in any round, on time when one was met and none was breached, empty
    while nothing is decided. Cancelled deadlines decide nothing.

    Nobody writes these figures, administrators importing an old register neither: hours follow from
    the dates they import, and what ran no deadlines was neither late nor in time.
    """

    _inherit = "complaint.complaint"

    hours_to_response = Measure(
        "Hours to answer",
        compute="_compute_hours_to_response",
        store=True,
        copy=False,
        help="Working hours from receipt to the first answer of a person.",
    )
    hours_to_plan = Measure(
        "Hours to plan",
        compute="_compute_hours_to_plan",
        store=True,
        copy=False,
        help="Working hours from receipt to the first released plan.",
    )
    hours_to_handling = Measure(
        "Hours to handle",
        compute="_compute_hours_to_handling",
        store=True,
        copy=False,
        help="Working hours from receipt until everything for the customer was done.",
    )
    hours_to_report = Measure(
        "Hours to report",
        compute="_compute_hours_to_report",
        store=True,
        copy=False,
        help="Working hours from receipt to the last report sent.",
    )
    hours_to_resolve = Measure(
        "Hours to resolve",
        compute="_compute_hours_to_resolve",
        store=True,
        copy=False,
        help="Working hours from receipt to the resolution of the last round.",
    )
    response_timeliness = fields.Selection(
        TIMELINESS, "First answer was", compute="_compute_timeliness", store=True, copy=False
    )
    plan_timeliness = fields.Selection(
        TIMELINESS, "Plan was", compute="_compute_timeliness", store=True, copy=False
    )
    handling_timeliness = fields.Selection(
        TIMELINESS, "Handling was", compute="_compute_timeliness", store=True, copy=False
    )
    report_timeliness = fields.Selection(
        TIMELINESS, "Report was", compute="_compute_timeliness", store=True, copy=False
    )

    # ------------------------------------------------------------
    # Hours: each by itself, so that what was measured stays when another date comes
    # ------------------------------------------------------------
    @api.depends("date_received", "date_responded", "round_ids.date_responded")
    def _compute_hours_to_response(self):
        self._measure_hours("hours_to_response", lambda c: c._get_first_answer())

    @api.depends("date_received", "date_planned", "round_ids.date_planned")
    def _compute_hours_to_plan(self):
        self._measure_hours(
            "hours_to_plan", lambda c: min(c._get_round_stamps("date_planned"), default=False)
        )

    @api.depends("date_received", "date_handled")
    def _compute_hours_to_handling(self):
        self._measure_hours("hours_to_handling", lambda c: c.date_handled)

    @api.depends("date_received", "date_reported", "round_ids.date_reported")
    def _compute_hours_to_report(self):
        self._measure_hours(
            "hours_to_report", lambda c: max(c._get_round_stamps("date_reported"), default=False)
        )

    @api.depends("date_received", "date_resolved")
    def _compute_hours_to_resolve(self):
        self._measure_hours("hours_to_resolve", lambda c: c.date_resolved)

    def _measure_hours(self, name, get_moment):
        """Write the working hours from receipt to a moment, never below zero.

        :param str name: the field
        :param get_moment: function of a complaint; returns ``datetime`` (UTC), or False
        """
        moments = {complaint: get_moment(complaint) for complaint in self}
        times = get_working_times(self.filtered(lambda c: moments[c] and c.date_received))
        for complaint in self:
            complaint[name] = complaint in times and max(
                0.0, times[complaint].count(complaint.date_received, moments[complaint])
            )

    def _get_round_stamps(self, name):
        """:return: list of ``datetime`` (UTC): what the rounds so far have in the date ``name``"""
        self.ensure_one()
        stamps = [self[name]]
        if self.state not in UNREGISTERED_STATES:
            # sudo: rounds follow the complaint, whose figure this is
            stamps += self.sudo().round_ids.mapped(name)
        return [stamp for stamp in stamps if stamp]

    def _get_first_answer(self):
        """:return: ``datetime`` (UTC) of the first answer or False; who rang was answered then"""
        answers = self._get_round_stamps(STOPPED_BY["response"])
        if answers and self.channel_id.counts_as_response:
            return self.date_received
        return min(answers, default=False)

    # ------------------------------------------------------------
    # Timeliness
    # ------------------------------------------------------------
    @api.depends("clock_ids.state")
    def _compute_timeliness(self):
        for complaint in self:
            # sudo: what a complaint shows of its clocks follows from all of them
            decided = {(c.kind, c.state) for c in complaint.sudo().clock_ids}
            for kind, name in TIMELINESS_FIELDS.items():
                if (kind, "breached") in decided:
                    complaint[name] = "late"
                else:
                    complaint[name] = "on_time" if (kind, "met") in decided else False
