from odoo import api, fields, models
from odoo.tools import SQL

from .complaint_analysis_mixin import CASE_FIELDS
from .measure import Measure


class ComplaintAnalysisPromise(models.Model):
    """What we promised customers, and whether we kept it (R65).

    One row a promise. What goes on in another complaint is counted there and has none here. A
    broken promise stays broken, however soon after it was kept.
    """

    _name = "complaint.analysis.promise"
    _description = "Promises Kept and Broken"
    _inherit = ["complaint.own.figures.mixin", "complaint.analysis.mixin"]
    _auto = False
    _PART_TABLE = "complaint_promise"
    _rec_name = "name"
    _order = "deadline desc, id desc"

    name = fields.Char("What", readonly=True)
    user_id = fields.Many2one("res.users", "Promised by", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("kept", "Kept"), ("broken", "Broken")], readonly=True
    )
    deadline = fields.Datetime("By when", readonly=True)
    date_kept = fields.Datetime("Kept on", readonly=True)
    kept = Measure(
        "Kept (%)",
        readonly=True,
        help="100 for a promise kept in time, 0 for a broken one, empty while it is open: the "
        "average is the share of those decided.",
    )
    days_late = Measure(
        "Days late",
        readonly=True,
        digits=(16, 1),
        help="Days of 24 hours after the promised moment, of broken promises kept after all.",
    )

    _depends = {
        "complaint.complaint": CASE_FIELDS,
        "complaint.promise": [
            "complaint_id",
            "date_kept",
            "deadline",
            "name",
            "state",
            "user_id",
        ],
    }

    @api.model
    def _get_part_columns(self):
        return {
            **super()._get_part_columns(),
            "name": SQL("part.name"),
            "user_id": SQL("part.user_id"),
            "state": SQL("part.state"),
            "deadline": SQL("part.deadline"),
            "date_kept": SQL("part.date_kept"),
            "kept": SQL("CASE part.state WHEN 'kept' THEN 100.0 WHEN 'broken' THEN 0.0 END"),
            "days_late": SQL(
                "CASE WHEN part.state = 'broken' AND part.date_kept IS NOT NULL THEN"
                " GREATEST(EXTRACT(EPOCH FROM part.date_kept - part.deadline), 0) / 86400.0 END"
            ),
        }

    @api.model
    def _get_part_where(self):
        return SQL("%s AND part.state != 'moved'", super()._get_part_where())

    def action_open_complaint(self):
        """Row: the case behind the figure.

        :return: action that opens it
        :raise AccessError: for who may not read the row
        """
        return self._open_complaint()
