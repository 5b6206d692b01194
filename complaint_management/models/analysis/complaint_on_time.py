from odoo import api, models
from odoo.tools import SQL

from .complaint_measures import TIMELINESS_FIELDS
from .measure import Measure

ON_TIME_HELP = (
    "100 for a complaint in time, 0 for a late one, empty while undecided: the average is the "
    "share of those decided. Months are those in which complaints were received; above their list "
    "a month has the deadlines that fell due in it."
)
ON_TIME_FIELDS = {f"{kind}_on_time": name for kind, name in TIMELINESS_FIELDS.items()}


class ComplaintOnTime(models.Model):
    """On-time rates of cases: 100 for one in time, 0 for a late one, empty while undecided (R25).

    Their average is the rate in %: met ÷ (met + breached). Nothing is stored: the database reads
    the timeliness of the same row.
    """

    _inherit = "complaint.complaint"

    response_on_time = Measure(
        "Answered on time (%)", compute="_compute_on_time", help=ON_TIME_HELP
    )
    plan_on_time = Measure("Planned on time (%)", compute="_compute_on_time", help=ON_TIME_HELP)
    handling_on_time = Measure("Handled on time (%)", compute="_compute_on_time", help=ON_TIME_HELP)
    report_on_time = Measure("Reported on time (%)", compute="_compute_on_time", help=ON_TIME_HELP)

    @api.depends(*TIMELINESS_FIELDS.values())
    def _compute_on_time(self):
        values = {"on_time": 100.0, "late": 0.0}
        for complaint in self:
            for name, timeliness in ON_TIME_FIELDS.items():
                complaint[name] = values.get(complaint[timeliness], False)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let averages and lists by these rates be asked of the database."""
        if field_expr not in ON_TIME_FIELDS:
            return super()._field_to_sql(alias, field_expr, query)
        timeliness = self._field_to_sql(alias, ON_TIME_FIELDS[field_expr], query)
        return SQL("(CASE %s WHEN 'on_time' THEN 100.0 WHEN 'late' THEN 0.0 END)", timeliness)
