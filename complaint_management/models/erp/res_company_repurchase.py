from odoo import fields, models


class ResCompany(models.Model):
    """When a customer came back, and what is fast, to the figures (R58)."""

    _inherit = "res.company"

    complaint_repurchase_days = fields.Integer(
        "Days to buy again",
        default=90,
        required=True,
        help="Calendar days after a complaint was closed: an order within them is a repurchase.",
    )
    complaint_fast_days = fields.Integer(
        "Working days of a fast resolution",
        default=5,
        required=True,
        help="From receipt to resolution, by the team's calendar.",
    )

    _complaint_repurchase_positive = models.Constraint(
        "CHECK(complaint_repurchase_days > 0 AND complaint_fast_days >= 0)",
        "Customers need at least one day to buy again, and fast is no negative number of days.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_repurchase_days = fields.Integer(
        related="company_id.complaint_repurchase_days", readonly=False
    )
    complaint_fast_days = fields.Integer(related="company_id.complaint_fast_days", readonly=False)
