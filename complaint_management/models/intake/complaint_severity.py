from odoo import api, fields, models

from ..complaint.complaint_classification import SEVERITIES
from ..complaint.complaint_complaint import INSIDE_GROUPS

GRADES = [grade for grade, _label in SEVERITIES]


def gravest(grades):
    """:return: the gravest of ``grades``, empty ones left out; the least grave of none"""
    return max(filter(None, grades), key=GRADES.index, default=GRADES[0])


class ComplaintSeverity(models.Model):
    """The grade proposed from points, category and channel; people may decide otherwise (R15).

    A decision lowers or raises the grade and stays. It gives way when later facts propose
    something graver than what was known to whoever decided. How it is guarded stands in
    ``complaint_severity_decision``.
    """

    _inherit = "complaint.complaint"

    severity = fields.Selection(
        SEVERITIES,
        compute="_compute_severity",
        inverse="_inverse_severity",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        copy=False,
        tracking=True,
    )
    severity_proposed = fields.Selection(
        SEVERITIES,
        "Proposed severity",
        compute="_compute_severity_proposed",
        store=True,
        precompute=True,
        help="From impact, risk, emotion, the customer and his history, category and channel.",
    )
    impact_id = fields.Many2one(
        "complaint.severity.factor",
        domain="[('dimension', '=', 'impact')]",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        groups=INSIDE_GROUPS,
    )
    risk_id = fields.Many2one(
        "complaint.severity.factor",
        domain="[('dimension', '=', 'risk')]",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        groups=INSIDE_GROUPS,
    )
    emotion_id = fields.Many2one(
        "complaint.severity.factor",
        domain="[('dimension', '=', 'emotion')]",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        groups=INSIDE_GROUPS,
    )
    is_repeat = fields.Boolean(
        "Complained before",
        compute="_compute_is_repeat",
        store=True,
        precompute=True,
        help="The same customer complained about the same defect or product in the months before.",
    )
    severity_points = fields.Integer(
        compute="_compute_severity_points", groups="complaint_management.group_complaint_admin"
    )

    # ------------------------------------------------------------
    # The proposal
    # ------------------------------------------------------------
    @api.depends(
        "category_id",
        "channel_id",
        "company_id",
        "emotion_id",
        "impact_id",
        "is_repeat",
        "partner_id",
        "risk_id",
    )
    def _compute_severity_proposed(self):
        """Take the gravest of points, category and channel (R15).

        Later changes of the table, of limits or of a customer's tier leave old cases alone.
        """
        for complaint in self:
            complaint.severity_proposed = gravest(
                (
                    complaint._get_points_grade(),
                    complaint.category_id.default_severity,
                    complaint.channel_id.default_severity,
                )
            )

    def _get_points_grade(self):
        """:return: the grade the points alone speak for"""
        points, always_critical = self._get_severity_points()
        company = self.company_id or self.env.company
        if always_critical or points >= company.complaint_severity_critical:
            return "critical"
        return "major" if points >= company.complaint_severity_major else "minor"

    def _get_severity_points(self):
        """Add up the table for this case.

        :return: (points, whether one line of it is critical by itself)
        """
        self.ensure_one()
        # sudo: points and tier are closed to most; what leaves here is the grade
        complaint = self.sudo()
        picked = (complaint.impact_id, complaint.risk_id, complaint.emotion_id)
        parts = [(factor.points, factor.always_critical) for factor in picked if factor]
        rules = self.env["complaint.severity.factor"]._get_rules(complaint.company_id)
        tier = complaint.partner_id.commercial_partner_id.complaint_tier
        if tier in rules:
            parts.append(rules[tier])
        if complaint.is_repeat and "repeat" in rules:
            parts.append(rules["repeat"])
        return sum(points for points, _critical in parts), any(critical for _p, critical in parts)

    @api.depends("severity_proposed", "impact_id", "risk_id", "emotion_id", "is_repeat")
    def _compute_severity_points(self):
        for complaint in self:
            complaint.severity_points = complaint._get_severity_points()[0]

    def _is_always_critical(self):
        """:return: whether category, channel or risk make this case critical by themselves"""
        self.ensure_one()
        defaults = (self.category_id.default_severity, self.channel_id.default_severity)
        return "critical" in defaults or self._get_severity_points()[1]
