from odoo import fields, models


class ProductCategory(models.Model):
    """How long goods of a category are guaranteed (R4)."""

    _inherit = "product.category"

    complaint_warranty_months = fields.Integer(
        "Quality guarantee (months)",
        help="From shipment. 0: as the parent category says, else the company. -1: none.",
    )

    _complaint_warranty_valid = models.Constraint(
        "CHECK(complaint_warranty_months >= -1)",
        "The quality guarantee is a number of months, 0 (as the parent) or -1 (none).",
    )

    def _get_complaint_warranty_months(self):
        """Look up the nearest category with a say, from here to the root.

        :return: months; 0 where no category says anything, -1: no guarantee
        """
        category = self
        while category and not category.complaint_warranty_months:
            category = category.parent_id
        return category.complaint_warranty_months
