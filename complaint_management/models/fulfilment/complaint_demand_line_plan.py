from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError


class ReturnPart(NamedTuple):
    """What comes back, or goes out again, of one delivered move for one line of a request."""

    line: models.BaseModel  # complaint.demand.line
    move: models.BaseModel  # stock.move: the delivery
    quantity: float  # in the product's own unit
    # dict stock.lot → quantity; empty where nobody knows: the warehouse says it at the receipt
    lots: dict

    def resize(self, quantity):
        """:return: the same for another quantity; lots of a part of it are not known"""
        if quantity == self.quantity:
            return self
        lots = dict.fromkeys(self.lots, quantity) if len(self.lots) == 1 else {}
        return self._replace(quantity=quantity, lots=lots)


class ReturnLedger:
    """What of some deliveries is still with the customer, while returns of it are planned.

    :param moves: delivered ``stock.move``
    :param dict returns: delivered move → its living returns
    :param count: function giving the pieces of a move
    """

    def __init__(self, moves, returns, count):
        self.free = {}
        self.lots = {}
        for move in moves:
            back = returns.get(move, move.browse())
            self.free[move] = count(move) - sum(map(count, back))
            self.lots[move] = lots = defaultdict(float)
            if move.product_id.tracking != "none":
                for move_line in move.move_line_ids:
                    lots[move_line.lot_id] += move_line.quantity_product_uom
                for move_line in back.move_line_ids:
                    lots[move_line.lot_id] -= move_line.quantity_product_uom

    def take(self, move, wanted, named):
        """Take goods of a delivery out of what is left.

        :param float wanted: pieces
        :param named: ``stock.lot`` the customer complains about, may be empty
        :return: tuple (pieces taken, dict lot → pieces, empty where it could be several lots)
        """
        unit = move.product_id.uom_id
        free = max(self.free[move], 0.0)
        lots = {
            lot: left
            for lot, left in self.lots[move].items()
            if lot and unit.compare(left, 0.0) > 0 and (not named or lot in named)
        }
        if named:
            free = min(free, sum(lots.values()))
        taken = min(wanted, free)
        if unit.compare(taken, 0.0) <= 0:
            return 0.0, {}
        known = {}
        if len(lots) == 1:
            known = dict.fromkeys(lots, taken)
        elif unit.compare(taken, sum(lots.values())) == 0:
            known = lots
        for lot, quantity in known.items():
            self.lots[move][lot] -= quantity
        self.free[move] -= taken
        return taken, known


class ComplaintDemandLinePlan(models.Model):
    """From which deliveries how much comes back: never more than the customer has (R37)."""

    _inherit = "complaint.demand.line"

    def _plan_returns(self):
        """What is still to come back for these lines, delivery by delivery.

        The deliveries are locked first, so that two requests about the same goods never take back
        more than was delivered, even when pressed at the same moment.

        :return: list of ``ReturnPart``
        :raise UserError: when something was not delivered, or not enough of it is left
        """
        delivered = {line: line._get_delivered_moves() for line in self}
        for line, moves in delivered.items():
            if not moves:
                raise UserError(line._describe_undelivered())
        moves = self.env["stock.move"].sudo().union(*delivered.values())
        self._lock_moves(moves)
        returns = self._read_living_returns(moves)
        ledger = ReturnLedger(moves, returns, self._count_pieces)
        parts = []
        for line in self:
            parts += line._plan_return(delivered[line], returns, ledger)
        return parts

    def _plan_return(self, moves, returns, ledger):
        """:return: list of ``ReturnPart`` for one line; parameters as in :meth:`_plan_returns`"""
        self.ensure_one()
        parts = []
        back = self._sum_taken_back()
        for product, quantity in self._get_goods().items():
            wanted = missing = quantity - back.get(product, 0.0)
            unit = product.uom_id
            for move in moves.filtered(lambda move, product=product: move.product_id == product):
                if unit.compare(missing, 0.0) <= 0:
                    break
                taken, lots = ledger.take(move, missing, self._get_named_lots(product))
                if taken:
                    parts.append(ReturnPart(self, move, taken, lots))
                    missing -= taken
            if unit.compare(missing, 0.0) > 0:
                left = wanted - missing
                raise UserError(self._describe_shortage(moves, returns, product, left))
        return parts

    def _get_named_lots(self, product):
        """:return: ``stock.lot`` of this product the request is about; empty where none is known"""
        # sudo: lots of the goods the caller decides about
        return self.sudo().lot_ids.filtered(
            lambda lot: product.tracking != "none" and lot.product_id == product
        )
