from odoo import fields, models


class ResCompany(models.Model):
    """How compensation and accepted deductions are booked (R38, R70)."""

    _inherit = "res.company"

    complaint_compensation_product_id = fields.Many2one(
        "product.product",
        "Product for compensation",
        domain="[('type', '=', 'service'), ('company_id', 'in', (False, id))]",
        ondelete="restrict",
        help="Its income account and taxes are those of credit notes for compensation and accepted "
        "deductions. Without it: the account of the sales journal, and no taxes.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_compensation_product_id = fields.Many2one(
        related="company_id.complaint_compensation_product_id", readonly=False
    )
