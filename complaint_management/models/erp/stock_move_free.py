from odoo import models


class StockMove(models.Model):
    """Deliveries of an order that costs nothing tell the customer's request (R37)."""

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        # The moves that were cancelled instead of a backorder are not among what super returns
        (self.exists() | moves)._follow_free_orders()
        return moves

    def _action_cancel(self):
        result = super()._action_cancel()
        self._follow_free_orders()
        return result

    def _follow_free_orders(self):
        """Tell the requests of these moves' orders; costs nothing for other moves."""
        # sudo: the warehouse moves goods of orders it need not see
        orders = self.sudo().sale_line_id.order_id
        if orders:
            orders._follow_remedy()
