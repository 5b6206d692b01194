from odoo import fields, models


class StockMoveLine(models.Model):
    """A scanned lot leads to its deliveries; core has no index for that way (R7)."""

    _inherit = "stock.move.line"

    lot_id = fields.Many2one(index="btree_not_null")
