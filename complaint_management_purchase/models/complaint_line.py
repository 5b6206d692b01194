from odoo import models


class ComplaintLine(models.Model):
    """How many of a lot the customer got, and how many of the goods can be claimed."""

    _inherit = "complaint.line"

    def _get_lot_shipped(self, lot):
        """:return: what the delivery brought of ``lot``, in the product's unit; 0 where unknown"""
        self.ensure_one()
        rows = self.move_id.move_line_ids.filtered(lambda x: x.lot_id == lot)
        return sum(rows.mapped("quantity_product_uom"))

    def _get_claimable_quantity(self):
        """:return: what is wrong of these goods, confirmed or else complained about, in the
        product's unit
        """
        self.ensure_one()
        unit = self.product_uom_id or self.product_id.uom_id
        quantity = self.quantity_confirmed or self.quantity_complained
        return unit._compute_quantity(quantity, self.product_id.uom_id)
