from odoo import fields, models


class ResCompany(models.Model):
    """From how many points a complaint is grave, and how long a customer's history counts (R15)."""

    _inherit = "res.company"

    complaint_severity_major = fields.Integer("Major from (points)", default=3, required=True)
    complaint_severity_critical = fields.Integer("Critical from (points)", default=6, required=True)
    complaint_repeat_months = fields.Integer(
        "Repeat within (months)",
        default=6,
        required=True,
        help="Another complaint of the same customer about the same defect or product.",
    )

    _complaint_severity_order = models.Constraint(
        "CHECK(complaint_severity_major BETWEEN 1 AND complaint_severity_critical)",
        "A complaint is major from at least one point, and critical from no fewer points.",
    )
    _complaint_repeat_months = models.Constraint(
        "CHECK(complaint_repeat_months BETWEEN 0 AND 120)",
        "A repeat is looked for in the last 0 to 120 months.",
    )
