from odoo import fields, models
from odoo.exceptions import UserError

from .complaint_recharge import PRICE_GROUPS


class ComplaintRechargeLineReturn(models.Model):
    """What of the claimed goods is on its way back, and by which receipt the rest came."""

    _inherit = "complaint.recharge.line"

    return_move_ids = fields.One2many(
        "stock.move", "complaint_recharge_line_id", "Returned by", groups=PRICE_GROUPS
    )

    def _get_quantity_to_return(self):
        """:return: claimed quantity that no living return covers, in the purchase's unit"""
        self.ensure_one()
        unit = self.purchase_line_id.product_uom_id
        covered = sum(
            move.product_uom._compute_quantity(move._get_quantity_back(), unit, round=False)
            for move in self.return_move_ids.filtered(lambda m: m._is_living())
        )
        return unit.round(max(self._get_purchase_quantity() - covered, 0.0))

    def _pick_receipts(self):
        """Choose the receipts from which the rest goes back.

        :return: list of ``(stock.move, quantity in its unit, [(lot, quantity in the product's
            unit)])``; the lots only where the claim names some
        :raise UserError: when less can go back than is claimed
        """
        self.ensure_one()
        unit = self.purchase_line_id.product_uom_id
        rest = self._get_quantity_to_return()
        picked = []
        for move in self._get_receipt_moves():
            if unit.compare(rest, 0.0) <= 0:
                break
            wanted = unit._compute_quantity(rest, self.product_id.uom_id, round=False)
            quantity, lots = self._take_from(move, wanted)
            if self.product_id.uom_id.compare(quantity, 0.0) <= 0:
                continue
            of_move = self.product_id.uom_id._compute_quantity(quantity, move.product_uom)
            picked.append((move, of_move, lots))
            rest -= self.product_id.uom_id._compute_quantity(quantity, unit, round=False)
        if unit.compare(rest, 0.0) > 0:
            raise UserError(
                self.env._(
                    "%(goods)s: %(rest)g more than can still go back of %(purchase)s. It was not "
                    "received, or was returned already.",
                    goods=self.product_id.display_name,
                    rest=unit.round(rest),
                    purchase=self.purchase_line_id.order_id.name,
                )
            )
        return picked

    def _take_from(self, move, wanted):
        """How much of ``wanted`` one receipt can give; all in the product's unit.

        :return: tuple (quantity, list of ``(lot, quantity)``)
        """
        unit = self.product_id.uom_id
        free = move.product_uom._compute_quantity(move.quantity, unit, round=False)
        free -= sum(
            back.product_uom._compute_quantity(back._get_quantity_back(), unit, round=False)
            for back in move.returned_move_ids.filtered(lambda m: m._is_living())
        )
        wanted = min(wanted, max(free, 0.0))
        if not self.lot_ids:
            return wanted, []
        lots = []
        for lot, quantity in move._get_lots_left().items():
            taken = min(quantity, wanted - sum(q for _lot, q in lots))
            if lot in self.lot_ids and unit.compare(taken, 0.0) > 0:
                lots.append((lot, taken))
        return sum(quantity for _lot, quantity in lots), lots
