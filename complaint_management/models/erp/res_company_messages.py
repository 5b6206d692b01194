from odoo import fields, models


class ResCompany(models.Model):
    """What a company lets the machine write to customers (R9)."""

    _inherit = "res.company"

    complaint_acknowledge = fields.Boolean(
        "Acknowledge at once",
        default=True,
        help="Each customer gets a mail that repeats what he said, with the number and the next "
        "date.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_acknowledge = fields.Boolean(
        related="company_id.complaint_acknowledge", readonly=False
    )
