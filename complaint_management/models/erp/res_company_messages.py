from odoo import fields, models


class ResCompany(models.Model):
    """What a company lets the machine write to customers (R9, R42, R65, R69)."""

    _inherit = "res.company"

    complaint_acknowledge = fields.Boolean(
        "Acknowledge at once",
        default=True,
        help="Each customer gets a mail that repeats what he said, with the number and the next "
        "date.",
    )
    complaint_progress_automatic = fields.Boolean(
        "Send progress by itself",
        help="The customer gets the progress letter when it is time. Otherwise the salesperson "
        "gets a to-do and sends it with one press.",
    )
    complaint_thank = fields.Boolean(
        "Thank at the end",
        default=True,
        help="A customer whose complaint is settled is thanked when it is closed.",
    )
    complaint_survey_days = fields.Integer(
        "Ask for satisfaction after (days)",
        default=3,
        help="Calendar days from closing until the customer is asked how satisfied he is. 0: "
        "never.",
    )
    complaint_survey_gap_days = fields.Integer(
        "Ask one person again after (days)",
        default=90,
        help="However many complaints he has. 0: each time.",
    )

    _complaint_survey_positive = models.Constraint(
        "CHECK(complaint_survey_days >= 0 AND complaint_survey_gap_days >= 0)",
        "Days of surveys cannot be negative.",
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
    complaint_survey_days = fields.Integer(
        related="company_id.complaint_survey_days", readonly=False
    )
    complaint_survey_gap_days = fields.Integer(
        related="company_id.complaint_survey_gap_days", readonly=False
    )
