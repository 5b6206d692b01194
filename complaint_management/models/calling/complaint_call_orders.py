from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .complaint_call_figures import LAST

# So many lines of an order the card shows; the order itself shows the others.
LINES = 10


class ComplaintCallOrders(models.AbstractModel):
    """The customer's last quotations and orders, with their first lines (R1, R2).

    Which orders is a matter of the user's rights. Of an order he may read, everything the card says
    is read with all rights: lines, transfers and invoices of that order only.
    """

    _inherit = "complaint.call"

    @api.model
    def _prepare_customer_vals(self, partner, customer, figures):
        vals = super()._prepare_customer_vals(partner, customer, figures)
        rows = figures.orders if figures else []
        found = self._read_orders(self._get_last_order_ids(rows))
        shown = {
            state: [order for order in found if (order["state"] == "sale") is state][:LAST]
            for state in (True, False)
        }
        lines = self._read_order_lines([o["id"] for orders in shown.values() for o in orders])
        names = self._read_variant_names(lines)
        return {
            **vals,
            "orders": [self._prepare_order(o, lines.get(o["id"], []), names) for o in shown[True]],
            "order_count": sum(row.number for row in rows if row.is_order),
            "quotations": [
                self._prepare_order(o, lines.get(o["id"], []), names) for o in shown[False]
            ],
            "quotation_count": sum(row.number for row in rows if not row.is_order),
        }

    @api.model
    def _get_last_order_ids(self, rows):
        """:param list rows: ``OrderFigures``
        :return: ids that hold the newest orders and the newest quotations
        """
        ids = []
        for is_order in (True, False):
            newest = sorted((row for row in rows if row.is_order is is_order), reverse=True)
            found, last_period = [], None
            for row in sorted(newest, key=lambda row: -row.period):
                # All of a period: its rows of several companies interleave
                if len(found) >= LAST and row.period != last_period:
                    break
                found += row.last_ids
                last_period = row.period
            ids += found
        return ids

    @api.model
    def _read_orders(self, order_ids):
        """:param list order_ids: of orders that the user may read
        :return: list of dicts, newest first
        """
        if not order_ids:
            return []
        # sudo: orders that the user may read
        self.env["sale.order"].sudo().flush_model()
        columns = self._get_order_columns()
        return self.env.execute_query_dict(
            SQL(
                """SELECT o.id, o.name, o.client_order_ref, o.amount_total::float, o.currency_id,
                          o.state, o.invoice_status, %s AS date_order, %s
                     FROM sale_order o
                    WHERE o.id IN %s
                 ORDER BY o.date_order DESC, o.id DESC""",
                self._get_moment_sql(SQL("o.date_order")),
                SQL(", ").join(
                    SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in columns.items()
                ),
                tuple(order_ids),
            )
        )

    @api.model
    def _get_order_columns(self):
        """What is read with each order, in the same query; aspects add theirs.

        :return: dict of name → ``SQL`` that may refer to the order as ``o``
        """
        complaints = self.env["complaint.complaint"]
        complaints.flush_model(["sale_order_id", "state", "outcome"])
        self.env["complaint.line"].flush_model(
            ["sale_order_id", "sale_line_id", "quantity_complained", "quantity_unsaid"]
        )
        return {
            "complaint_ids": SQL(
                """(SELECT ARRAY_AGG(link.id ORDER BY link.id DESC) FROM (
                        SELECT id FROM complaint_complaint WHERE sale_order_id = o.id
                         UNION
                        SELECT complaint_id FROM complaint_line
                         WHERE sale_order_id = o.id
                           AND (quantity_complained > 0 OR quantity_unsaid
                                OR sale_line_id IS NULL)
                    ) link WHERE link.id IN %s)""",
                # The user's own rights: others' complaints are not even counted
                complaints._search(self._get_reported_domain()).subselect(),
            )
        }

    @api.model
    def _get_reported_domain(self):
        """:return: ``Domain`` on ``complaint.complaint``: the customer did complain, and each case
        once; a draft may have been opened by mistake
        """
        return self.env["complaint.complaint"]._get_counted_domain() & Domain(
            "state", "not in", ("draft", "cancelled")
        )

    @api.model
    def _get_moment_sql(self, column):
        """:return: ``SQL`` of a moment as ``fields.Datetime.to_string`` writes it"""
        return SQL("TO_CHAR(%s, 'YYYY-MM-DD HH24:MI:SS')", column)

    @api.model
    def _prepare_order(self, order, lines, names):
        """:param dict order: of :meth:`_read_orders`
        :param list lines: its first ones, of :meth:`_read_order_lines`
        :return: dict that can be sent to a browser; each aspect adds its part
        """
        return {
            "id": order["id"],
            "name": order["name"],
            "client_order_ref": order["client_order_ref"] or False,
            "date_order": order["date_order"],
            "amount_total": order["amount_total"],
            "currency_id": order["currency_id"],
            "state": order["state"],
            "invoice_status": order["invoice_status"],
            "lines": [self._prepare_order_line(line, names) for line in lines],
            "line_count": lines[0]["line_count"] if lines else 0,
            "complaint_ids": order["complaint_ids"] or [],
        }

    @api.model
    def _prepare_order_line(self, row, names):
        """:return: dict of one line, for the browser"""
        code = f"[{row['code']}] " if row["code"] else ""
        return {
            "id": row["id"],
            "product_id": row["product_id"] or False,
            "name": names.get(row["product_id"]) or code + (row["product_name"] or row["name"]),
            "quantity": row["quantity"],
            "delivered": row["delivered"],
            "uom": row["uom"] or "",
        }

    @api.model
    def _read_order_lines(self, order_ids):
        """The first lines of each order, and sums over all of them.

        :param list order_ids: of orders that the user may read
        :return: dict of order's id → list of dicts; each holds the sums of its order, too
        """
        if not order_ids:
            return {}
        # sudo: lines of orders that the user may read
        lines = self.env["sale.order.line"].sudo()
        lines.flush_model()
        products, units = self.env["product.template"].sudo(), self.env["uom.uom"].sudo()
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT * FROM (
                       SELECT l.id, l.order_id, l.product_id, l.product_uom_qty AS quantity,
                              COALESCE(l.qty_delivered, 0) AS delivered,
                              SPLIT_PART(l.name, E'\n', 1) AS name,
                              product.default_code AS code, product.combination_indices,
                              %(product_name)s AS product_name, %(unit_name)s AS uom,
                              ROW_NUMBER() OVER in_order AS place,
                              COUNT(*) OVER of_order AS line_count,
                              COUNT(*) FILTER (WHERE %(is_goods)s) OVER of_order AS goods_lines,
                              COUNT(*) FILTER (WHERE %(is_goods)s
                                   AND %(sent)s >= l.product_uom_qty)
                                   OVER of_order AS goods_lines_sent,
                              SUM(l.product_uom_qty) FILTER (WHERE %(is_goods)s)
                                   OVER of_order AS goods_quantity,
                              SUM(%(sent)s) FILTER (WHERE %(is_goods)s)
                                   OVER of_order AS goods_sent,
                              MIN(l.product_uom_id) FILTER (WHERE %(is_goods)s)
                                   OVER of_order = MAX(l.product_uom_id)
                                   FILTER (WHERE %(is_goods)s) OVER of_order AS is_one_unit
                         FROM sale_order_line l
                    LEFT JOIN product_product product ON product.id = l.product_id
                    LEFT JOIN product_template template ON template.id = product.product_tmpl_id
                    LEFT JOIN uom_uom unit ON unit.id = l.product_uom_id
                    LEFT JOIN LATERAL %(returned)s returned ON TRUE
                        WHERE l.order_id IN %(orders)s AND l.display_type IS NULL
                          AND l.is_downpayment IS NOT TRUE
                       WINDOW of_order AS (PARTITION BY l.order_id),
                              in_order AS (PARTITION BY l.order_id ORDER BY l.sequence, l.id)
                   ) line WHERE place <= %(most)s ORDER BY order_id, place""",
                product_name=products._field_to_sql("template", "name"),
                unit_name=units._field_to_sql("unit", "name"),
                is_goods=SQL("l.qty_delivered_method = 'stock_move'"),
                sent=SQL("(COALESCE(l.qty_delivered, 0) + returned.quantity)"),
                returned=self._get_returned_sql(),
                orders=tuple(order_ids),
                most=LINES,
            )
        )
        result = {}
        for row in rows:
            result.setdefault(row["order_id"], []).append(row)
        return result

    @api.model
    def _get_returned_sql(self):
        """:return: ``SQL`` of the quantity of line ``l`` that came back and that core subtracts
        from what was delivered; components of a kit are no goods of its line
        """
        self.env["stock.move"].sudo().flush_model()
        return SQL(
            """(SELECT COALESCE(ROUND(SUM(m.quantity * moved.factor / unit.factor)::numeric, 4), 0)
                       AS quantity
                  FROM stock_move m
                  JOIN uom_uom moved ON moved.id = m.product_uom
                  JOIN stock_location source ON source.id = m.location_id
                 WHERE m.sale_line_id = l.id AND m.product_id = l.product_id
                   AND m.state = 'done' AND m.to_refund AND source.usage = 'customer')"""
        )

    @api.model
    def _read_variant_names(self, rows):
        """:return: dict of product's id → full name, of those whose name says the variant, too"""
        ids = {
            row["product_id"]
            for order_rows in rows.values()
            for row in order_rows
            if row["combination_indices"]
        }
        # sudo: products of orders that the user may read
        variants = self.env["product.product"].sudo().browse(ids)
        return {product.id: product.display_name for product in variants}
