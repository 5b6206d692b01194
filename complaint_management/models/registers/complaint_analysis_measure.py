from odoo import api, fields, models
from odoo.tools import SQL

from ..analysis.company_day import CALENDAR_JOIN, get_company_day
from ..analysis.complaint_analysis_mixin import CASE_FIELDS
from ..complaint.same_options import same_options
from ..documents.complaint_report import SENT_STATES
from ..handling.complaint_action import MEASURE_KINDS, OPEN_STATES

TAKEN = [("taken", "Taken"), ("open", "Not taken yet"), ("late", "Late")]
TOLD = [("not_sent", "Not sent"), ("sent", "Sent"), ("acknowledged", "Acknowledged")]

# What a row shows of the action as it is.
OWN_FIELDS = (
    "name",
    "kind",
    "state",
    "user_id",
    "department_id",
    "deadline",
    "date_done",
    "check_date",
    "cause_id",
)


class ComplaintAnalysisMeasure(models.Model):
    """Every corrective and preventive action of complaints that count, one row each (R55).

    Was it taken, does it work, was the customer told, has he confirmed it. Its ID is the action's.
    Late is what was due before the company's today, as in ``complaint.analysis.action``.
    Told is what a document that went out says (``complaint.report.measure_ids``); a document
    approved before the measure existed does not cover it, whenever it was sent.
    """

    _name = "complaint.analysis.measure"
    _description = "Measure of a Complaint"
    _inherit = ["complaint.analysis.mixin"]
    _auto = False
    _PART_TABLE = "complaint_action"
    _order = "deadline desc, id desc"

    action_id = fields.Many2one("complaint.action", readonly=True)
    name = fields.Char("Measure", readonly=True)
    kind = fields.Selection(
        lambda self: [
            row for row in same_options("complaint.action", "kind")(self) if row[0] in MEASURE_KINDS
        ],
        readonly=True,
    )
    state = fields.Selection(same_options("complaint.action", "state"), readonly=True)
    user_id = fields.Many2one("res.users", "Owner", readonly=True)
    department_id = fields.Many2one("complaint.department", readonly=True)
    deadline = fields.Date("Due", readonly=True)
    date_done = fields.Datetime("Done on", readonly=True)
    taken = fields.Selection(
        TAKEN, "Taken?", readonly=True, help="Late: due before today and not done."
    )
    effectiveness = fields.Selection(
        lambda self: [
            *same_options("complaint.action", "effectiveness")(self),
            # Beside the verdicts of an action: the last one, of what is open again
            ("reopened", self.env._("Was ineffective, reopened")),
        ],
        "Effective?",
        readonly=True,
    )
    check_date = fields.Date("Check of effect", readonly=True)
    told = fields.Selection(
        TOLD,
        "Customer told?",
        readonly=True,
        help="Sent: a document that says this measure went out. One approved before the measure "
        "existed does not say it.",
    )
    date_sent = fields.Datetime("Sent on", readonly=True)
    date_acknowledged = fields.Datetime("Acknowledged on", readonly=True)
    cause_id = fields.Many2one("complaint.cause", "Removes cause", readonly=True)
    cause_category_id = fields.Many2one("complaint.cause.category", "Cause", readonly=True)
    product_id = fields.Many2one(
        "product.product", readonly=True, help="Where all goods of the complaint are of one."
    )
    goods = fields.Char("Products", compute="_compute_goods")
    date_received = fields.Datetime("Complaint received", readonly=True)

    _depends = {
        "complaint.action": [*OWN_FIELDS, "completion_note", "complaint_id", "effectiveness"],
        "complaint.cause": ["category_id"],
        "complaint.complaint": CASE_FIELDS,
        "complaint.line": ["complaint_id", "product_id"],
        "complaint.report": ["state", "date_sent", "date_acknowledged", "measure_ids"],
        "res.company": ["resource_calendar_id"],
        "resource.calendar": ["tz"],
    }

    # ------------------------------------------------------------
    # The query
    # ------------------------------------------------------------
    @api.model
    def _get_part_columns(self):
        return {
            **super()._get_part_columns(),
            **{name: SQL.identifier("part", name) for name in OWN_FIELDS},
            "action_id": SQL("part.id"),
            "taken": SQL(
                "CASE WHEN part.state = 'done' THEN 'taken' "
                "WHEN part.state IN %s AND part.deadline < %s THEN 'late' ELSE 'open' END",
                OPEN_STATES,
                get_company_day(SQL("%s::timestamp", fields.Datetime.now())),
            ),
            "effectiveness": SQL(
                "CASE WHEN part.state <> 'done' AND part.completion_note IS NOT NULL "
                "AND part.effectiveness = 'ineffective' THEN 'reopened' ELSE part.effectiveness END"
            ),
            "told": SQL(
                "CASE WHEN told.date_acknowledged IS NOT NULL THEN 'acknowledged' "
                "WHEN told.action_id IS NOT NULL THEN 'sent' ELSE 'not_sent' END"
            ),
            "date_sent": SQL("told.date_sent"),
            "date_acknowledged": SQL("told.date_acknowledged"),
            "cause_category_id": SQL("cause.category_id"),
            # A query of its own, run for the rows that are shown only
            "product_id": SQL(
                "(SELECT MIN(line.product_id) FROM complaint_line line "
                "WHERE line.complaint_id = part.complaint_id AND line.product_id IS NOT NULL "
                "HAVING MIN(line.product_id) = MAX(line.product_id))"
            ),
        }

    @api.model
    def _get_part_joins(self):
        return SQL(
            """
            %s
            %s
            LEFT JOIN complaint_cause cause ON cause.id = part.cause_id
            LEFT JOIN (
                SELECT rel.action_id,
                       MIN(report.date_sent) AS date_sent,
                       MIN(report.date_acknowledged)
                           FILTER (WHERE report.state = 'acknowledged') AS date_acknowledged
                  FROM complaint_report_measure_rel rel
                  JOIN complaint_report report ON report.id = rel.report_id
                 WHERE report.state IN %s
              GROUP BY rel.action_id
            ) told ON told.action_id = part.id
            """,
            super()._get_part_joins(),
            CALENDAR_JOIN,
            SENT_STATES,
        )

    @api.model
    def _get_part_where(self):
        return SQL(
            "%s AND part.kind IN %s AND part.state != 'cancelled'",
            super()._get_part_where(),
            MEASURE_KINDS,
        )

    # ------------------------------------------------------------
    # On the row
    # ------------------------------------------------------------
    @api.depends("complaint_id.line_ids.product_id", "complaint_id.line_ids.name")
    def _compute_goods(self):
        for measure in self:
            lines = measure.complaint_id.line_ids
            names = [line.product_id.display_name or line.name for line in lines]
            measure.goods = ", ".join(dict.fromkeys(filter(None, names)))

    def action_open_measure(self):
        """Row: the action itself.

        :return: action that opens it
        """
        self.ensure_one()
        return self.action_id.get_formview_action()
