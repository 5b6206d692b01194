from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ..complaint.complaint_classification import SEVERITIES

# What a policy decides; all are copied to the clocks it starts.
LIMITS = (
    "response_hours",
    "plan_days",
    "handling_days",
    "report_days",
    "warn_percent",
    "progress_days",
)


class ComplaintPolicy(models.Model):
    """How long each step may take, by category, urgency and severity (R11, R13, R14).

    The most specific policy wins: one for the category before one for all categories, then one
    for the urgency, then one for the severity. Among equally specific ones the company's own comes
    before a shared one, then the sequence decides. 0 means: no such clock.
    """

    _name = "complaint.policy"
    _description = "Complaint Policy"
    _inherit = ["complaint.remembered.mixin"]
    _order = "category_id, sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    category_id = fields.Many2one(
        "complaint.category",
        index="btree_not_null",
        check_company=True,
        ondelete="cascade",
        help="Empty: all categories that have no policy of their own.",
    )
    urgency = fields.Selection(
        [("normal", "Normal"), ("urgent", "Urgent")], help="Empty: whatever the urgency."
    )
    severity = fields.Selection(SEVERITIES, help="Empty: whatever the severity.")
    response_hours = fields.Float(
        "First response (hours)",
        default=0.25,
        help="Working hours from receipt until a person has answered the customer. 0: no clock.",
    )
    plan_days = fields.Float(
        "Plan (days)",
        default=3.0,
        help="Working days from registration until the plan is released. 0: no clock.",
    )
    handling_days = fields.Float(
        "Handling (days)",
        default=5.0,
        help="Working days from receipt until everything for the customer is done. 0: no clock.",
    )
    report_days = fields.Float(
        "Report (days)",
        default=7.0,
        help="Working days from receipt until the report is sent. 0: no clock.",
    )
    progress_days = fields.Integer(
        "Tell the customer every (days)",
        default=5,
        help="Working days after which the customer hears from us again while we work on it. 0: "
        "never. What was agreed with a customer or for a case goes before.",
    )
    warn_percent = fields.Integer(
        "Warn at (%)", default=80, help="Share of the time after which the owner is warned."
    )

    _not_negative = models.Constraint(
        "CHECK(response_hours >= 0 AND plan_days >= 0 AND handling_days >= 0 AND report_days >= 0)",
        "Hours and days of a policy cannot be negative; 0 means that no such clock runs.",
    )
    _progress_not_negative = models.Constraint(
        "CHECK(progress_days >= 0)", "Days cannot be negative; 0 means that nothing is told."
    )
    _percent_sensible = models.Constraint(
        "CHECK(warn_percent BETWEEN 1 AND 100)", "Warn at 1 to 100 % of the time."
    )

    @api.constrains("plan_days", "handling_days")
    def _check_plan_before_handling(self):
        for policy in self:
            if policy.handling_days and policy.plan_days > policy.handling_days:
                raise ValidationError(
                    self.env._(
                        "%(policy)s: the plan (%(plan)s days) must be due no later than the "
                        "handling (%(handling)s days). Give the plan less time or the handling "
                        "more.",
                        policy=policy.display_name,
                        plan=f"{policy.plan_days:g}",
                        handling=f"{policy.handling_days:g}",
                    )
                )

    @api.depends("category_id", "urgency", "severity")
    def _compute_display_name(self):
        for policy in self:
            parts = [
                policy.category_id.name or self.env._("All categories"),
                policy._fields["urgency"].convert_to_export(policy.urgency, policy),
                policy._fields["severity"].convert_to_export(policy.severity, policy),
            ]
            policy.display_name = " · ".join(filter(None, parts))

    # ------------------------------------------------------------
    # Choosing one, without a query
    # ------------------------------------------------------------
    @api.model
    def _get_limits(self, complaint):
        """What the winning policy allows a complaint (R11, R13, R14).

        :param complaint: ``complaint.complaint``, one record
        :return: dict of ``LIMITS``; all 0 where no clock runs: suggestions, enquiries and praise
            (R71), or no policy fits
        """
        category = complaint.category_id
        if not category or category.is_complaint:
            asked = (category.id, complaint.urgency, complaint.severity)
            for keys, limits in self._get_table(complaint.company_id.id):
                if all(key in (False, value) for key, value in zip(keys, asked, strict=True)):
                    return dict(limits)
        return dict.fromkeys(LIMITS, 0)

    @ormcache("company_id")
    def _get_table(self, company_id):
        """:return: tuple of ((category, urgency, severity), limits), the winning ones first"""
        # sudo: every salesperson starts clocks, whether or not he may read the policies
        policies = self.sudo().with_context(active_test=True)
        policies = policies.search([("company_id", "in", [company_id, False])], order="id")
        ranked = policies.sorted(lambda p: p._get_rank())
        return tuple(
            (
                (policy.category_id.id, policy.urgency, policy.severity),
                tuple((name, policy[name]) for name in LIMITS),
            )
            for policy in ranked
        )

    def _get_rank(self):
        """:return: sort key, the most specific policy first; see the class"""
        self.ensure_one()
        return (
            not self.category_id,
            not self.urgency,
            not self.severity,
            not self.company_id,
            self.sequence,
            self.id,
        )
