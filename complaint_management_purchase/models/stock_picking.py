from odoo import fields, models


class StockPicking(models.Model):
    """A return to the vendor that a claim made."""

    _name = "stock.picking"
    _inherit = ["complaint.recharge.document.mixin", "stock.picking"]

    complaint_recharge_id = fields.Many2one(
        "complaint.recharge",
        "Supplier claim",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def _create_backorder(self, backorder_moves=None):
        """What did not go back yet belongs to the claim, too."""
        backorders = super()._create_backorder(backorder_moves=backorder_moves)
        for backorder in backorders:
            # sudo: whoever does the transfer need not see the claim
            done = backorder.backorder_id.sudo()
            if not done.complaint_recharge_id:
                continue
            backorder._link_to_recharge("complaint_recharge_id", done.complaint_recharge_id)
            lines = {m.origin_returned_move_id: m.complaint_recharge_line_id for m in done.move_ids}
            for move in backorder.move_ids:
                line = lines.get(move.origin_returned_move_id)
                if line:
                    move._link_to_recharge("complaint_recharge_line_id", line)
        return backorders
