from odoo import models


class ComplaintLine(models.Model):
    """How many of a lot the customer got."""

    _inherit = "complaint.line"

    def _get_lot_shipped(self, lot):
        """:return: what the delivery brought of ``lot``, in the product's unit; 0 where unknown"""
        self.ensure_one()
        rows = self.move_id.move_line_ids.filtered(lambda x: x.lot_id == lot)
        return sum(rows.mapped("quantity_product_uom"))
