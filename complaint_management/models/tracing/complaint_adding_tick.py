from odoo import Command, api, models
from odoo.exceptions import UserError

from ..intake.complaint_source import get_lot_ids


class ComplaintAddingTick(models.Model):
    """One piece, lot or product of a delivery is ticked, once (R7)."""

    _inherit = "complaint.complaint"

    def _add_delivered(self, source, move_id, lot_id=False):
        """Tick goods of a delivery: their line, else the delivery's lines are added first.

        :param source: ``stock.picking`` or ``sale.order`` the goods came with; the caller's rights
            to read it count
        :param int move_id: ``stock.move`` of that source
        :param int lot_id: ``stock.lot`` of that move; False: all of the move
        :return: tuple (``complaint.line``, whether anything changed)
        :raise AccessError: when the caller may not read the source or not write the complaint
        :raise UserError: another customer's or company's goods, or not of that source
        """
        self._check_goods_addable()
        prepared = self._prepare_source(source)
        self._check_fits(prepared, source.name)
        vals = self._pick_prepared(prepared, source, move_id, lot_id)
        self._take_head(prepared)
        line, changed = self._find_line(move_id, lot_id), False
        if not line:
            self._add_lines_of(prepared, vals)
            line = self._find_line(move_id, lot_id)
            changed = not self._is_unregistered()
        changed = line._tick_goods(lot_id) or changed
        if changed:
            self._note_added(
                self.env._(
                    "Goods added: %(goods)s (%(document)s)",
                    goods=" · ".join(filter(None, (line.name, line.lot_label))),
                    document=source.name,
                )
            )
        return line, changed

    def _pick_prepared(self, prepared, source, move_id, lot_id):
        """:return: create values of the one line; a serial number alone, not all of its move"""
        for _command, _id, vals in prepared["line_ids"]:
            if vals.get("move_id") != move_id:
                continue
            if not lot_id:
                return vals
            if lot_id in get_lot_ids(vals):
                return {**vals, "lot_ids": [Command.set([lot_id])]}
        raise UserError(
            self.env._("%s does not bring these goods any more: scan once again.", source.name)
        )

    def _find_line(self, move_id, lot_id):
        """:return: the line these goods stand in or belong to, may be empty; of serial numbers
        after registration only the one that names it already
        """
        # sudo: lots of a complaint the caller may write
        lines = self.sudo().line_ids.filtered(lambda line: line.move_id.id == move_id)
        if lot_id:
            named = lines.filtered(lambda line: lot_id in line.lot_ids.ids)
            serial = lines.filtered(lambda line: line.product_id.tracking == "serial")
            lines = named or (serial if self._is_unregistered() else lines.browse())
        return lines[:1].with_env(self.env)

    def _check_piece_named(self, vals):
        """:raise UserError: for several serial numbers of which nobody said which is meant"""
        # sudo: how the goods of a line are tracked
        product = self.env["product.product"].sudo().browse(vals.get("product_id") or ())
        if product.tracking == "serial" and len(get_lot_ids(vals)) > 1:
            raise UserError(
                self.env._(
                    "Several pieces of %s were delivered. Scan the serial number of the piece that "
                    "is concerned.",
                    product.display_name,
                )
            )

    def _add_lines_of(self, prepared, vals):
        """Add the delivery's lines, or the one alone where some of that order are here already or
        the complaint is registered.
        """
        sold = {line["sale_line_id"] for _command, _id, line in prepared["line_ids"]} - {False}
        moves = {line.get("move_id") for _command, _id, line in prepared["line_ids"]} - {None}
        here = any(
            line.sale_line_id.id in sold or line.move_id.id in moves for line in self.line_ids
        )
        if not self._is_unregistered():
            # Said at once: afterwards it is frozen
            self._check_piece_named(vals)
            vals = {**vals, **self.line_ids._prepare_ticked_vals(vals)}
            self._append_lines([Command.create(vals)])
        else:
            self._append_lines([Command.create(vals)] if here else prepared["line_ids"])


class ComplaintLineTick(models.Model):
    """The goods themselves are ticked, and how many where that is known (R7)."""

    _inherit = "complaint.line"

    def _tick_goods(self, lot_id=False):
        """Say that these goods are concerned; doing it twice changes nothing.

        A serial number counts 1. How much of a lot is bad only the customer knows: it is marked as
        to be asked, unless there was just one piece.

        :param int lot_id: the ``stock.lot`` that was named
        :return: whether anything changed
        """
        self.ensure_one()
        # sudo: lots of a line the caller may write
        lots = self.sudo().lot_ids.ids
        if lot_id and self.sudo().product_id.tracking == "serial":
            return self._tick_serial(lot_id, lots)
        if self.quantity_complained or self.quantity_unsaid:
            return False
        if not self.complaint_id._is_unregistered():
            # How many is filled in by hand: what was not said is not said by us
            return False
        self.write(
            self._prepare_ticked_vals(
                {
                    "product_id": self.product_id.id,
                    "quantity_shipped": self.quantity_shipped,
                    "quantity_returned": self.quantity_returned,
                }
            )
        )
        return True

    @api.model
    def _prepare_ticked_vals(self, vals):
        """Quantities of goods that were named without saying how many.

        :param dict vals: of a line, as prepared from a delivery
        """
        # sudo: how the goods of a line are tracked
        product = self.env["product.product"].sudo().browse(vals.get("product_id") or ())
        left = vals.get("quantity_shipped", 0) - vals.get("quantity_returned", 0)
        if (product.tracking == "serial" and len(get_lot_ids(vals)) == 1) or left == 1:
            return {"quantity_complained": 1}
        return {"quantity_unsaid": True}

    def _tick_serial(self, lot_id, lots):
        """A line stands for all pieces of a delivery until the first of them is named."""
        quantity = self.quantity_complained
        if lot_id in lots and quantity >= len(lots):
            return False
        # As long as fewer are complained about than stand here, nobody said which
        chosen = lots if quantity and quantity >= len(lots) else []
        lots = [*chosen, lot_id]
        vals = {"lot_ids": [Command.set(lots)], "quantity_complained": max(quantity, len(lots))}
        self.write({**vals, "quantity_unsaid": False})
        return True
