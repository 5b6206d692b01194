from odoo import fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ResCompany(models.Model):
    """What an hour of making good costs us (R37)."""

    _inherit = "res.company"

    complaint_hourly_cost = fields.Monetary(
        "Cost of an hour",
        currency_field="currency_id",
        groups=f"base.group_system,{INSIDE_GROUPS}",
        help="Proposed for work that makes a complaint good; 0: hours are only counted.",
    )

    _complaint_hourly_cost = models.Constraint(
        "CHECK(complaint_hourly_cost BETWEEN 0 AND 1000000000)", "The cost of an hour is 0 or more."
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_hourly_cost = fields.Monetary(
        related="company_id.complaint_hourly_cost",
        currency_field="currency_id",
        readonly=False,
    )
