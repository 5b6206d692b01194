from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ResCompany(models.Model):
    """What a customer usually gets as a gift (R37, R50)."""

    _inherit = "res.company"

    complaint_gift_product_id = fields.Many2one(
        "product.product",
        "Usual gift",
        check_company=True,
        domain="[('type', '=', 'consu')]",
        groups=f"base.group_system,{INSIDE_GROUPS}",
        help="Proposed where a gift is granted and nobody chose one. Empty: chosen each time.",
    )

    @api.constrains("complaint_gift_product_id")
    def _check_complaint_gift_product(self):
        """:raise ValidationError: unless it is goods this company may give"""
        for company in self:
            product = company.complaint_gift_product_id
            if product and (
                product.type != "consu" or product.company_id not in (company.browse(), company)
            ):
                raise ValidationError(
                    self.env._(
                        "%s: choose goods of this company, or of all companies, as usual gift.",
                        product.display_name,
                    )
                )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_gift_product_id = fields.Many2one(
        related="company_id.complaint_gift_product_id",
        readonly=False,
        # Core drops the domain of the company's field
        domain="[('type', '=', 'consu'), ('company_id', 'in', (False, company_id))]",
    )
