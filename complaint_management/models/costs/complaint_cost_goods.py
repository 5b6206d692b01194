from odoo import api, models
from odoo.tools import SQL

# Requests whose deliveries bring the customer's own goods back to him.
OWN_GOODS_KINDS = ("rework", "repair")


class ComplaintCostGoods(models.Model):
    """Goods given for complaints, and the freight of their transfers. Decisions:

    * Replaced goods and gifts count what they were worth in our stock when they left (``value`` of
      the move: standard, average or FIFO), never their sales price; a zero-price order counts by
      its deliveries alone.
    * What the customer returns is no income, wherever it is put: it was complained about. A
      replacement that comes back by itself, for no request of its own, is taken off again.
    * What stock does not value (dropshipped, another owner's goods) counts today's cost.
    """

    _inherit = "complaint.analysis.cost"

    _depends = {
        "sale.order": ["complaint_demand_id", "currency_rate"],
        "sale.order.line": ["order_id"],
        "stock.picking": ["complaint_demand_id", "name", "sale_id", "state", "date_done"],
        "stock.location": ["usage"],
        "stock.move": [
            "picking_id",
            "sale_line_id",
            "origin_returned_move_id",
            "state",
            "date",
            "reference",
            "product_id",
            "product_uom",
            "quantity",
            "value",
            "is_in",
            "is_out",
            "location_id",
            "location_dest_id",
        ],
        "product.product": ["standard_price"],
        "product.template": ["uom_id"],
        "uom.uom": ["factor"],
    }

    @api.model
    def _get_cost_selects(self):
        return [
            *super()._get_cost_selects(),
            *self._prepare_goods_costs(),
            *self._prepare_freight_costs(),
        ]

    # ------------------------------------------------------------
    # Goods
    # ------------------------------------------------------------
    @api.model
    def _prepare_goods_costs(self):
        """Goods by the transfers of a request, and by its orders where a transfer has no link.

        :return: list of ``SQL``
        """
        by_picking = SQL(
            """
            FROM complaint_demand demand
            JOIN stock_picking picking ON picking.complaint_demand_id = demand.id
            JOIN stock_move given ON given.picking_id = picking.id
            """
        )
        by_order = SQL(
            """
            FROM complaint_demand demand
            JOIN sale_order sale ON sale.complaint_demand_id = demand.id
            JOIN sale_order_line sale_line ON sale_line.order_id = sale.id
            JOIN stock_move given ON given.sale_line_id = sale_line.id
            LEFT JOIN stock_picking picking ON picking.id = given.picking_id
            """
        )
        return [
            self._prepare_given_costs(by_picking, SQL("picking.complaint_demand_id IS NOT NULL")),
            self._prepare_given_costs(by_order, SQL("picking.complaint_demand_id IS NULL")),
        ]

    @api.model
    def _prepare_given_costs(self, source, condition):
        """:param source: ``SQL``: joins of ``demand`` to the moves ``given``
        :param condition: ``SQL``: which of them count
        :return: ``SQL``: what the goods were worth that reached the customer, less what came back
        """
        return self._prepare_cost_select(
            SQL(
                """%(source)s
                JOIN stock_location given_from ON given_from.id = given.location_id
                JOIN stock_location given_to ON given_to.id = given.location_dest_id
                JOIN LATERAL (%(moved)s) moved ON TRUE
                JOIN product_product item ON item.id = moved.product_id
                JOIN product_template item_template ON item_template.id = item.product_tmpl_id
                JOIN uom_uom item_uom ON item_uom.id = item_template.uom_id
                JOIN uom_uom move_uom ON move_uom.id = moved.product_uom
               WHERE %(condition)s
                 AND given.state = 'done'
                 AND given_from.usage <> 'customer'
                 AND given_to.usage = 'customer'
                 AND demand.remedy_kind NOT IN %(own)s
                """,
                source=source,
                moved=self._get_moved(),
                condition=condition,
                own=OWN_GOODS_KINDS,
            ),
            {
                "source_id": SQL("moved.id"),
                "complaint_id": SQL("demand.complaint_id"),
                "demand_id": SQL("demand.id"),
                "kind": SQL(
                    "CASE demand.remedy_kind WHEN 'gift' THEN 'gift' ELSE 'replacement' END"
                ),
                "date": SQL("moved.date"),
                "amount": SQL(
                    """moved.sign * CASE WHEN moved.is_valued THEN moved.value ELSE
                    COALESCE((item.standard_price->>moved.company_id::varchar)::numeric, 0)
                    * moved.quantity * move_uom.factor / item_uom.factor END"""
                ),
                "product_id": SQL("moved.product_id"),
                "res_model": SQL("'stock.picking'"),
                "res_id": SQL("moved.picking_id"),
                "document": SQL("moved.reference"),
            },
        )

    @api.model
    def _get_moved(self):
        """:return: ``SQL``: the move ``given`` itself, and its returns for no request"""
        return SQL(
            """
            SELECT 1 AS sign, given.is_out AS is_valued, given.id, given.date, given.value,
                   given.product_id, given.product_uom, given.quantity, given.company_id,
                   given.picking_id, given.reference
             UNION ALL
            SELECT -1, TRUE, back.id, back.date, back.value,
                   back.product_id, back.product_uom, back.quantity, back.company_id,
                   back.picking_id, back.reference
              FROM stock_move back
         LEFT JOIN stock_picking back_picking ON back_picking.id = back.picking_id
             WHERE back.origin_returned_move_id = given.id
               AND back.state = 'done'
               AND back.is_in
               AND back_picking.complaint_demand_id IS NULL
            """
        )

    # ------------------------------------------------------------
    # Freight
    # ------------------------------------------------------------
    @api.model
    def _prepare_freight_costs(self):
        """:return: list of ``SQL``: what carriers took for transfers of a request, both ways

        Core notes a carrier's price in the currency of the transfer's order. Without
        ``stock_delivery`` transfers have no price.
        """
        field = self.env["stock.picking"]._fields.get("carrier_price")
        if not field:
            return []
        price = SQL.identifier("picking", "carrier_price", to_flush=field)
        columns = {
            "source_id": SQL("picking.id"),
            "complaint_id": SQL("demand.complaint_id"),
            "demand_id": SQL("demand.id"),
            "kind": SQL("'freight'"),
            "date": SQL("picking.date_done"),
            "amount": SQL("%s / COALESCE(NULLIF(sale.currency_rate, 0), 1)", price),
            "res_model": SQL("'stock.picking'"),
            "res_id": SQL("picking.id"),
            "document": SQL("picking.name"),
        }
        by_picking = SQL(
            """
            FROM complaint_demand demand
            JOIN stock_picking picking ON picking.complaint_demand_id = demand.id
            LEFT JOIN sale_order sale ON sale.id = picking.sale_id
           WHERE picking.state = 'done' AND %s <> 0
            """,
            price,
        )
        by_order = SQL(
            """
            FROM complaint_demand demand
            JOIN sale_order sale ON sale.complaint_demand_id = demand.id
            JOIN stock_picking picking ON picking.sale_id = sale.id
           WHERE picking.state = 'done' AND picking.complaint_demand_id IS NULL AND %s <> 0
            """,
            price,
        )
        return [self._prepare_cost_select(s, columns) for s in (by_picking, by_order)]
