from odoo import fields, models


class ResCompany(models.Model):
    """How soon purchasing claims, and how long vendors have to answer (R20)."""

    _inherit = "res.company"

    complaint_recharge_days = fields.Integer(
        "Days to claim from vendors",
        default=2,
        help="Calendar days purchasing has from the moment a supplier or carrier is found to have "
        "caused a complaint.",
    )
    complaint_recharge_answer_days = fields.Integer(
        "Days for the vendor's answer",
        default=14,
        help="Calendar days from the moment a supplier claim is sent.",
    )

    _complaint_recharge_days_positive = models.Constraint(
        "CHECK(complaint_recharge_days >= 0 AND complaint_recharge_answer_days >= 0)",
        "Days of supplier claims cannot be negative.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_recharge_days = fields.Integer(
        related="company_id.complaint_recharge_days", readonly=False
    )
    complaint_recharge_answer_days = fields.Integer(
        related="company_id.complaint_recharge_answer_days", readonly=False
    )
