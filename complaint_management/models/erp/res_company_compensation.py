from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ResCompany(models.Model):
    """How compensation and accepted deductions are booked (R38, R70)."""

    _inherit = "res.company"

    complaint_compensation_product_id = fields.Many2one(
        "product.product",
        "Product for compensation",
        domain="[('type', '=', 'service'), ('company_id', 'in', (False, id))]",
        ondelete="restrict",
        groups=f"base.group_system,{INSIDE_GROUPS}",
        help="Its income account and taxes are those of credit notes for compensation and accepted "
        "deductions. Without it: the account of the sales journal, and no taxes.",
    )

    @api.constrains("complaint_compensation_product_id")
    def _check_complaint_compensation_product(self):
        """:raise ValidationError: unless it is a service that this company may sell"""
        for company in self:
            product = company.complaint_compensation_product_id
            if product and (
                product.type != "service" or product.company_id not in (company.browse(), company)
            ):
                raise ValidationError(
                    self.env._(
                        "%s: choose a service of this company, or of all companies, for "
                        "compensation.",
                        product.display_name,
                    )
                )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_compensation_product_id = fields.Many2one(
        related="company_id.complaint_compensation_product_id",
        readonly=False,
        # Core drops the domain of the company's field
        domain="[('type', '=', 'service'), ('company_id', 'in', (False, company_id))]",
    )
