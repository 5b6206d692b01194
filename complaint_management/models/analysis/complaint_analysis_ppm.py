from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..costs.complaint_cost_goods import OWN_GOODS_KINDS
from .measure import Measure

# One id of a line of goods and the place of its lot among them, which a browser holds exactly.
MOST_LOTS = 2**16


class ComplaintAnalysisPpm(models.Model):
    """Bad parts in a million: one row a product, lot and month of shipping (R63).

    ``ppm`` = confirmed ÷ delivered × 1,000,000, by the month in which the goods *left* (UTC): a
    complaint of May about goods of January counts in January. In groups it is the ratio of sums.

    * Delivered is what done transfers brought to customers, gross: what comes back was delivered.
      Dropshipped goods and replacements count; of a kit its components, for these are what leaves.
      The customer's own goods coming back from rework or repair do not: they left before.
    * Confirmed is what was found to be bad of complaints that count, once whatever its points;
      goods of several lots are shared equally among them (of serial numbers that is exact). A kit
      complained about as one has no deliveries of its own, and so no ppm.
    * Goods that left on an unknown day (no transfer, no date) have no month. Where nothing was
      delivered there is no ppm, rather than an endless one.

    There is no customer and no case in it. It is read by those who may read all complaints of the
    company (quality, managers, leadership), whatever transfers they may open.
    """

    _name = "complaint.analysis.ppm"
    _description = "Bad Parts per Million"
    _inherit = ["complaint.figure.mixin", "complaint.vendor.mixin"]
    _auto = False
    _rec_name = "product_id"
    _order = "date desc nulls last, ppm desc nulls last, id desc"
    _UNITS = {"quantity_delivered": "product_uom_id", "quantity_confirmed": "product_uom_id"}
    _RATIOS = {"ppm": ("quantity_confirmed", "quantity_delivered", 1_000_000)}

    company_id = fields.Many2one("res.company", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    product_categ_id = fields.Many2one("product.category", "Product category", readonly=True)
    has_bad_parts = fields.Boolean(
        "Product with bad parts",
        readonly=True,
        help="Of the product something was found to be bad once, whichever row says so. Rows "
        "without bad parts belong to its ppm, too.",
    )
    lot_id = fields.Many2one("stock.lot", readonly=True)
    vendor_id = fields.Many2one("res.partner", readonly=True)
    date = fields.Date("Shipped in", readonly=True, help="First day of the month (UTC).")
    quantity_delivered = fields.Float(
        "Delivered",
        digits="Product Unit",
        readonly=True,
        help="Gross, in the product's own unit: what came back was delivered.",
    )
    quantity_confirmed = fields.Float(
        "Confirmed",
        digits="Product Unit",
        readonly=True,
        help="Found to be bad by complaints, in the product's own unit.",
    )
    product_uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    ppm = Measure(
        "ppm",
        digits=(16, 1),
        readonly=True,
        help="Confirmed ÷ delivered × 1,000,000, by the month the goods left.",
    )

    _depends = {
        "complaint.complaint": ["active", "company_id", "is_counted"],
        "complaint.demand": ["remedy_kind"],
        "complaint.line": [
            "complaint_id",
            "date_shipped",
            "move_id",
            "product_id",
            "product_uom_id",
            "lot_ids",
            "quantity_confirmed",
        ],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id", "uom_id"],
        "stock.location": ["usage"],
        "stock.move": ["date", "state"],
        "stock.move.line": [
            "company_id",
            "date",
            "location_id",
            "location_dest_id",
            "lot_id",
            "picking_id",
            "product_id",
            "quantity_product_uom",
            "state",
        ],
        "stock.picking": ["complaint_demand_id"],
        "uom.uom": ["factor"],
    }

    # ------------------------------------------------------------
    # The query
    # ------------------------------------------------------------
    @property
    def _table_query(self) -> SQL:
        columns = [
            SQL("%s AS %s", column, SQL.identifier(name))
            for name, column in self._get_ppm_dimensions().items()
        ]
        return SQL(
            """
            SELECT goods.id, %(columns)s
              FROM (
                  SELECT MIN(source_id) AS id, company_id, product_id, lot_id, date,
                         SUM(delivered) AS delivered, SUM(confirmed) AS confirmed
                    FROM (SELECT source_id, company_id, product_id, lot_id,
                                 DATE_TRUNC('month', date)::date AS date, delivered, 0 AS confirmed
                            FROM (%(delivered)s) sent
                       UNION ALL %(confirmed)s) item
                GROUP BY company_id, product_id, lot_id, date
              ) goods
              %(joins)s
            """,
            columns=SQL(", ").join(columns),
            delivered=self._get_delivered(),
            confirmed=self._get_confirmed(),
            joins=self._get_ppm_joins(),
        )

    @api.model
    def _get_delivered(self):
        """Hook: the one place that says what was delivered; measures are judged by it, too.

        :return: ``SQL``: what customers were sent and when, one row a lot of a transfer
        """
        return SQL(
            """
            SELECT sent.id::bigint * 2 AS source_id, sent.move_id, sent.company_id,
                   sent.product_id, sent.lot_id, sent.date, sent.quantity_product_uom AS delivered
              FROM stock_move_line sent
              JOIN stock_location sent_from ON sent_from.id = sent.location_id
              JOIN stock_location sent_to ON sent_to.id = sent.location_dest_id
             WHERE sent.state = 'done'
               AND sent_from.usage <> 'customer'
               AND sent_to.usage = 'customer'
               AND NOT EXISTS (
                   SELECT
                     FROM stock_picking picking
                     JOIN complaint_demand demand ON demand.id = picking.complaint_demand_id
                    WHERE picking.id = sent.picking_id AND demand.remedy_kind IN %s
                      AND picking.complaint_demand_id IS NOT NULL
               )
            """,
            OWN_GOODS_KINDS,
        )

    @api.model
    def _get_confirmed(self):
        """Hook: :return: ``SQL``: what was found to be bad, one row a lot of a line"""
        return SQL(
            """
            SELECT (line.id::bigint * %s + COALESCE(lots.place, 0)) * 2 + 1,
                   complaint.company_id, line.product_id, lots.lot_id,
                   DATE_TRUNC('month', COALESCE(left_by.date, line.date_shipped))::date,
                   0,
                   line.quantity_confirmed * COALESCE(said_uom.factor / own_uom.factor, 1)
                   / COALESCE(lots.lot_count, 1)
              FROM complaint_line line
              JOIN complaint_complaint complaint ON complaint.id = line.complaint_id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own_uom ON own_uom.id = template.uom_id
         LEFT JOIN uom_uom said_uom ON said_uom.id = line.product_uom_id
         LEFT JOIN stock_move left_by ON left_by.id = line.move_id AND left_by.state = 'done'
         LEFT JOIN (
                SELECT complaint_line_id, stock_lot_id AS lot_id,
                       COUNT(*) OVER (PARTITION BY complaint_line_id) AS lot_count,
                       ROW_NUMBER() OVER (
                           PARTITION BY complaint_line_id ORDER BY stock_lot_id
                       ) AS place
                  FROM complaint_line_stock_lot_rel
              ) lots ON lots.complaint_line_id = line.id
             WHERE complaint.active IS TRUE AND complaint.is_counted IS TRUE
               AND line.quantity_confirmed > 0
            """,
            MOST_LOTS,
        )

    @api.model
    def _get_ppm_dimensions(self):
        """Hook: :return: dict name of a stored field → ``SQL`` of its value"""
        return {
            "company_id": SQL("goods.company_id"),
            "product_id": SQL("goods.product_id"),
            "product_categ_id": SQL("template.categ_id"),
            "has_bad_parts": SQL("bad.product_id IS NOT NULL"),
            "lot_id": SQL("goods.lot_id"),
            "vendor_id": self._get_vendor(),
            "date": SQL("goods.date"),
            "quantity_delivered": SQL("goods.delivered"),
            "quantity_confirmed": SQL("goods.confirmed"),
            "product_uom_id": SQL("template.uom_id"),
            "ppm": SQL("goods.confirmed * 1000000 / NULLIF(goods.delivered, 0)"),
        }

    @api.model
    def _get_ppm_joins(self):
        """Hook: :return: ``SQL`` of the joins to ``goods``; each finds one row at most"""
        return SQL(
            """
            LEFT JOIN product_product product ON product.id = goods.product_id
            LEFT JOIN product_template template ON template.id = product.product_tmpl_id
            LEFT JOIN (
                SELECT DISTINCT found.company_id, found.product_id
                  FROM (%s) found
            ) bad ON bad.company_id = goods.company_id AND bad.product_id = goods.product_id
            %s
            """,
            self._get_confirmed(),
            self._get_vendor_joins(
                SQL("goods.product_id"), SQL("goods.lot_id"), SQL("goods.company_id")
            ),
        )

    # ------------------------------------------------------------
    # Where it comes from
    # ------------------------------------------------------------
    def action_open_goods(self):
        """Row: the goods complained about of this product, lot and month; with the reader's rights.

        :return: action that lists them
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "complaint_management.complaint_analysis_goods_action"
        )
        return {
            **action,
            "name": self.display_name,
            "help": self._get_no_goods_help(),
            "domain": list(self._get_goods_domain()),
            "context": {},
            "view_mode": "list,pivot,graph",
            "views": [(False, "list"), (False, "pivot"), (False, "graph")],
        }

    def _get_no_goods_help(self):
        """:return: what is read where these deliveries had no bad parts"""
        return Markup('<p class="o_view_nocontent_smiling_face">%s</p>') % self.env._(
            "No bad parts were confirmed in these deliveries"
        )

    def _get_goods_domain(self):
        """:return: ``Domain`` of ``complaint.analysis.goods``: what is confirmed in this row"""
        self.ensure_one()
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("product_id", "=", self.product_id.id)
            & Domain("line_id.lot_ids", "=" if not self.lot_id else "in", self.lot_id.ids or False)
            & Domain("quantity_confirmed", ">", 0)
        )
        if not self.date:
            return domain & Domain("date_shipped", "=", False)
        first = fields.Datetime.to_datetime(self.date)
        return (
            domain
            & Domain("date_shipped", ">=", first)
            & Domain("date_shipped", "<", first + relativedelta(months=1))
        )
