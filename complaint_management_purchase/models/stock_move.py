from collections import defaultdict

from odoo import fields, models


class StockMove(models.Model):
    """Goods on their way back to the vendor because of a claim."""

    _name = "stock.move"
    _inherit = ["complaint.recharge.document.mixin", "stock.move"]

    _LINK_FIELDS = frozenset({"complaint_recharge_line_id"})

    complaint_recharge_line_id = fields.Many2one(
        "complaint.recharge.line",
        "Supplier claim",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def _get_quantity_back(self):
        """:return: what this return takes back, in its unit: done, else what it is to take"""
        self.ensure_one()
        return self.quantity if self.state == "done" else self.product_uom_qty

    def _get_lots_left(self):
        """What of each lot of a receipt no living return takes back yet.

        A return that waits for goods of its claim's lots takes these, also before it reserved them.

        :return: dict ``stock.lot`` → quantity in the product's unit
        """
        self.ensure_one()
        left = defaultdict(float)
        for line in self.move_line_ids.filtered("lot_id"):
            left[line.lot_id] += line.quantity_product_uom
        for back in self.returned_move_ids.filtered(lambda m: m._is_living()):
            waiting = back.product_uom._compute_quantity(
                back._get_quantity_back(), back.product_id.uom_id, round=False
            )
            for line in back.move_line_ids.filtered("lot_id"):
                left[line.lot_id] -= line.quantity_product_uom
                waiting -= line.quantity_product_uom
            # sudo: which lots a claim is about, to whoever makes a return
            for lot in back.complaint_recharge_line_id.sudo().lot_ids:
                taken = min(max(waiting, 0.0), max(left.get(lot, 0.0), 0.0))
                left[lot] -= taken
                waiting -= taken
        return left
