from odoo import fields, models


class ResCompany(models.Model):
    """What a customer usually gets as a gift (R37, R50)."""

    _inherit = "res.company"

    complaint_gift_product_id = fields.Many2one(
        "product.product",
        "Usual gift",
        check_company=True,
        domain="[('type', '=', 'consu')]",
        help="Proposed where a gift is granted and nobody chose one. Empty: chosen each time.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_gift_product_id = fields.Many2one(
        related="company_id.complaint_gift_product_id", readonly=False
    )
