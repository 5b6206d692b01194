from pytz import timezone, utc

from odoo import fields, models


class ResCompany(models.Model):
    """How the effect of measures is followed, and what a repetition is (R43, R53)."""

    _inherit = "res.company"

    complaint_check_days = fields.Integer(
        "Check the effect after (days)",
        default=90,
        required=True,
        help="Calendar days from a measure done to the check of its effect, where the category's "
        "activity plan has none.",
    )
    complaint_effect_days = fields.Integer(
        "Compare (days)",
        default=180,
        required=True,
        help="Calendar days before and after the clean point of a measure that are compared; as "
        "long as has passed, at most.",
    )
    complaint_repetition_count = fields.Integer(
        "Complaints make a repetition",
        default=3,
        required=True,
        help="About the same product with the same defect or kind of cause. 0: nothing is "
        "proposed.",
    )
    complaint_repetition_days = fields.Integer("Within (days)", default=90, required=True)

    _complaint_learning_days = models.Constraint(
        "CHECK(complaint_check_days BETWEEN 1 AND 1100 "
        "AND complaint_effect_days BETWEEN 1 AND 1100 "
        "AND complaint_repetition_days BETWEEN 1 AND 1100)",
        "The effect is checked after 1 to 1,100 days, and as many are compared; repetitions are "
        "looked for within 1 to 1,100 days.",
    )
    _complaint_repetition_count = models.Constraint(
        "CHECK(complaint_repetition_count = 0 OR complaint_repetition_count BETWEEN 2 AND 1000)",
        "A repetition are 2 to 1,000 complaints; 0: nothing is proposed.",
    )

    def write(self, vals):
        """Compare measures anew over other windows."""
        result = super().write(vals)
        if "complaint_effect_days" in vals:
            # sudo: a flag of ours; who may change settings need not read measures
            actions = self.env["complaint.action"].sudo()
            domain = [("has_clean_point", "=", True), ("company_id", "in", self.ids)]
            actions.search(domain)._compare_measures_again()
        return result

    def _get_complaint_day(self, moment):
        """:param moment: ``datetime`` (UTC)
        :return: its day where the company works
        """
        self.ensure_one()
        # sudo: the company's time zone is no secret
        zone = timezone(self.sudo().resource_calendar_id.tz or "UTC")
        return utc.localize(moment).astimezone(zone).date()


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_check_days = fields.Integer(related="company_id.complaint_check_days", readonly=False)
    complaint_effect_days = fields.Integer(
        related="company_id.complaint_effect_days", readonly=False
    )
    complaint_repetition_count = fields.Integer(
        related="company_id.complaint_repetition_count", readonly=False
    )
    complaint_repetition_days = fields.Integer(
        related="company_id.complaint_repetition_days", readonly=False
    )
