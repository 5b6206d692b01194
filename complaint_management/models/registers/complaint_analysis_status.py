from odoo import fields, models
from odoo.tools import SQL

from ..complaint.complaint_complaint import STATES
from ..complaint.complaint_lifecycle import OPEN_STATES


class ComplaintAnalysisStatus(models.Model):
    """How far each case that counts is: done, in progress, late, waiting for the customer (R54).

    One row a case, and its ID the complaint's: grouped by customer it is the status table, and
    whoever reads it counts only the cases he may read (T3, R73), which a row a customer could not
    say. Late and waiting mean what they mean on the complaint (``is_overdue``) and in the header of
    its list (``waiting_customer`` of ``_get_overview_domains``). What the groups need stands in the
    index of what counts (``_figures_idx``), whose condition is written as there.
    """

    _name = "complaint.analysis.status"
    _description = "Handling Status of a Complaint"
    _inherit = ["complaint.grouping.mixin"]
    _auto = False
    _order = "commercial_partner_id, date_received desc, id desc"

    name = fields.Char("Number", readonly=True)
    subject = fields.Char(readonly=True)
    complaint_id = fields.Many2one("complaint.complaint", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    lead_user_id = fields.Many2one("res.users", "Lead", readonly=True)
    team_id = fields.Many2one("complaint.team", readonly=True)
    category_id = fields.Many2one("complaint.category", "Complaint category", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    date_received = fields.Datetime("Received", readonly=True)
    next_step = fields.Char(related="complaint_id.next_step", related_sudo=False)
    next_user_id = fields.Many2one("res.users", "Next: who", readonly=True)
    next_deadline = fields.Date("Next: until", readonly=True)
    count_done = fields.Integer("Done", readonly=True, help="Closed, or cancelled after all.")
    count_open = fields.Integer("In progress", readonly=True)
    count_overdue = fields.Integer(
        "Overdue", readonly=True, help="Of those in progress: the next step is late."
    )
    count_waiting = fields.Integer(
        "Waiting for the customer",
        readonly=True,
        help="Of those in progress: asked whether he is satisfied, or a deadline waits for him.",
    )
    days_open = fields.Integer(
        "Days open", aggregator="max", readonly=True, help="Since receipt, of those in progress."
    )

    _depends = {
        "complaint.complaint": [
            "active",
            "name",
            "subject",
            "company_id",
            "commercial_partner_id",
            "partner_id",
            "user_id",
            "lead_user_id",
            "team_id",
            "category_id",
            "state",
            "is_counted",
            "date_received",
            "next_action_id",
            "next_user_id",
            "next_deadline",
            "next_clock_deadline",
        ],
        "complaint.clock": ["complaint_id", "state"],
    }

    @property
    def _table_query(self) -> SQL:
        columns = {
            **{name: SQL.identifier("c", name) for name in self._get_status_copies()},
            **self._get_status_columns(),
        }
        selected = [SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in columns.items()]
        return SQL(
            "SELECT %s FROM complaint_complaint c WHERE c.active IS TRUE AND c.is_counted IS TRUE",
            SQL(", ").join(selected),
        )

    def _get_status_copies(self):
        """Hook: :return: list of columns that are the complaint's own"""
        return [
            "id", "name", "subject", "company_id", "commercial_partner_id", "partner_id",
            "user_id", "lead_user_id", "team_id", "category_id", "state", "date_received",
            "next_user_id", "next_deadline",
        ]  # fmt: skip

    def _get_status_columns(self):
        """Hook: :return: dict name of a stored field → ``SQL`` of its value"""
        is_open = SQL("c.state IN %s", OPEN_STATES)
        # The day where the reader is, as on the complaint
        today, now = fields.Date.context_today(self), fields.Datetime.now()
        overdue = SQL(
            "c.next_deadline < %s OR (c.next_action_id IS NULL AND c.next_clock_deadline < %s)",
            today,
            now,
        )
        paused = SQL(
            "EXISTS (SELECT 1 FROM complaint_clock k"
            " WHERE k.complaint_id = c.id AND k.state = 'paused')"
        )
        waiting = SQL("c.state = 'resolved' OR %s", paused)
        return {
            "complaint_id": SQL("c.id"),
            "count_done": SQL("CASE WHEN %s THEN 0 ELSE 1 END", is_open),
            "count_open": SQL("CASE WHEN %s THEN 1 ELSE 0 END", is_open),
            "count_overdue": SQL("CASE WHEN %s AND (%s) THEN 1 ELSE 0 END", is_open, overdue),
            "count_waiting": SQL("CASE WHEN %s AND (%s) THEN 1 ELSE 0 END", is_open, waiting),
            "days_open": SQL(
                "CASE WHEN %s THEN EXTRACT(DAY FROM %s - c.date_received)::int END", is_open, now
            ),
        }

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------
    def action_open_complaint(self):
        """Row: the case itself.

        :return: action that opens it
        """
        self.ensure_one()
        return self.complaint_id.get_formview_action()

    def action_status_xlsx(self):
        """Button of the list: the status table as a workbook, ticked rows or all the list shows.

        :return: client action that fetches it
        :raise AccessError: for contributors and people outside
        """
        return self.env["complaint.table.status"]._open_from_list("xlsx", self)

    def action_status_pdf(self):
        """Button of the list: the table on paper; as :meth:`action_status_xlsx`."""
        return self.env["complaint.table.status"]._open_from_list("pdf", self)
