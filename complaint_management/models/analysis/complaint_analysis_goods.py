from odoo import api, fields, models
from odoo.tools import SQL

from ..complaint.complaint_complaint import STATES
from ..complaint.complaint_findings import RESPONSIBILITIES
from ..complaint.complaint_point import FINDINGS
from ..complaint.same_options import same_options

# Two ids in one that a browser still holds exactly (2^53): a line and its point.
MOST_POINTS = 2**26


class ComplaintAnalysisGoods(models.Model):
    """Goods complained about, one row for each point they belong to (R62, R63).

    * Goods of no point have one row. Cases that do not count (``is_counted``) have none.
    * Quantities are in the product's own unit, and no quantity counts twice: goods of several
      points share what was complained equally among them; what was confirmed goes to the points
      that were confirmed, where any was.
    * The lot is named where the goods are of one; several are not taken apart, for nobody said how
      much of each is bad. ``lot_name`` is its name, else what was read off the goods.
    * Of several causes of a case the first verified one counts, as in the cost of complaints.
    """

    _name = "complaint.analysis.goods"
    _description = "Goods Complained About"
    _inherit = [
        "complaint.own.figures.mixin",
        "complaint.figure.mixin",
        "complaint.vendor.mixin",
    ]
    _auto = False
    _rec_name = "complaint_id"
    _order = "date_received desc, id desc"
    _UNITS = {"quantity_complained": "product_uom_id", "quantity_confirmed": "product_uom_id"}

    complaint_id = fields.Many2one(
        "complaint.complaint", readonly=True, aggregator="count_distinct"
    )
    active = fields.Boolean(readonly=True)
    line_id = fields.Many2one("complaint.line", "Goods", readonly=True)
    point_id = fields.Many2one("complaint.point", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_received = fields.Datetime("Received", readonly=True)
    date_shipped = fields.Datetime("Shipped on", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    country_id = fields.Many2one("res.country", "Customer's country", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    product_categ_id = fields.Many2one("product.category", "Product category", readonly=True)
    lot_id = fields.Many2one("stock.lot", readonly=True)
    lot_name = fields.Char("Lot or batch code", readonly=True)
    vendor_id = fields.Many2one("res.partner", readonly=True)
    defect_id = fields.Many2one("complaint.defect", readonly=True)
    finding = fields.Selection(FINDINGS, readonly=True)
    responsibility = fields.Selection(RESPONSIBILITIES, readonly=True)
    cause_category_id = fields.Many2one("complaint.cause.category", "Cause", readonly=True)
    department_id = fields.Many2one(
        "complaint.department", "Responsible department", readonly=True, help="Of the cause."
    )
    category_id = fields.Many2one("complaint.category", "Complaint category", readonly=True)
    severity = fields.Selection(same_options("complaint.complaint", "severity"), readonly=True)
    team_id = fields.Many2one("complaint.team", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    state = fields.Selection(STATES, "State of the complaint", readonly=True)
    quantity_complained = fields.Float(
        "Complained", digits="Product Unit", readonly=True, help="In the product's own unit."
    )
    quantity_confirmed = fields.Float(
        "Confirmed", digits="Product Unit", readonly=True, help="In the product's own unit."
    )
    product_uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)

    _depends = {
        "complaint.complaint": [
            "active",
            "company_id",
            "date_received",
            "partner_id",
            "commercial_partner_id",
            "main_cause_category_id",
            "responsible_department_id",
            "defect_id",
            "responsibility",
            "category_id",
            "severity",
            "team_id",
            "user_id",
            "state",
            "is_counted",
        ],
        "complaint.line": [
            "complaint_id",
            "date_shipped",
            "move_id",
            "product_id",
            "product_uom_id",
            "lot_ids",
            "lot_name",
            "defect_id",
            "quantity_complained",
            "quantity_confirmed",
            "point_count",
            "confirmed_point_count",
        ],
        "complaint.point": ["line_ids", "defect_id", "finding", "responsibility"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id", "uom_id"],
        "res.partner": ["country_id"],
        "stock.lot": ["name"],
        "stock.move": ["date", "state"],
        "uom.uom": ["factor"],
    }

    # ------------------------------------------------------------
    # The query
    # ------------------------------------------------------------
    @property
    def _table_query(self) -> SQL:
        columns = [
            SQL("%s AS %s", column, SQL.identifier(name))
            for name, column in self._get_goods_dimensions().items()
        ]
        return SQL(
            """SELECT line.id::bigint * %s + COALESCE(held.point_id, 0) AS id, %s
                 FROM complaint_line line %s
                WHERE complaint.is_counted IS TRUE""",
            MOST_POINTS,
            SQL(", ").join(columns),
            self._get_goods_joins(),
        )

    @api.model
    def _get_goods_dimensions(self):
        """Hook: :return: dict name of a stored field → ``SQL`` of its value"""
        unit = SQL("COALESCE(said_uom.factor / own_uom.factor, 1)")
        return {
            "complaint_id": SQL("line.complaint_id"),
            "active": SQL("complaint.active"),
            "line_id": SQL("line.id"),
            "point_id": SQL("held.point_id"),
            "company_id": SQL("complaint.company_id"),
            "date_received": SQL("complaint.date_received"),
            "date_shipped": SQL("COALESCE(left_by.date, line.date_shipped)"),
            "partner_id": SQL("complaint.partner_id"),
            "commercial_partner_id": SQL("complaint.commercial_partner_id"),
            "country_id": SQL("partner.country_id"),
            "product_id": SQL("line.product_id"),
            "product_categ_id": SQL("template.categ_id"),
            "lot_id": self._get_only_lot(),
            "lot_name": SQL("CASE WHEN lots.lot_count = 1 THEN lot.name ELSE line.lot_name END"),
            "vendor_id": self._get_vendor(),
            "defect_id": SQL("COALESCE(point.defect_id, line.defect_id, complaint.defect_id)"),
            "finding": SQL("point.finding"),
            "responsibility": SQL("COALESCE(point.responsibility, complaint.responsibility)"),
            "cause_category_id": SQL("complaint.main_cause_category_id"),
            "department_id": SQL("complaint.responsible_department_id"),
            "category_id": SQL("complaint.category_id"),
            "severity": SQL("complaint.severity"),
            "team_id": SQL("complaint.team_id"),
            "user_id": SQL("complaint.user_id"),
            "state": SQL("complaint.state"),
            "quantity_complained": SQL(
                "line.quantity_complained * %s / GREATEST(line.point_count, 1)", unit
            ),
            "quantity_confirmed": SQL(
                """line.quantity_confirmed * %s * CASE
                        WHEN COALESCE(line.point_count, 0) < 2 THEN 1
                        WHEN line.confirmed_point_count = 0 THEN 1.0 / line.point_count
                        WHEN point.finding = 'confirmed' THEN 1.0 / line.confirmed_point_count
                        ELSE 0 END""",
                unit,
            ),
            "product_uom_id": SQL("COALESCE(template.uom_id, line.product_uom_id)"),
        }

    @api.model
    def _get_only_lot(self):
        """:return: ``SQL`` of the lot of goods that are of one; of several nobody knows which"""
        return SQL("CASE WHEN lots.lot_count = 1 THEN lots.lot_id END")

    @api.model
    def _get_goods_joins(self):
        """Hook: :return: ``SQL`` of the joins to ``line``; but for the points of the line, each
        finds one row at most, and Postgres leaves out those nobody asks for
        """
        return SQL(
            """
            JOIN complaint_complaint complaint ON complaint.id = line.complaint_id
            LEFT JOIN stock_move left_by ON left_by.id = line.move_id AND left_by.state = 'done'
            LEFT JOIN complaint_point_line_rel held ON held.line_id = line.id
            LEFT JOIN complaint_point point ON point.id = held.point_id
            LEFT JOIN (
                SELECT complaint_line_id, MIN(stock_lot_id) AS lot_id, COUNT(*) AS lot_count
                  FROM complaint_line_stock_lot_rel
              GROUP BY complaint_line_id
            ) lots ON lots.complaint_line_id = line.id
            LEFT JOIN stock_lot lot ON lot.id = lots.lot_id
            LEFT JOIN product_product product ON product.id = line.product_id
            LEFT JOIN product_template template ON template.id = product.product_tmpl_id
            LEFT JOIN uom_uom own_uom ON own_uom.id = template.uom_id
            LEFT JOIN uom_uom said_uom ON said_uom.id = line.product_uom_id
            LEFT JOIN res_partner partner ON partner.id = complaint.partner_id
            %s
            """,
            self._get_vendor_joins(
                SQL("line.product_id"), self._get_only_lot(), SQL("complaint.company_id")
            ),
        )

    # ------------------------------------------------------------
    # Where it comes from
    # ------------------------------------------------------------
    def action_open_complaint(self):
        """Row: the case these goods belong to.

        :return: action that opens it
        """
        self.ensure_one()
        return self.complaint_id.get_formview_action()
