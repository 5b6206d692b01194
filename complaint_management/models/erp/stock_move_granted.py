from odoo import models
from odoo.exceptions import UserError


class StockMove(models.Model):
    """Whoever books a transfer moves no more than there is to move (R37, T16, T17).

    The request planned it so; the quantities can be edited on the transfer, and core limits none.
    Less is always fine.
    """

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """See super.

        :raise UserError: when more came back than the customer had, or more went out than granted
        """
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        done = moves.filtered(lambda move: move.state == "done")
        done._check_back_as_delivered()
        done._check_sent_as_granted()
        return moves

    # ------------------------------------------------------------
    # In
    # ------------------------------------------------------------
    def _check_back_as_delivered(self):
        """:raise UserError: when the returns of a delivery, of which one meets a request, are more
        than was delivered
        """
        goods = self.env["complaint.demand.line"]
        # sudo: what was delivered and came back, of transfers the warehouse books
        back = self.sudo().filtered(
            lambda m: m.origin_returned_move_id and goods._is_customer_side(m.location_id)
        )
        if not back:
            return
        delivered = back.origin_returned_move_id
        returns = goods.sudo()._read_living_returns(delivered)
        delivered = delivered.filtered(
            lambda m: m.state == "done" and returns.get(m, back[:0]).complaint_demand_line_id
        )
        goods._lock_moves(delivered)
        for move in back.filtered(lambda m: m.origin_returned_move_id in delivered):
            origin = move.origin_returned_move_id
            others = returns[origin].filtered(lambda m: m.state == "done") - move
            left = goods._count_pieces(origin) - sum(map(goods._count_pieces, others))
            if move.product_id.uom_id.compare(goods._count_pieces(move), left) > 0:
                raise UserError(self._describe_too_much_back(move, others, max(left, 0.0)))

    def _describe_too_much_back(self, move, others, left):
        """:param move: the return
        :param others: other done returns of the same delivery
        :param float left: what can still come back, in the product's own unit
        :return: translated sentences
        """
        goods, product = self.env["complaint.demand.line"], move.product_id
        origin = move.origin_returned_move_id
        text = self.env._(
            "“%(product)s” on %(transfer)s: %(delivered)s went out with %(delivery)s, so only "
            "%(left)s can still come back. Lower the quantity, or cancel the transfer.",
            product=product.display_name,
            transfer=move.picking_id.name,
            delivered=goods._format_pieces(goods._count_pieces(origin), product),
            delivery=origin.picking_id.name,
            left=goods._format_pieces(left, product),
        )
        if not others:
            return text
        booked = self.env._("Came back already: %s", ", ".join(others.picking_id.mapped("name")))
        return f"{text}\n{booked}"

    # ------------------------------------------------------------
    # Out
    # ------------------------------------------------------------
    def _check_sent_as_granted(self):
        """:raise UserError: when more than a request grants went to the customer"""
        goods = self.env["complaint.demand.line"]
        # sudo: the warehouse books what it need not know the request of
        for move in self.sudo().filtered(lambda m: m._get_granted_goods()):
            if goods._is_customer_side(move.location_id):
                continue
            if not goods._is_customer_side(move.location_dest_id):
                continue
            line, product = move._get_granted_goods(), move.product_id
            granted = line._get_goods().get(product)
            if granted is None or product.uom_id.compare(line._sum_gone(product), granted) <= 0:
                continue
            raise UserError(
                self.env._(
                    "“%(product)s” on %(transfer)s: no more than %(granted)s were granted to make "
                    "a complaint good. Lower the quantity; what else the customer ordered leaves "
                    "with a transfer of its own.",
                    product=product.display_name,
                    transfer=move.picking_id.name,
                    granted=goods._format_pieces(granted, product),
                )
            )

    def _get_granted_goods(self):
        """:return: ``complaint.demand.line`` that grants these goods, itself or by a free order"""
        self.ensure_one()
        return self.complaint_demand_line_id or self.sale_line_id.complaint_demand_line_id
