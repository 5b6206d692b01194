from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

DIMENSIONS = [
    ("impact", "Impact"),
    ("risk", "Risk"),
    ("emotion", "Emotion"),
    ("tier", "Customer tier"),
    ("repeat", "Repeat"),
]
TIERS = [("A", "A"), ("B", "B"), ("C", "C")]


class ComplaintSeverityFactor(models.Model):
    """One line of the table from which the grade is proposed (R15).

    Impact, risk and emotion are picked on the complaint; tier and repeat follow from the customer
    and his history. Users see names and the grade, administrators the points.
    """

    _name = "complaint.severity.factor"
    _description = "Severity Point"
    _inherit = ["complaint.remembered.mixin", "complaint.taxonomy.mixin"]
    _order = "dimension, sequence, id"

    dimension = fields.Selection(DIMENSIONS, required=True, default="impact", index=True)
    tier = fields.Selection(TIERS, help="Customers of this tier get these points.")
    points = fields.Integer(
        "Score",
        aggregator=None,
        groups="complaint_management.group_complaint_admin",
        help="Added up; the settings say from how many points a complaint is major or critical.",
    )
    always_critical = fields.Boolean(
        groups="complaint_management.group_complaint_admin",
        help="Critical whatever the other points say, e.g. safety or law.",
    )

    _points_positive = models.Constraint("CHECK(points >= 0)", "Points cannot be negative.")

    @api.constrains("dimension", "tier")
    def _check_tier(self):
        """:raise ValidationError: for a tier line that does not say which tier it is about"""
        for factor in self:
            if (factor.dimension == "tier") != bool(factor.tier):
                raise ValidationError(
                    self.env._(
                        "“%s”: choose a tier for lines about the customer's tier, and only there.",
                        factor.name,
                    )
                )

    @api.model
    def _get_rules(self, company):
        """What follows from the customer and his history, without anybody picking it.

        :param company: whose table counts; its own lines go before shared ones
        :return: dict: tier or ``repeat`` → (points, whether it is critical by itself)
        """
        return dict(self._get_rules_cached(company.id))

    @ormcache("company_id")
    def _get_rules_cached(self, company_id):
        # sudo: configuration; the points are closed to users, the grade is not
        factors = self.sudo().with_context(active_test=True)
        factors = factors.search(
            [("dimension", "in", ("tier", "repeat")), ("company_id", "in", (False, company_id))]
        )
        # False sorts first: a company's own line overwrites the shared one
        ordered = factors.sorted(lambda f: (bool(f.company_id), f.sequence, f.id))
        return tuple(
            {
                (f.tier or "repeat"): (f.tier or "repeat", (f.points, f.always_critical))
                for f in ordered
            }.values()
        )
