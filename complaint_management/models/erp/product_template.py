from odoo import fields, models


class ProductTemplate(models.Model):
    """Complaints about a product in all variants, and its guarantee (R4)."""

    _name = "product.template"
    _inherit = ["product.template", "complaint.linked.mixin"]

    _COMPLAINT_PATHS = ("line_ids.product_id.product_tmpl_id",)

    complaint_warranty_months = fields.Integer(
        "Quality guarantee (months)",
        help="From shipment. 0: as the product category says, else the company. -1: none.",
    )

    _complaint_warranty_valid = models.Constraint(
        "CHECK(complaint_warranty_months >= -1)",
        "The quality guarantee is a number of months, 0 (as the category) or -1 (none).",
    )

    def _get_complaint_warranty_months(self, company):
        """Months of guarantee: the product's own, else its category's, else the company's (R4).

        :param company: ``res.company`` that sold the goods
        :return: int; 0 when there is no guarantee. Also for goods unknown to us (no record)
        """
        own = self.complaint_warranty_months
        months = own or self.categ_id._get_complaint_warranty_months()
        return max(months or company.complaint_warranty_months, 0)
