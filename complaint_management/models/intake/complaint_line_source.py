from collections import defaultdict

from odoo import Command, api, fields, models

# What is read of a move, in one query for all moves.
MOVE_FIELDS = (
    "company_id",
    "date",
    "location_dest_id",
    "location_id",
    "origin_returned_move_id",
    "picking_id",
    "product_id",
    "product_uom",
    "quantity",
    "sale_line_id",
    "sequence",
    "state",
    "to_refund",
)


class ComplaintLineSource(models.Model):
    """What was shipped, as lines of a complaint (R3, R7, R62): many deliveries at a time.

    Callers have checked the source and hand over records with sudo. Everything is read once for
    all of them, so that many orders cost as many queries as one.
    """

    _inherit = "complaint.line"

    # Whoever has only an action in the case may not read lots: he gets their names.
    lot_label = fields.Char(
        "Lots and serial numbers",
        compute="_compute_lot_label",
        compute_sudo=True,
        help="Names of the lots, and the batch code as printed; for people who may not read lots.",
    )

    @api.depends("lot_ids.name", "lot_name")
    def _compute_lot_label(self):
        for line in self:
            names = line.lot_ids.mapped("name")
            printed = (line.lot_name or "").strip()
            known = printed.casefold() in (name.casefold() for name in names)
            # What the customer read off the goods comes first
            line.lot_label = ", ".join(([printed] if printed and not known else []) + names)

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------
    @api.model
    def _read_moves(self, domain):
        """:return: ``stock.move`` with sudo, with all that is looked at here"""
        # sudo: parts of an order or delivery the caller was found to be allowed to read
        moves = self.env["stock.move"].sudo()
        optional = [name for name in ("bom_line_id",) if name in moves._fields]
        moves = moves.search_fetch(domain, [*MOVE_FIELDS, *optional], order="date, id")
        (moves.location_id | moves.location_dest_id).fetch(["usage", "company_id"])
        return moves

    @api.model
    def _read_returns(self, moves):
        """:return: dict delivery move → done moves that brought its goods back"""
        returns = self._read_moves(
            [("origin_returned_move_id", "in", moves.ids), ("state", "=", "done")]
        )
        returns = returns.filtered(lambda m: self._is_customer_side(m.location_id))
        return returns.grouped("origin_returned_move_id")

    @api.model
    def _is_delivery(self, move):
        """:return: whether a done move brought goods to a customer: shipped, dropshipped, exchanged

        Picking and packing stay in the house, returns come from the customer.
        """
        return (
            move.state == "done"
            and self._is_customer_side(move.location_dest_id)
            and not self._is_customer_side(move.location_id)
        )

    @api.model
    def _is_customer_side(self, location):
        """:return: whether goods there have left us; transit without company leads to affiliates"""
        return location.usage == "customer" or (
            location.usage == "transit" and not location.company_id
        )

    # ------------------------------------------------------------
    # Preparing
    # ------------------------------------------------------------
    @api.model
    def _prepare_moves_vals(self, moves, returns):
        """One line per move; per move and lot for goods in lots; one for all serial numbers.

        :param moves: done deliveries (``stock.move`` with sudo)
        :param returns: result of :meth:`_read_returns`
        :return: list of create values in the order of ``moves``
        """
        result = []
        for move in moves:
            back = returns.get(move, moves.browse())
            shipped = self._sum_by_lot(move)
            if not any(shipped):
                unit = self._get_unit(move)
                result.append(
                    self._prepare_move_vals(
                        move, unit, self._sum(move, unit), self._sum(back, unit)
                    )
                )
            elif move.product_id.tracking == "serial":
                result.append(self._prepare_serials_vals(move, shipped, self._sum_by_lot(back)))
            else:
                result += self._prepare_lots_vals(move, shipped, self._sum_by_lot(back))
        return result

    @api.model
    def _prepare_move_vals(self, move, unit, shipped, returned, lots=None):
        """Values of a line for a delivery; called by :meth:`_prepare_moves_vals` and its kin.

        :param unit: ``uom.uom`` of both quantities
        """
        vals = {
            "product_id": move.product_id.id,
            "sale_line_id": move.sale_line_id.id,
            "move_id": move.id,
            "product_uom_id": unit.id,
            "quantity_shipped": shipped,
            "quantity_returned": returned,
            "date_shipped": move.date,
        }
        if lots:
            vals["lot_ids"] = [Command.set(lots.ids)]
        return vals

    @api.model
    def _prepare_serials_vals(self, move, shipped, returned):
        """Values of the one line for all serial numbers of a move, counted in pieces."""
        lots = self.env["stock.lot"].sudo().union(*(lot for lot in shipped if lot))
        back = [lot for lot in lots if returned.get(lot)]
        return self._prepare_move_vals(move, move.product_id.uom_id, len(lots), len(back), lots)

    @api.model
    def _prepare_lots_vals(self, move, shipped, returned):
        """:return: list of values, one for each lot of a move"""
        unit = self._get_unit(move)

        def convert(quantity):
            return move.product_id.uom_id._compute_quantity(
                quantity, unit, rounding_method="HALF-UP"
            )

        return [
            self._prepare_move_vals(
                move, unit, convert(quantity), convert(returned.get(lot, 0.0)), lot
            )
            for lot, quantity in shipped.items()
        ]

    @api.model
    def _get_unit(self, move):
        """:return: unit the customer ordered in; the move's own for components and unsold goods"""
        sale_line = move.sale_line_id
        return (
            sale_line.product_uom_id
            if sale_line.product_id == move.product_id
            else move.product_uom
        )

    @api.model
    def _sum(self, moves, unit):
        """:return: done quantity of ``moves`` in ``unit``"""
        return sum(
            move.product_uom._compute_quantity(move.quantity, unit, rounding_method="HALF-UP")
            for move in moves
        )

    @api.model
    def _sum_by_lot(self, moves):
        """:return: dict ``stock.lot`` (may be empty) → done quantity in the product's own unit"""
        totals = defaultdict(float)
        # One by one: a filtered recordset would forget what it was read together with
        for move in moves:
            if move.product_id.tracking != "none":
                for line in move.move_line_ids:
                    totals[line.lot_id] += line.quantity_product_uom
        return {lot: quantity for lot, quantity in totals.items() if quantity}
