from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

MAX_DELIVERIES = 100


class ComplaintCallFindGoods(models.AbstractModel):
    """The search box finds lots, serial numbers and products (R2, R7).

    A lot leads to the delivery it went out with, and only where the user may read its order: lots
    are no secret, but to whom else they went is.
    """

    _inherit = "complaint.call"

    @api.model
    def _find_results(self, term):
        results = super()._find_results(term)
        if self.env["sale.order"].has_access("read"):
            results += self._find_lots(term)
        if self.env["product.product"].has_access("read"):
            results += self._find_products(term)
        return results

    # ------------------------------------------------------------
    # Lots and serial numbers
    # ------------------------------------------------------------
    @api.model
    def _find_lots(self, term):
        """:return: list of results, one for each order a lot of this number went out with, the
        latest first; with and without dashes and spaces, as it is read off a carton
        """
        may_read_pickings = self.env["stock.picking"].has_access("read")
        results, seen = [], set()
        for (
            lot_id,
            name,
            product,
            picking_id,
            sale_line_id,
            order_id,
            partner_id,
        ) in self._read_deliveries_of_lots(term):
            if (lot_id, order_id) in seen:
                continue
            seen.add((lot_id, order_id))
            results.append(
                self._prepare_result_vals(
                    "lot",
                    self.env["stock.lot"].browse(lot_id),
                    name,
                    [product],
                    exact=True,
                    partner_id=partner_id or False,
                    order_id=order_id,
                    picking_id=may_read_pickings and picking_id,
                    sale_line_id=sale_line_id,
                )
            )
        return results

    @api.model
    def _read_deliveries_of_lots(self, term):
        """:return: list of rows: lots with this number, as they went to a customer on an order
        the user may read
        """
        self.env["stock.lot"].flush_model(["name", "product_id"])
        self.env["stock.move.line"].flush_model(
            ["date", "lot_id", "picking_id", "move_id", "state"]
        )
        self.env["stock.move"].flush_model(["sale_line_id", "location_dest_id"])
        unaccent = self.env.registry.unaccent
        # As by sudo: where lots went. The orders are searched with the user's rights, so that he
        # learns of a lot only what leads to an order of his.
        readable = self.env["sale.order"]._search(Domain.TRUE)
        return self.env.execute_query(
            SQL(
                """
                SELECT lot.id, lot.name, COALESCE(goods.name->>%s, goods.name->>'en_US'),
                       done.picking_id, line.id, line.order_id, sale.partner_id
                FROM stock_lot lot
                JOIN product_product variant ON variant.id = lot.product_id
                JOIN product_template goods ON goods.id = variant.product_tmpl_id
                JOIN stock_move_line done ON done.lot_id = lot.id AND done.state = 'done'
                JOIN stock_move move ON move.id = done.move_id
                JOIN stock_location place ON place.id = move.location_dest_id
                JOIN sale_order_line line ON line.id = move.sale_line_id
                JOIN sale_order sale ON sale.id = line.order_id
                WHERE lot.id IN (
                          SELECT id FROM stock_lot WHERE %s ILIKE %s
                           UNION
                          (%s)
                      )
                  AND place.usage = 'customer' AND sale.id IN %s
                ORDER BY done.date DESC, done.id DESC
                LIMIT %s
                """,
                self.env.lang or "en_US",
                unaccent(SQL("name::text")),
                unaccent(SQL("%s", term.exact)),
                self.env["stock.lot"]._get_squeezed_sql([term.text]),
                readable.subselect(),
                MAX_DELIVERIES,
            )
        )

    # ------------------------------------------------------------
    # Products
    # ------------------------------------------------------------
    @api.model
    def _find_products(self, term):
        """:return: list of results: code and barcode (core's indexes), name (core's trigrams)"""
        products = self._search_ranked(
            "product.product",
            Domain("default_code", "in", term.variants) | Domain("barcode", "in", term.variants),
            Domain("product_tmpl_id.name", "=ilike", term.part),
            ["default_code", "barcode", "product_tmpl_id"],
            "default_code, id",
        )
        return [
            self._prepare_result_vals(
                "product",
                product,
                product.name,
                [product.default_code, product.barcode],
                term.equals(product.default_code, product.barcode, product.name),
            )
            for product in products
        ]
