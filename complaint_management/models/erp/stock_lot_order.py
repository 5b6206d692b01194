from odoo import api, models
from odoo.tools import SQL

from ..learning.clean_point import Lot


class StockLot(models.Model):
    """In which order lots came (R43)."""

    _inherit = "stock.lot"

    @api.model
    def _get_complaint_order(self, lots):
        """When lots first appeared: their first done movement, else when they were recorded.

        :param lots: ``stock.lot``; callers run as superuser
        :return: dict id → :class:`Lot` without its day, which is the company's; one query
        """
        if not lots:
            return {}
        self.env["stock.move.line"].flush_model(["date", "lot_id", "product_id", "state"])
        self.flush_model(["product_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT lot.id, lot.product_id,
                          COALESCE(MIN(moved.date), date_trunc('second', lot.create_date))
                     FROM stock_lot lot
                LEFT JOIN stock_move_line moved
                       ON moved.lot_id = lot.id AND moved.product_id = lot.product_id
                      AND moved.state = 'done'
                    WHERE lot.id IN %s
                 GROUP BY lot.id""",
                tuple(lots.ids),
            )
        )
        return {lot_id: Lot(moment, lot_id, product, None) for lot_id, product, moment in rows}
