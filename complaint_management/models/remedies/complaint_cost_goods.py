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
        selects = super()._get_cost_selects()
        for source in self._get_given_sources():
            selects += [self._prepare_given_costs(source), self._prepare_back_costs(source)]
        return selects + self._prepare_freight_costs()

    # ------------------------------------------------------------
    # Goods
    # ------------------------------------------------------------
    @api.model
    def _get_given_sources(self):
        """:return: list of ``SQL`` with the moves ``given`` that brought ours to a customer

        By the transfers of a request, and by its orders where transfers are not linked themselves.
        """
        reached = SQL(
            """
            JOIN stock_location given_from
              ON given_from.id = given.location_id AND given_from.usage <> 'customer'
            JOIN stock_location given_to
              ON given_to.id = given.location_dest_id AND given_to.usage = 'customer'
            """
        )
        by_picking = SQL(
            """
            FROM complaint_demand demand
            JOIN stock_picking picking ON picking.complaint_demand_id = demand.id
            JOIN stock_move given ON given.picking_id = picking.id AND given.state = 'done' %s
            """,
            reached,
        )
        by_order = SQL(
            """
            FROM complaint_demand demand
            JOIN sale_order sale ON sale.complaint_demand_id = demand.id
            JOIN sale_order_line sale_line ON sale_line.order_id = sale.id
            JOIN stock_move given ON given.sale_line_id = sale_line.id AND given.state = 'done' %s
            LEFT JOIN stock_picking picking ON picking.id = given.picking_id
            """,
            reached,
        )
        own = SQL("demand.remedy_kind IN %s", OWN_GOODS_KINDS)
        return [
            (by_picking, SQL("picking.complaint_demand_id IS NOT NULL AND NOT %s", own)),
            (by_order, SQL("picking.complaint_demand_id IS NULL AND NOT %s", own)),
        ]

    @api.model
    def _prepare_given_costs(self, source):
        """:param source: one of :meth:`_get_given_sources`
        :return: ``SQL``: what the goods were worth that reached the customer
        """
        joins, condition = source
        return self._prepare_move_costs("given", "is_out", joins, condition)

    @api.model
    def _prepare_back_costs(self, source):
        """:param source: one of :meth:`_get_given_sources`
        :return: ``SQL``: what of them came back into our stock by itself, negative
        """
        joins, condition = source
        return self._prepare_move_costs(
            "back",
            "is_in",
            SQL(
                """%s
                JOIN stock_move back ON back.origin_returned_move_id = given.id
                 AND back.state = 'done' AND back.is_in
                LEFT JOIN stock_picking back_picking ON back_picking.id = back.picking_id
                """,
                joins,
            ),
            SQL("%s AND back_picking.complaint_demand_id IS NULL", condition),
            sign="-",
        )

    @api.model
    def _prepare_move_costs(self, move, valued, joins, condition, sign="+"):
        """:param str move: alias of the moves to value
        :param str valued: field that says whether stock values them
        :param str sign: ``+`` for what went out, ``-`` for what came back
        :return: ``SQL``
        """
        alias = SQL.identifier(move)
        worth = SQL(
            """%(sign)s CASE WHEN %(move)s.%(valued)s THEN %(move)s.value ELSE
            COALESCE((item.standard_price->>%(move)s.company_id::varchar)::numeric, 0)
            * %(move)s.quantity * move_uom.factor / item_uom.factor END""",
            sign=SQL("-") if sign == "-" else SQL(""),
            move=alias,
            valued=SQL.identifier(valued),
        )
        return self._prepare_cost_select(
            SQL(
                """%(joins)s
                JOIN product_product item ON item.id = %(move)s.product_id
                JOIN product_template item_template ON item_template.id = item.product_tmpl_id
                JOIN uom_uom item_uom ON item_uom.id = item_template.uom_id
                JOIN uom_uom move_uom ON move_uom.id = %(move)s.product_uom
               WHERE %(condition)s
                """,
                joins=joins,
                move=alias,
                condition=condition,
            ),
            {
                "source_id": SQL("%s.id", alias),
                "complaint_id": SQL("demand.complaint_id"),
                "demand_id": SQL("demand.id"),
                "kind": SQL(
                    "CASE demand.remedy_kind WHEN 'gift' THEN 'gift' ELSE 'replacement' END"
                ),
                "date": SQL("%s.date", alias),
                "amount": worth,
                "product_id": SQL("%s.product_id", alias),
                "res_model": SQL("'stock.picking'"),
                "res_id": SQL("%s.picking_id", alias),
                "document": SQL("%s.reference", alias),
            },
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
