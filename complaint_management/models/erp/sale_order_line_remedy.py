from odoo import models


class SaleOrderLine(models.Model):
    """Goods of a request on an order."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "complaint.remedy.line.mixin"]
