from collections import defaultdict

from odoo import api, models

# Fees and rewards; the fields come with Odoo's apps for them.
NO_GOODS_FIELDS = ("is_delivery", "is_reward_line")


class ComplaintLineSold(models.Model):
    """What was sold, as lines of a complaint (R3): the order's door.

    Goods that went out are taken move by move (see ``complaint_line_source``); services, kits and
    goods still on their way have no move of their own and are taken from the sale line.
    """

    _inherit = "complaint.line"

    @api.model
    def _prepare_from_sale_lines(self, sale_lines):
        """What was sold, delivery by delivery; kits as sold, goods on their way with 0 shipped.

        :param sale_lines: ``sale.order.line`` with sudo, of any number of orders
        :return: dict sale line → list of create values
        """
        moves = self._read_moves([("sale_line_id", "in", sale_lines.ids)])
        returns = self._read_returns(moves.filtered(self._is_delivery))
        moves_by_line = moves.grouped("sale_line_id")
        result = {}
        for sale_line in sale_lines.filtered(self._is_complainable):
            line_moves = moves_by_line.get(sale_line, moves.browse())
            delivered = line_moves.filtered(self._is_delivery)
            if not delivered or self._is_kit(sale_line, line_moves):
                result[sale_line] = [self._prepare_sold_vals(sale_line, delivered, returns)]
            else:
                result[sale_line] = self._prepare_moves_vals(delivered, returns)
        return result

    @api.model
    def _is_complainable(self, sale_line):
        """:return: False for sections, notes, down payments, parents of combos, fees, rewards"""
        return not (
            sale_line.display_type
            or sale_line.is_downpayment
            or not sale_line.product_id
            or sale_line.product_id.type == "combo"
            or any(name in sale_line._fields and sale_line[name] for name in NO_GOODS_FIELDS)
        )

    @api.model
    def _is_kit(self, sale_line, moves):
        """:return: whether the line goes out as components (``bom_line_id`` comes with mrp)"""
        return "bom_line_id" in moves._fields and any(
            move.bom_line_id and move.product_id != sale_line.product_id for move in moves
        )

    @api.model
    def _prepare_sold_vals(self, sale_line, moves, returns):
        """Values of a line that no single move stands for: a service, a kit, undelivered goods.

        Called by :meth:`_prepare_from_sale_lines`. Quantities are the sale line's own, made gross
        where part of a kit came back.
        """
        shipped, returned = self._get_sold_quantities(sale_line, moves, returns)
        return {
            "product_id": sale_line.product_id.id,
            "sale_line_id": sale_line.id,
            "product_uom_id": sale_line.product_uom_id.id,
            "quantity_shipped": shipped,
            "quantity_returned": returned,
            "date_shipped": moves[-1:].date,
        }

    @api.model
    def _get_sold_quantities(self, sale_line, moves, returns):
        """:return: tuple (gross shipped, returned) in the sale line's unit

        The sale line's delivered quantity is net of what was refunded. A kit counts as returned
        as soon as one of its components is.
        """
        net = max(sale_line.qty_delivered, 0.0)
        shipped, back, refunded = (defaultdict(float) for _ in range(3))
        for move in moves:
            product, unit = move.product_id, move.product_id.uom_id
            shipped[product] += self._sum(move, unit)
            for return_move in returns.get(move, ()):
                quantity = self._sum(return_move, unit)
                back[product] += quantity
                refunded[product] += quantity if return_move.to_refund else 0.0
        if not any(back.values()):
            return net, 0.0
        share_back = min(max(back[p] / shipped[p] for p in shipped if shipped[p]), 1.0)
        share_refunded = max(refunded[p] / shipped[p] for p in shipped if shipped[p])
        gross = net / (1 - share_refunded) if share_refunded < 1 else sale_line.product_uom_qty
        sold_in = sale_line.product_uom_id
        return sold_in.round(gross), sold_in.round(gross * share_back)
