from odoo import api, fields, models
from odoo.tools import SQL

from ..clocks.complaint_clock import KINDS
from .complaint_analysis_mixin import CASE_FIELDS
from .measure import Measure


class ComplaintAnalysisClock(models.Model):
    """Deadlines of cases: kept or missed, by how much, and how long a step takes (R11, R13, R25).

    One row a deadline of each round; cancelled ones decide nothing and have none. What is decided
    is what ``complaint.clock.state`` says: the rate is met ÷ (met + breached). All hours are
    working hours without pauses, of deadlines that were stopped.
    """

    _name = "complaint.analysis.clock"
    _description = "Deadlines Kept and Missed"
    _inherit = ["complaint.own.figures.mixin", "complaint.analysis.mixin"]
    _auto = False
    _PART_TABLE = "complaint_clock"
    _rec_name = "complaint_id"
    _order = "date_deadline desc, id desc"

    kind = fields.Selection(KINDS, "Deadline of", readonly=True)
    state = fields.Selection(
        [
            ("running", "Running"),
            ("paused", "Paused"),
            ("met", "Met"),
            ("breached", "Breached"),
        ],
        readonly=True,
    )
    round_number = fields.Integer("Round", readonly=True, aggregator=None)
    date_start = fields.Datetime("Started", readonly=True)
    date_deadline = fields.Datetime("Deadline", readonly=True)
    date_stopped = fields.Datetime("Stopped", readonly=True)
    was_paused = fields.Boolean(readonly=True)
    on_time = Measure(
        "On time (%)",
        readonly=True,
        help="100 for a deadline that was met, 0 for a breached one, empty while undecided: the "
        "average is the share of those decided. Grouped by month received, it differs from the "
        "card above the list of complaints, which counts the deadlines that fell due in the month.",
    )
    allowed_hours = fields.Float("Allowed (hours)", readonly=True, aggregator="avg")
    hours_taken = Measure(
        "Taken (hours)",
        readonly=True,
        help="Working hours from start to stop, without pauses.",
    )
    hours_late = Measure(
        "Late by (hours)",
        readonly=True,
        help="Working hours after the deadline, of those that were stopped late.",
    )

    _depends = {
        "complaint.complaint": CASE_FIELDS,
        "complaint.clock": [
            "allowed_hours",
            "complaint_id",
            "date_deadline",
            "date_start",
            "date_stopped",
            "hours_taken",
            "kind",
            "round_number",
            "state",
            "was_paused",
        ],
    }

    @api.model
    def _get_part_columns(self):
        stopped = SQL("part.state IN ('met', 'breached') AND part.date_stopped IS NOT NULL")
        return {
            **super()._get_part_columns(),
            "kind": SQL("part.kind"),
            "state": SQL("part.state"),
            "round_number": SQL("part.round_number"),
            "date_start": SQL("part.date_start"),
            "date_deadline": SQL("part.date_deadline"),
            "date_stopped": SQL("part.date_stopped"),
            "was_paused": SQL("part.was_paused"),
            "on_time": SQL("CASE part.state WHEN 'met' THEN 100.0 WHEN 'breached' THEN 0.0 END"),
            "allowed_hours": SQL("part.allowed_hours"),
            "hours_taken": SQL("CASE WHEN %s THEN part.hours_taken END", stopped),
            "hours_late": SQL(
                "CASE WHEN %s AND part.state = 'breached'"
                " THEN GREATEST(part.hours_taken - part.allowed_hours, 0) END",
                stopped,
            ),
        }

    @api.model
    def _get_part_where(self):
        return SQL("%s AND part.state != 'cancelled'", super()._get_part_where())

    def action_open_complaint(self):
        """Row: the case behind the figure.

        :return: action that opens it
        :raise AccessError: for who may not read the row
        """
        return self._open_complaint()
