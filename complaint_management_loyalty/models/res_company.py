from odoo import fields, models


class ResCompany(models.Model):
    """Which coupon a customer gets as thank-you, and for how long (R50)."""

    _inherit = "res.company"

    complaint_coupon_program_id = fields.Many2one(
        "loyalty.program",
        "Thank-you coupon",
        domain="[('program_type', 'in', ('coupons', 'gift_card'))]",
        help="What a customer gets as thank-you after a complaint. Empty: no coupons.",
    )
    complaint_coupon_points = fields.Float(
        "Worth of the coupon",
        default=1.0,
        help="In the program's own measure: 1 for a coupon, an amount for a gift card.",
    )
    complaint_coupon_days = fields.Integer(
        "Coupon valid for (days)", default=90, help="0: without an end."
    )

    _complaint_coupon_positive = models.Constraint(
        "CHECK(complaint_coupon_points > 0 AND complaint_coupon_days >= 0)",
        "A coupon is worth something, and is valid for some days or without an end.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_coupon_program_id = fields.Many2one(
        related="company_id.complaint_coupon_program_id", readonly=False
    )
    complaint_coupon_points = fields.Float(
        related="company_id.complaint_coupon_points", readonly=False
    )
    complaint_coupon_days = fields.Integer(
        related="company_id.complaint_coupon_days", readonly=False
    )
