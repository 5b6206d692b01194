from odoo import Command, models


class ComplaintDemandLineLots(models.Model):
    """The lots and serial numbers that come back: core's return proposes any delivered ones."""

    _inherit = "complaint.demand.line"

    def _set_return_lots(self, picking, part):
        """Book what comes back on the lots the complaint is about.

        Where it could be several, none is proposed: the warehouse reads it off the goods, instead
        of confirming a guess.

        :param picking: the return, with sudo
        :param part: ``ReturnPart``
        """
        self.ensure_one()
        if part.move.product_id.tracking == "none":
            return
        moves = picking.move_ids.filtered(
            lambda move: (
                move.complaint_demand_line_id == self and move.origin_returned_move_id == part.move
            )
        )
        for move in moves:
            move.move_line_ids.unlink()
            move.move_line_ids = [
                Command.create(vals) for vals in self._prepare_return_line_vals(move, part)
            ]
            move.move_line_ids._apply_putaway_strategy()

    def _prepare_return_line_vals(self, move, part):
        """Values of the detailed operations of a return; called by :meth:`_set_return_lots`.

        :return: list of ``stock.move.line`` values: from where, whose and in what package the lot
            was delivered
        """
        if not part.lots:
            serial = move.product_id.tracking == "serial"
            sizes = [1.0] * int(part.quantity) if serial else [part.quantity]
            return [move._prepare_move_line_vals(size) for size in sizes]
        result = []
        for lot, quantity in part.lots.items():
            for sent in part.move.move_line_ids.filtered(lambda ml, lot=lot: ml.lot_id == lot):
                taken = min(quantity, sent.quantity_product_uom)
                if taken <= 0:
                    break
                quantity -= taken
                result.append(
                    {
                        **move._prepare_move_line_vals(taken),
                        "location_id": sent.location_dest_id.id,
                        "lot_id": lot.id,
                        "owner_id": sent.owner_id.id,
                        "package_id": sent.result_package_id.id,
                    }
                )
        return result
