from odoo import models


class ProductProduct(models.Model):
    """Complaints about one variant."""

    _name = "product.product"
    _inherit = ["product.product", "complaint.linked.mixin"]

    _COMPLAINT_PATHS = ("line_ids.product_id",)
