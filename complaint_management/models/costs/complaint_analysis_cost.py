from odoo import api, fields, models
from odoo.tools import SQL

from ..complaint.complaint_complaint import STATES
from ..complaint.same_options import same_options

COST_KINDS = [
    ("credit", "Credit"),
    ("discount", "Discount"),
    ("compensation", "Compensation"),
    ("deduction", "Deduction"),
    ("replacement", "Replaced goods"),
    ("gift", "Gift"),
    ("parts", "Spare parts"),
    ("freight", "Freight"),
    ("labour", "Labour"),
    ("travel", "Travel"),
    ("testing", "Test or laboratory"),
    ("scrap", "Scrapped goods"),
    ("other", "Other expense"),
    ("recharged", "Recharged"),
]
# What every select of ``_get_cost_selects`` answers, with its type in the database.
COST_COLUMNS = {
    "source_id": SQL("bigint"),
    "complaint_id": SQL("integer"),
    "demand_id": SQL("integer"),
    "kind": SQL("varchar"),
    "date": SQL("date"),
    "amount": SQL("numeric"),
    "product_id": SQL("integer"),
    "vendor_id": SQL("integer"),
    "res_model": SQL("varchar"),
    "res_id": SQL("integer"),
    "document": SQL("varchar"),
}


class ComplaintAnalysisCost(models.Model):
    """What complaints cost us, one row a cost item, in the company's currency (R37).

    Where the items come from is in ``complaint_cost_sources``; siblings add theirs there. Here they
    get what one groups by: the customer, the goods, the cause … No row is multiplied by that: of
    several causes of a case its main one counts (``analysis/complaint_dimensions``). Postgres
    leaves out every join a question does not need. What makes figures of them is in ``analysis``.
    """

    _name = "complaint.analysis.cost"
    _description = "Cost of Complaints"
    _auto = False
    _rec_name = "document"
    _order = "date desc, id desc"

    complaint_id = fields.Many2one("complaint.complaint", readonly=True)
    demand_id = fields.Many2one("complaint.demand", "Customer request", readonly=True)
    kind = fields.Selection(COST_KINDS, readonly=True)
    date = fields.Date(readonly=True)
    amount = fields.Monetary("Cost", readonly=True, help="Without taxes.")
    currency_id = fields.Many2one("res.currency", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    product_categ_id = fields.Many2one("product.category", "Product category", readonly=True)
    category_id = fields.Many2one("complaint.category", "Complaint category", readonly=True)
    defect_id = fields.Many2one("complaint.defect", readonly=True)
    cause_category_id = fields.Many2one("complaint.cause.category", "Cause", readonly=True)
    department_id = fields.Many2one(
        "complaint.department", "Responsible department", readonly=True, help="Of the cause."
    )
    vendor_id = fields.Many2one("res.partner", readonly=True)
    team_id = fields.Many2one("complaint.team", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    complainant_type = fields.Selection(
        same_options("complaint.complaint", "complainant_type"),
        readonly=True,
    )
    state = fields.Selection(STATES, "State of the complaint", readonly=True)
    document = fields.Char(readonly=True)
    res_model = fields.Char("Model of the document", readonly=True)
    res_id = fields.Many2oneReference("Document ID", model_field="res_model", readonly=True)
    can_open_document = fields.Boolean(compute="_compute_can_open_document")

    _depends = {
        "complaint.complaint": [
            "company_id",
            "partner_id",
            "commercial_partner_id",
            "category_id",
            "defect_id",
            "main_cause_category_id",
            "responsible_department_id",
            "team_id",
            "user_id",
            "complainant_type",
            "state",
        ],
        "complaint.line": ["complaint_id", "product_id"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id"],
        "res.company": ["currency_id"],
        "res.currency": ["rounding"],
    }

    # ------------------------------------------------------------
    # The query
    # ------------------------------------------------------------
    @property
    def _table_query(self) -> SQL:
        selects = self._get_cost_selects()
        numbered = [
            SQL("SELECT %s AS branch, item.* FROM (%s) item", number, select)
            for number, select in enumerate(selects)
        ]
        columns = [
            SQL("%s AS %s", column, SQL.identifier(name))
            for name, column in self._get_cost_dimensions().items()
        ]
        return SQL(
            "SELECT cost.source_id * %s + cost.branch AS id, %s FROM (%s) cost %s",
            len(selects),
            SQL(", ").join(columns),
            SQL(" UNION ALL ").join(numbered),
            self._get_cost_joins(),
        )

    @api.model
    def _get_cost_dimensions(self):
        """Hook: :return: dict name of a stored field → ``SQL`` of its value"""
        return {
            "complaint_id": SQL("cost.complaint_id"),
            "demand_id": SQL("cost.demand_id"),
            "kind": SQL("cost.kind"),
            "date": SQL("cost.date"),
            "amount": SQL("ROUND(cost.amount / currency.rounding) * currency.rounding"),
            "currency_id": SQL("company.currency_id"),
            "company_id": SQL("complaint.company_id"),
            "partner_id": SQL("complaint.partner_id"),
            "commercial_partner_id": SQL("complaint.commercial_partner_id"),
            "product_id": SQL("COALESCE(cost.product_id, goods.product_id)"),
            "product_categ_id": SQL("template.categ_id"),
            "category_id": SQL("complaint.category_id"),
            "defect_id": SQL("complaint.defect_id"),
            "cause_category_id": SQL("complaint.main_cause_category_id"),
            "department_id": SQL("complaint.responsible_department_id"),
            "vendor_id": SQL("cost.vendor_id"),
            "team_id": SQL("complaint.team_id"),
            "user_id": SQL("complaint.user_id"),
            "complainant_type": SQL("complaint.complainant_type"),
            "state": SQL("complaint.state"),
            "document": SQL("cost.document"),
            "res_model": SQL("cost.res_model"),
            "res_id": SQL("cost.res_id"),
        }

    @api.model
    def _get_cost_joins(self):
        """Hook: :return: ``SQL`` of the joins to ``cost``; each finds one row at most

        Money that names no goods counts for the goods of the case, where they are of one product.
        """
        return SQL(
            """
            JOIN complaint_complaint complaint ON complaint.id = cost.complaint_id
            JOIN res_company company ON company.id = complaint.company_id
            JOIN res_currency currency ON currency.id = company.currency_id
            LEFT JOIN (
                SELECT complaint_id, MIN(product_id) AS product_id
                  FROM complaint_line
                 WHERE product_id IS NOT NULL
              GROUP BY complaint_id
                HAVING MIN(product_id) = MAX(product_id)
            ) goods ON goods.complaint_id = cost.complaint_id
            LEFT JOIN product_product product
                   ON product.id = COALESCE(cost.product_id, goods.product_id)
            LEFT JOIN product_template template ON template.id = product.product_tmpl_id
            """
        )

    # ------------------------------------------------------------
    # Where it comes from
    # ------------------------------------------------------------
    @api.depends("res_model", "res_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_open_document(self):
        self.can_open_document = False
        for model, costs in self.grouped("res_model").items():
            if model in self.env:
                documents = self.env[model].browse(costs.mapped("res_id"))
                documents = documents.exists()._filtered_access("read")
                if documents and not self.env["complaint.demand"]._may_open(documents[:1]):
                    continue
                readable = set(documents.ids)
                for cost in costs:
                    cost.can_open_document = cost.res_id in readable

    def action_open_document(self):
        """Button: the document this cost comes from, with the reader's own rights.

        :return: action that opens it
        :raise AccessError: when he may not read it
        """
        self.ensure_one()
        document = self.env[self.res_model].browse(self.res_id)
        document.check_access("read")
        return document.get_formview_action()

    def action_open_complaint(self):
        """Row: the case this is a cost of.

        :return: action that opens it
        """
        self.ensure_one()
        return self.complaint_id.get_formview_action()
