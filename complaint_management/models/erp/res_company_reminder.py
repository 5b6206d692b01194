from odoo import fields, models


class ResCompany(models.Model):
    """How often a silent customer is asked before silence is consent (R69)."""

    _inherit = "res.company"

    complaint_reminder_count = fields.Integer(
        "Reminders before tacit closing",
        default=2,
        help="After so many unanswered reminders a resolved complaint closes by itself. 0: never.",
    )
    complaint_reminder_days = fields.Integer(
        "Days between reminders",
        default=7,
        help="Calendar days to each reminder, and from the last one to closing. 0: never.",
    )

    _complaint_reminders_positive = models.Constraint(
        "CHECK(complaint_reminder_count >= 0 AND complaint_reminder_days >= 0)",
        "Number and days of reminders cannot be negative.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_reminder_count = fields.Integer(
        related="company_id.complaint_reminder_count", readonly=False
    )
    complaint_reminder_days = fields.Integer(
        related="company_id.complaint_reminder_days", readonly=False
    )
