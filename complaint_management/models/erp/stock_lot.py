from odoo import models


class StockLot(models.Model):
    """What customers said about a lot or serial number."""

    _name = "stock.lot"
    _inherit = ["stock.lot", "complaint.linked.mixin"]

    _COMPLAINT_PATHS = ("line_ids.lot_ids",)
