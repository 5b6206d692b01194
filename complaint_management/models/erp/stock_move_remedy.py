from odoo import models


class StockMove(models.Model):
    """Goods of a request on their way."""

    _name = "stock.move"
    _inherit = ["stock.move", "complaint.remedy.line.mixin"]
