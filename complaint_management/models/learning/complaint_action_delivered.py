from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


class Delivered(NamedTuple):
    """What left for customers on one day."""

    day: object  # date, where the company is
    lot: object  # Lot or None
    quantity: float  # in the product's unit


class ComplaintActionDelivered(models.Model):
    """What was delivered of the goods of a measure's case (R43, R63).

    As ``complaint.analysis.ppm`` counts it (``_get_delivered`` there), but by the day. Of goods
    sold as a kit the kits count: in the quantity the order's door gives them, gross, on the days
    their last part left.
    """

    _inherit = "complaint.action"

    def _get_delivered(self, since):
        """Look up what left for customers, in as many queries for one measure as for many.

        :param since: day from which on
        :return: dict id of a measure → list of :class:`Delivered`
        """
        goods = {action: action._get_measured_goods() for action in self}
        products = self.env["product.product"].union(*goods.values())
        rows = self._fetch_delivered(products, since) if products else []
        lots = self.env["stock.lot"].browse({row[3] for row in rows if row[3]})
        order = lots._get_complaint_order(lots)
        by_product = defaultdict(list)
        for company_id, product_id, moment, lot_id, quantity in rows:
            by_product[company_id, product_id].append((moment, order.get(lot_id), quantity))
        delivered = {}
        for action in self:
            get_day = action.complaint_id._get_company_day
            delivered[action.id] = [
                Delivered(get_day(moment), lot and lot._replace(day=get_day(lot.appeared)), amount)
                for product in goods[action]
                for moment, lot, amount in by_product[action.company_id.id, product.id]
            ]
        return delivered

    def _get_measured_goods(self):
        """:return: goods of the case, where all are counted in one unit: pieces and kilograms
        together are no figure. Goods whose points were all refuted are left out, unless all were.
        """
        self.ensure_one()
        lines = self.complaint_id.line_ids.filtered("product_id")
        standing = lines.filtered(
            lambda line: (
                not line.point_ids
                or any(point.validity != "not_justified" for point in line.point_ids)
            )
        )
        goods = (standing or lines).product_id
        return goods if len(goods.uom_id) == 1 else goods.browse()

    @api.model
    def _fetch_delivered(self, products, since):
        """:return: list of (company id, product id, moment, lot id, quantity in its unit)"""
        rows = self.env.execute_query(self._get_sent_query(products, since))
        kits = self._filter_kits(products)
        if kits:
            rows += self.env.execute_query(self._get_kits_query(kits, since))
        return rows

    @api.model
    def _filter_kits(self, products):
        """:return: those of ``products`` that are, or once were, sold as their parts"""
        if "bom_line_id" not in self.env["stock.move"]._fields:
            # Kits come with mrp
            return products.browse()
        boms = self.env["mrp.bom"].with_context(active_test=False)
        templates = boms.search(
            [("type", "=", "phantom"), ("product_tmpl_id", "in", products.product_tmpl_id.ids)]
        ).product_tmpl_id
        return products.filtered(lambda product: product.product_tmpl_id in templates)

    @api.model
    def _get_sent_query(self, products, since):
        """:return: ``SQL`` of the rows of :meth:`_fetch_delivered` for what left as it is"""
        return SQL(
            """SELECT sent.company_id, sent.product_id, date_trunc('minute', sent.date),
                      sent.lot_id, SUM(sent.delivered)
                 FROM (%s) sent
                WHERE sent.product_id IN %s AND sent.date >= %s
             GROUP BY 1, 2, 3, 4""",
            self.env["complaint.analysis.ppm"]._get_delivered(),
            tuple(products.ids),
            since,
        )

    @api.model
    def _get_kits_query(self, kits, since):
        """Rows of :meth:`_fetch_delivered` for what left as its parts.

        How many left is what the sale line says, made gross where parts came back (as in
        ``complaint.line._get_sold_quantities``); they left with the part that left last.
        """
        return SQL(
            """
            WITH sold AS MATERIALIZED (
                   SELECT line.id, line.company_id, line.product_id,
                          unit.factor / own_unit.factor AS factor,
                          GREATEST(line.qty_delivered, 0) AS net, line.product_uom_qty AS ordered
                     FROM sale_order_line line
                     JOIN product_product product ON product.id = line.product_id
                     JOIN product_template template ON template.id = product.product_tmpl_id
                     JOIN uom_uom own_unit ON own_unit.id = template.uom_id
                     JOIN uom_uom unit ON unit.id = line.product_uom_id
                    WHERE line.product_id IN %(kits)s
                      AND EXISTS (SELECT 1
                                    FROM stock_move recent
                                   WHERE recent.sale_line_id = line.id AND recent.state = 'done'
                                     AND recent.date >= %(since)s)),
                 part AS MATERIALIZED (
                   SELECT sold.id AS line_id, move.id, move.product_id,
                          date_trunc('minute', MAX(sent.date)) AS moment,
                          SUM(sent.delivered) AS quantity
                     FROM sold
                     JOIN stock_move move
                       ON move.sale_line_id = sold.id AND move.product_id != sold.product_id
                     JOIN (%(sent)s) sent ON sent.move_id = move.id
                 GROUP BY sold.id, move.id
                   HAVING SUM(sent.delivered) > 0),
                 summed AS (
                   SELECT part.line_id, part.product_id, part.moment, part.quantity,
                          SUM(part.quantity) OVER whole AS total,
                          SUM(COALESCE(back.quantity, 0)) OVER whole AS refunded,
                          MAX(part.moment) OVER whole AS last
                     FROM part
                     LEFT JOIN LATERAL (
                          SELECT SUM(item.quantity_product_uom) AS quantity
                            FROM stock_move back
                            JOIN stock_move_line item ON item.move_id = back.id
                            JOIN stock_location back_from ON back_from.id = item.location_id
                           WHERE back.origin_returned_move_id = part.id AND back.state = 'done'
                             AND back.to_refund AND back_from.usage = 'customer') back ON TRUE
                   WINDOW whole AS (PARTITION BY part.line_id, part.product_id)),
                 kit AS (
                   SELECT line_id, product_id, moment, quantity / total AS share,
                          MAX(refunded / total) OVER (PARTITION BY line_id) AS back,
                          FIRST_VALUE(product_id) OVER (
                              PARTITION BY line_id ORDER BY last DESC, product_id) AS last_id
                     FROM summed)
            SELECT sold.company_id, sold.product_id, kit.moment, NULL::int,
                   kit.share * sold.factor
                   * CASE WHEN kit.back < 1 THEN sold.net / (1 - kit.back) ELSE sold.ordered END
              FROM kit
              JOIN sold ON sold.id = kit.line_id
             WHERE kit.product_id = kit.last_id AND kit.moment >= %(since)s
            """,
            sent=self.env["complaint.analysis.ppm"]._get_delivered(),
            kits=tuple(kits.ids),
            since=since,
        )
