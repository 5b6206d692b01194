from odoo import fields, models


class StockMoveLine(models.Model):
    """A scanned lot or package leads to its deliveries; core has no index for that way (R7)."""

    _inherit = "stock.move.line"

    lot_id = fields.Many2one(index="btree_not_null")
    result_package_id = fields.Many2one(index="btree_not_null")
