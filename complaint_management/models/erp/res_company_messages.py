from odoo import fields, models


class ResCompany(models.Model):
    """What a company lets the machine write to customers (R9, R42, R65)."""

    _inherit = "res.company"

    complaint_acknowledge = fields.Boolean(
        "Acknowledge at once",
        default=True,
        help="Each customer gets a mail that repeats what he said, with the number and the next "
        "date.",
    )
    complaint_progress_automatic = fields.Boolean(
        "Send progress by itself",
        help="The customer gets the progress letter when it is time. Otherwise the salesperson gets "
        "a to-do and sends it with one press.",
    )
    complaint_thank = fields.Boolean(
        "Thank at the end",
        default=True,
        help="A customer whose complaint is settled is thanked when it is closed.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_acknowledge = fields.Boolean(
        related="company_id.complaint_acknowledge", readonly=False
    )
    complaint_progress_automatic = fields.Boolean(
        related="company_id.complaint_progress_automatic", readonly=False
    )
    complaint_thank = fields.Boolean(related="company_id.complaint_thank", readonly=False)
