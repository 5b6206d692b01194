from odoo import api, fields, models
from odoo.tools import SQL

from ..complaint.complaint_complaint import STATES
from ..complaint.same_options import same_options

# What every row has of its case, for ``_depends``.
CASE_FIELDS = [
    "active",
    "category_id",
    "commercial_partner_id",
    "company_id",
    "date_received",
    "defect_id",
    "is_counted",
    "lead_user_id",
    "partner_id",
    "severity",
    "state",
    "team_id",
    "urgency",
    "user_id",
]


class ComplaintAnalysisMixin(models.AbstractModel):
    """Figures of the parts of cases: one row a part, with what one groups cases by.

    A model names its table in ``_PART_TABLE`` and adds its columns in :meth:`_get_part_columns`.
    Rows carry the part's id. Cases that do not count (``is_counted``) have none. Company and record
    rules of each model are its own; they mirror the complaint's.
    """

    _name = "complaint.analysis.mixin"
    _description = "Figures of Parts of Complaints"
    _inherit = ["complaint.grouping.mixin"]
    _auto = False
    _PART_TABLE = None

    complaint_id = fields.Many2one("complaint.complaint", readonly=True)
    active = fields.Boolean(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_received = fields.Datetime("Received", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    category_id = fields.Many2one("complaint.category", "Complaint category", readonly=True)
    defect_id = fields.Many2one("complaint.defect", readonly=True)
    severity = fields.Selection(same_options("complaint.complaint", "severity"), readonly=True)
    urgency = fields.Selection(same_options("complaint.complaint", "urgency"), readonly=True)
    team_id = fields.Many2one("complaint.team", readonly=True)
    lead_user_id = fields.Many2one("res.users", "Lead", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    complaint_state = fields.Selection(STATES, "State of the complaint", readonly=True)

    # ------------------------------------------------------------
    # The query
    # ------------------------------------------------------------
    @property
    def _table_query(self) -> SQL:
        columns = {**self._get_case_columns(), **self._get_part_columns()}
        return SQL(
            "SELECT part.id, %s FROM %s part %s WHERE %s",
            SQL(", ").join(
                SQL("%s AS %s", column, SQL.identifier(name)) for name, column in columns.items()
            ),
            SQL.identifier(self._PART_TABLE),
            self._get_part_joins(),
            self._get_part_where(),
        )

    @api.model
    def _get_case_columns(self):
        """Hook: :return: dict name of a stored field → ``SQL`` of what the case has there"""
        return {
            "complaint_id": SQL("part.complaint_id"),
            "active": SQL("complaint.active"),
            "company_id": SQL("complaint.company_id"),
            "date_received": SQL("complaint.date_received"),
            "partner_id": SQL("complaint.partner_id"),
            "commercial_partner_id": SQL("complaint.commercial_partner_id"),
            "category_id": SQL("complaint.category_id"),
            "defect_id": SQL("complaint.defect_id"),
            "severity": SQL("complaint.severity"),
            "urgency": SQL("complaint.urgency"),
            "team_id": SQL("complaint.team_id"),
            "lead_user_id": SQL("complaint.lead_user_id"),
            "salesperson_id": SQL("complaint.user_id"),
            "complaint_state": SQL("complaint.state"),
        }

    @api.model
    def _get_part_columns(self):
        """Hook: :return: dict name of a stored field → ``SQL`` of what the part has there"""
        return {}

    @api.model
    def _get_part_joins(self):
        """Hook: :return: ``SQL`` of the joins to ``part``; each finds one row at most"""
        return SQL("JOIN complaint_complaint complaint ON complaint.id = part.complaint_id")

    @api.model
    def _get_part_where(self):
        """Hook: :return: ``SQL``: which parts have a row"""
        # In the words of the index of what counts (``_figures_idx``)
        return SQL("complaint.is_counted IS TRUE")

    # ------------------------------------------------------------
    # From the figure to the case
    # ------------------------------------------------------------
    def _open_complaint(self):
        """:return: action that opens the case this is a part of; called by each model's button"""
        self.ensure_one()
        return self.complaint_id.get_formview_action()
