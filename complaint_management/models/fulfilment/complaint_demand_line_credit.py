from odoo import fields, models
from odoo.exceptions import UserError

from .credit_room import CreditRoom, Part


class ComplaintDemandLineCredit(models.Model):
    """Goods of a request on the invoices they were paid with."""

    _inherit = "complaint.demand.line"

    # Closed to who may not read entries
    refund_line_ids = fields.One2many(
        "account.move.line",
        "complaint_demand_line_id",
        "On credit notes",
        groups="account.group_account_invoice,account.group_account_readonly",
    )

    def _get_covered_quantity(self):
        """Credited goods count where the request is a credit."""
        quantity = super()._get_covered_quantity()
        if self.demand_id.remedy_kind != "credit":
            return quantity
        # sudo: how much is credited; nothing of the entries is shown
        for line in self.sudo().refund_line_ids:
            if line.move_id._get_remedy_state() != "cancelled":
                quantity += CreditRoom.convert(
                    line.quantity, line.product_uom_id, self.product_uom_id
                )
        return quantity

    def _get_all_awaited_returns(self):
        """:return: ``complaint.demand``: accepted returns of any of these goods not here yet"""
        return self.demand_id.browse().union(*(line._get_awaited_returns() for line in self))

    def _spread_over_sale_lines(self, room):
        """:return: list of tuples (``sale.order.line`` with sudo, quantity in its unit): what these
        goods were invoiced for, where most is left first; what is left nowhere stays with the first
        :raise UserError: when they are on no invoice
        """
        self.ensure_one()
        sold = self._get_sale_lines().filtered("invoice_lines")
        if not sold:
            raise UserError(
                self.env._(
                    "No invoice names “%(goods)s”: take it off “%(request)s”, or write an amount "
                    "instead of goods.",
                    goods=self.display_name,
                    request=self.demand_id.display_name,
                )
            )
        left = {line: room.get_sold_quantity(line) for line in sold}
        sold = sold.sorted(lambda line: -left[line])
        wanted, spread = self._get_remaining_quantity(), {}
        for line in sold:
            unit = line.product_uom_id
            spread[line] = min(CreditRoom.convert(wanted, self.product_uom_id, unit), left[line])
            wanted -= CreditRoom.convert(spread[line], unit, self.product_uom_id)
        spread[sold[0]] += CreditRoom.convert(
            max(wanted, 0.0), self.product_uom_id, sold[0].product_uom_id
        )
        return [(line, n) for line, n in spread.items() if not line.product_uom_id.is_zero(n)]

    def _check_was_invoiced(self, sold, quantity):
        """:param float quantity: what came back and is not invoiced too much, in the sale's unit
        :raise UserError: when it was never invoiced: then it simply will not be
        """
        self.ensure_one()
        if sold.product_id.invoice_policy != "delivery" or sold.product_uom_id.is_zero(quantity):
            return
        unseen = sum(
            CreditRoom.convert(move.quantity, move.product_uom, sold.product_uom_id)
            for move in sold.move_ids
            if move.state == "done"
            and not move.to_refund
            and self.env["complaint.line"]._is_customer_side(move.location_id)
        )
        if sold.product_uom_id.compare(quantity, unseen) > 0:
            raise UserError(
                self.env._(
                    "%(quantity)s of “%(goods)s” came back before they were invoiced: they will "
                    "not be. Lower the quantity of “%(request)s” by as much.",
                    quantity=self._format_quantity(quantity - unseen, sold.product_uom_id),
                    goods=self.display_name,
                    request=self.demand_id.display_name,
                )
            )

    def _take_room(self, sold, quantity, room, keeps_order, stays):
        """Spread a quantity over the invoice lines that have it left.

        :param float quantity: in the sale line's unit
        :return: list of ``Part``
        :raise UserError: when less is left
        """
        self.ensure_one()
        parts, unit = [], sold.product_uom_id
        # An invoice that has its credit note of this request comes last: it gets no second one
        credited = self.demand_id._get_living_refunds().reversed_entry_id
        lines = room.lines.filtered(lambda li: sold in li.sale_line_ids)
        for line in lines.sorted(lambda li: li.move_id in credited):
            if unit.is_zero(quantity):
                break
            own_unit = line.product_uom_id
            wanted = CreditRoom.convert(quantity, unit, own_unit)
            taken = min(wanted, room.get_quantity(line))
            if taken <= 0:
                continue
            room.take(line, taken)
            quantity -= CreditRoom.convert(taken, own_unit, unit)
            parts.append(Part(line, self, taken, keeps_order, stays))
        if not unit.is_zero(quantity):
            raise UserError(
                self.env._(
                    "%(quantity)s more of “%(goods)s” would be credited than was invoiced and not "
                    "yet credited. Lower the quantity of “%(request)s”.",
                    quantity=self._format_quantity(quantity, unit),
                    goods=self.display_name,
                    request=self.demand_id.display_name,
                )
            )
        return parts

    def _format_quantity(self, quantity, unit):
        """:return: text of a quantity with its unit"""
        return f"{unit.round(quantity):g} {unit.name or ''}".strip()
