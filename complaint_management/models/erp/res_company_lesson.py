from odoo import fields, models


class ResCompany(models.Model):
    """How often lessons are looked at."""

    _inherit = "res.company"

    complaint_lesson_review_months = fields.Integer(
        "Months between reviews",
        default=12,
        help="After so many months the owner of a lesson is asked whether it is still true. 0: "
        "never.",
    )

    _complaint_lesson_review_months = models.Constraint(
        "CHECK(complaint_lesson_review_months BETWEEN 0 AND 1200)",
        "The months between two reviews of a lesson are 0 to 1,200.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_lesson_review_months = fields.Integer(
        related="company_id.complaint_lesson_review_months", readonly=False
    )
