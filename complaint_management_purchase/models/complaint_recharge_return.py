from collections import defaultdict

from odoo import models

RETURNING_STATES = ("sent", "accepted", "partly")


class ComplaintRechargeReturn(models.Model):
    """Goods go back to the vendor, by core's own return of the receipt they came with (R20).

    Only what is missing is made, so a second press makes nothing and a cancelled return is
    replaced; never more goes back than was received, over all returns of the receipt.
    """

    _inherit = "complaint.recharge"

    def action_return(self):
        """Make the return to the vendor of what is not on its way yet.

        :return: action that opens the returns
        :raise AccessError: for those who may only read it
        :raise UserError: saying why nothing goes back, or that it would be more than was received
        """
        self._execute("_execute_return", "_get_return_obstacle")
        return self.action_view_returns()

    def action_view_returns(self):
        """:return: action that opens the returns made of the claim"""
        self.ensure_one()
        self.check_access("read")
        # sudo: which documents there are; core asks for the right to open them
        pickings = self.sudo().picking_ids.with_env(self.env)
        return self._open_documents(pickings, self.env._("Returns to the Vendor"))

    def _get_return_obstacle(self):
        """:return: translated sentence why no return can be made, or an empty text"""
        self.ensure_one()
        if self.kind != "return":
            return self.env._("%s does not ask to take goods back.", self.name)
        if self.state not in RETURNING_STATES:
            return self.env._("%s: goods go back once the claim is sent.", self.name)
        lines = self.line_ids.filtered("purchase_line_id")
        if not lines:
            return self.env._("%s: no purchase is known by which the goods came.", self.name)
        if not any(line._get_quantity_to_return() for line in lines):
            return self.env._("%s: everything is on its way back already.", self.name)
        return ""

    def _execute_return(self):
        """Make the missing returns, one a receipt; rights and state were checked.

        :return: the new ``stock.picking`` records
        :raise UserError: naming goods of which less can go back than is claimed
        """
        parts = defaultdict(list)
        for line in self.line_ids.filtered("purchase_line_id"):
            for move, quantity, lots in line._pick_receipts():
                parts[move.picking_id].append((line, move, quantity, lots))
        pickings = self.env["stock.picking"]
        for receipt, rows in parts.items():
            pickings |= self._return_from(receipt, rows)
        return pickings

    def _return_from(self, receipt, rows):
        """Return goods of one receipt.

        :param rows: list of ``(line, move, quantity, lots)``, see ``_pick_receipts`` of the lines
        :return: the new ``stock.picking``
        """
        wizards = self.env["stock.return.picking"].with_company(self.company_id)
        wizard = wizards.create({"picking_id": receipt.id})
        quantities = {move: quantity for _line, move, quantity, _lots in rows}
        for wizard_line in wizard.product_return_moves:
            wizard_line.quantity = quantities.get(wizard_line.move_id, 0.0)
        picking = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        picking._link_to_recharge("complaint_recharge_id", self)
        for line, move, _quantity, lots in rows:
            returned = picking.move_ids.filtered(
                lambda m, receipt=move: m.origin_returned_move_id == receipt
            )
            returned._link_to_recharge("complaint_recharge_line_id", line)
            if lots:
                self._reserve_lots(returned, lots)
        return picking

    def _reserve_lots(self, move, lots):
        """Take those lots of the stock that are claimed; what is not there yet stays awaited.

        :param list lots: ``(lot, quantity in the product's unit)``
        """
        move._do_unreserve()
        for lot, quantity in lots:
            wanted = move.product_id.uom_id._compute_quantity(quantity, move.product_uom)
            move._update_reserved_quantity(wanted, move.location_id, lot_id=lot, strict=False)
        move._recompute_state()
