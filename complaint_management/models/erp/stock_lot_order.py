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
        self.env["stock.move"].flush_model(["date"])
        self.env["stock.move.line"].flush_model(["lot_id", "move_id", "product_id", "state"])
        self.flush_model(["product_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT lot.id, lot.product_id,
                          COALESCE(MIN(moved.date), date_trunc('second', lot.create_date))
                     FROM stock_lot lot
                LEFT JOIN stock_move_line part
                       ON part.lot_id = lot.id AND part.product_id = lot.product_id
                      AND part.state = 'done'
                LEFT JOIN stock_move moved ON moved.id = part.move_id
                    WHERE lot.id IN %s
                 GROUP BY lot.id""",
                tuple(lots.ids),
            )
        )
        return {lot_id: Lot(moment, lot_id, product, None) for lot_id, product, moment in rows}
