from odoo import api, fields, models
from odoo.tools import SQL

from ..handling.complaint_action import ACTION_KINDS
from .company_day import get_calendar_join, get_company_day
from .complaint_analysis_mixin import CASE_FIELDS
from .measure import Measure


class ComplaintAnalysisAction(models.Model):
    """Actions of cases: done on time, late by how much, and whether measures worked (R25, R43).

    One row an action; cancelled ones have none. A day ends where the company works: by the time
    zone of its working hours. Done until the end of its day is on time; open beyond it is late
    already; open before it is undecided, and counts in no rate.
    """

    _name = "complaint.analysis.action"
    _description = "Actions on Time and Effective"
    _inherit = ["complaint.own.figures.mixin", "complaint.analysis.mixin"]
    _auto = False
    _PART_TABLE = "complaint_action"
    _rec_name = "name"
    _order = "deadline desc, id desc"

    name = fields.Char("What", readonly=True)
    kind = fields.Selection(ACTION_KINDS, "Kind of action", readonly=True)
    user_id = fields.Many2one("res.users", "Owner", readonly=True)
    department_id = fields.Many2one("complaint.department", readonly=True)
    state = fields.Selection(
        [
            ("open", "To Do"),
            ("objected", "Objected"),
            ("in_progress", "Accepted"),
            ("done", "Done"),
        ],
        readonly=True,
    )
    deadline = fields.Date(readonly=True)
    date_done = fields.Datetime("Done on", readonly=True)
    timeliness = fields.Selection(
        [("on_time", "On time"), ("late", "Late"), ("undecided", "Not due yet")], readonly=True
    )
    on_time = Measure(
        "On time (%)",
        readonly=True,
        help="100 for an action done until its date, 0 for one done later or overdue, empty while "
        "it is not due: the average is the share of those decided.",
    )
    days_late = Measure(
        "Days late",
        readonly=True,
        digits=(16, 1),
        help="Calendar days after its date, of late ones; open ones until today.",
    )
    effectiveness = fields.Selection(
        [("pending", "Pending"), ("effective", "Effective"), ("ineffective", "Ineffective")],
        readonly=True,
    )
    effective = Measure(
        "Effective (%)",
        readonly=True,
        help="100 for a corrective or preventive action that worked, 0 for one that did not, empty "
        "while nobody knows.",
    )

    _depends = {
        "complaint.complaint": CASE_FIELDS,
        "complaint.action": [
            "company_id",
            "complaint_active",
            "complaint_id",
            "date_done",
            "day_done",
            "deadline",
            "department_id",
            "effectiveness",
            "is_counted",
            "kind",
            "name",
            "state",
            "user_id",
        ],
        "res.company": ["resource_calendar_id"],
        "resource.calendar": ["tz"],
    }

    @api.model
    def _get_case_columns(self):
        return {
            **super()._get_case_columns(),
            "active": SQL("part.complaint_active"),
            "company_id": SQL("part.company_id"),
        }

    @api.model
    def _get_part_columns(self):
        days = self._get_days_after()
        done = SQL("part.state = 'done'")
        return {
            **super()._get_part_columns(),
            "name": SQL("part.name"),
            "kind": SQL("part.kind"),
            "user_id": SQL("part.user_id"),
            "department_id": SQL("part.department_id"),
            "state": SQL("part.state"),
            "deadline": SQL("part.deadline"),
            "date_done": SQL("part.date_done"),
            "timeliness": SQL(
                "CASE WHEN %s > 0 THEN 'late' WHEN %s THEN 'on_time' ELSE 'undecided' END",
                days,
                done,
            ),
            "on_time": SQL("CASE WHEN %s > 0 THEN 0.0 WHEN %s THEN 100.0 END", days, done),
            "days_late": SQL("CASE WHEN %s > 0 THEN %s END", days, days),
            "effectiveness": SQL("part.effectiveness"),
            "effective": SQL(
                "CASE part.effectiveness WHEN 'effective' THEN 100.0"
                " WHEN 'ineffective' THEN 0.0 END"
            ),
        }

    @api.model
    def _get_days_after(self):
        """:return: ``SQL``: days from the action's date to the day it was done, else today"""
        today = get_company_day(SQL("%s::timestamp", fields.Datetime.now()))
        return SQL("(COALESCE(part.day_done, %s) - part.deadline)", today)

    @api.model
    def _get_part_joins(self):
        # Of every action there is one case: PostgreSQL leaves out an outer join nobody asks for
        return SQL(
            "LEFT JOIN complaint_complaint complaint ON complaint.id = part.complaint_id %s",
            get_calendar_join(SQL("part.company_id")),
        )

    @api.model
    def _get_part_where(self):
        return SQL("part.is_counted IS TRUE AND part.state != 'cancelled'")

    def action_open_complaint(self):
        """Row: the case behind the figure.

        :return: action that opens it
        :raise AccessError: for who may not read the row
        """
        return self._open_complaint()
