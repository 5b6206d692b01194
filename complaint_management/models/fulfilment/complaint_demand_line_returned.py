from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from .credit_room import CreditRoom


class ComplaintDemandLineReturned(models.Model):
    """Which goods to be credited came back, and which stay with the customer (R37).

    An order counts goods that came back as not delivered: its invoice is too high, and the credit
    note has to name the sale line. Goods that stay are still delivered: a credit note that named
    the sale line would make the order “to invoice” again.
    """

    _inherit = "complaint.demand.line"

    def _get_sale_lines(self):
        """:return: ``sale.order.line`` with sudo these goods were sold on: the complaint line's,
        else those of the complaint's orders with this product
        """
        self.ensure_one()
        # sudo: the sale that is complained about, to who works on the complaint
        line = self.sudo()
        goods = line.complaint_line_id
        if goods:
            sold = goods.sale_line_id or goods.move_id.sale_line_id
            return sold.filtered(lambda s: s.product_id == line.product_id)
        orders = line.complaint_id.sale_order_id | line.complaint_id.line_ids.sale_order_id
        return orders.order_line.filtered(lambda s: s.product_id == line.product_id)

    def _get_returned_quantity(self, sold):
        """Goods of a sale line that came back, are this complaint's, and are not credited yet.

        A return belongs to the complaint whose request it meets. Others, made by hand, are there
        for whoever credits first. What was replaced is with the customer again.

        :param sold: one ``sale.order.line`` with sudo
        :return: float in the sale line's unit
        """
        self.ensure_one()
        returned, replaced = self._read_returned(sold)
        credited = self._read_credited(sold)
        free = returned.pop(False, 0.0) - max(replaced, 0.0)
        for complaint, quantity in credited.items():
            if complaint != self.complaint_id:
                free -= max(quantity - returned.get(complaint, 0.0), 0.0)
        own = returned.get(self.complaint_id, 0.0) - credited.get(self.complaint_id, 0.0)
        return max(own + max(free, 0.0), 0.0)

    def _read_returned(self, sold):
        """:return: tuple (dict complaint, or False where nobody linked it → quantity that came
        back; quantity sent again), in the sale line's unit
        """
        goods = self.env["complaint.line"]
        returned, replaced = defaultdict(float), -sold.product_uom_qty
        for move in sold.move_ids.filtered(lambda m: m.state != "cancel"):
            quantity = move.quantity if move.state == "done" else move.product_uom_qty
            quantity = CreditRoom.convert(quantity, move.product_uom, sold.product_uom_id)
            request = move.complaint_demand_line_id.demand_id
            if not goods._is_customer_side(move.location_id):
                replaced += quantity if goods._is_customer_side(move.location_dest_id) else 0.0
            elif request.remedy_kind == "exchange":
                replaced -= quantity
            elif move.state == "done":
                returned[request.complaint_id.with_env(self.env) or False] += quantity
        return returned, replaced

    def _read_credited(self, sold):
        """:return: dict complaint, or an empty one for credit notes made by hand → quantity of
        goods that came back on living credit notes, in the sale line's unit
        """
        lines = sold.invoice_lines | self._read_refund_lines(sold)
        credited = defaultdict(float)
        for line in lines:
            move = line.move_id
            if move.move_type != "out_refund" or line.complaint_goods_stay:
                continue
            if move.state == "cancel" or move._is_taken_back():
                continue
            complaint = line.complaint_demand_line_id.complaint_id.with_env(self.env)
            credited[complaint] += CreditRoom.convert(
                line.quantity, line.product_uom_id, sold.product_uom_id
            )
        return credited

    def _read_refund_lines(self, sold):
        """:return: ``account.move.line`` with sudo that credit goods of requests sold on this line;
        goods added by hand are known by their complaint's order alone
        """
        path = "complaint_demand_line_id.complaint_id"
        of_order = Domain(f"{path}.sale_order_id", "=", sold.order_id.id)
        of_order |= Domain(f"{path}.line_ids.sale_line_id", "in", sold.order_id.order_line.ids)
        of_order |= Domain(f"{path}.line_ids.move_id.sale_line_id", "=", sold.id)
        # sudo: credit notes of the sale that is complained about
        lines = self.env["account.move.line"].sudo().search(of_order)
        return lines.filtered(lambda line: sold in line.complaint_demand_line_id._get_sale_lines())

    def _get_awaited_returns(self):
        """:return: ``complaint.demand``: accepted returns of these goods, not here yet"""
        self.ensure_one()
        sold = self._get_sale_lines()
        # sudo: all requests of a complaint the caller may work on
        return self.sudo().complaint_id.demand_ids.filtered(
            lambda d: (
                d.remedy_kind == "return"
                and d.state == "accepted"
                and any(line._get_sale_lines() & sold for line in d.line_ids)
            )
        )
