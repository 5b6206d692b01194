from odoo import fields, models


class ResCompany(models.Model):
    """Whether letters lead customers to their page, and how long links open it (R35, T1)."""

    _inherit = "res.company"

    complaint_letter_link = fields.Boolean(
        "Letters lead to the customer's page",
        default=True,
        help="Mails to the customer carry his personal link: he looks, answers and signs without a "
        "login.",
    )
    complaint_link_days = fields.Integer(
        "Links open closed complaints for (days)",
        default=90,
        required=True,
        help="Calendar days from closing. Logins of the customer have no end.",
    )

    _complaint_link_days = models.Constraint(
        "CHECK(complaint_link_days BETWEEN 1 AND 3650)",
        "A link opens a closed complaint for 1 to 3650 days.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_letter_link = fields.Boolean(
        related="company_id.complaint_letter_link", readonly=False
    )
    complaint_link_days = fields.Integer(related="company_id.complaint_link_days", readonly=False)
