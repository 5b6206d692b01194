from odoo import api, fields, models
from odoo.exceptions import AccessError

from .complaint_complaint import QUALITY_GROUP

# From least to gravest: proposals take the gravest (R15).
SEVERITIES = [("minor", "Minor"), ("major", "Major"), ("critical", "Critical")]


class ComplaintClassification(models.Model):
    """What kind of case it is and, following from that, who works on it (R13-R17, R27).

    The grade has its own aspect: ``intake/complaint_severity``.
    """

    _inherit = "complaint.complaint"

    category_id = fields.Many2one(
        "complaint.category",
        compute="_compute_category_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        tracking=True,
        check_company=True,
    )
    defect_id = fields.Many2one("complaint.defect", "Main defect", index="btree_not_null")
    urgency = fields.Selection(
        [("normal", "Normal"), ("urgent", "Urgent")],
        compute="_compute_urgency",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        tracking=True,
    )

    team_id = fields.Many2one(
        "complaint.team",
        compute="_compute_team_id",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
        check_company=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        domain="[('share', '=', False)]",
    )
    lead_user_id = fields.Many2one(
        "res.users",
        "Lead",
        index="btree_not_null",
        copy=False,
        tracking=True,
        domain="[('share', '=', False)]",
        help="Writes the handling plan; set from the category's lead function at registration.",
    )
    can_name_lead = fields.Boolean(compute="_compute_can_name_lead")

    @api.depends("defect_id")
    def _compute_category_id(self):
        for complaint in self:
            complaint.category_id = complaint.defect_id.category_id or complaint.category_id

    @api.depends("category_id")
    def _compute_urgency(self):
        for complaint in self:
            complaint.urgency = (
                complaint.category_id.default_urgency or complaint.urgency or "normal"
            )

    @api.depends("company_id", "category_id")
    def _compute_team_id(self):
        for company, complaints in self.grouped("company_id").items():
            default = self.env["complaint.team"]._get_default_team(company)
            own_or_shared = (company, company.browse())
            for complaint in complaints:
                proposed = complaint.category_id.team_id
                if proposed and proposed.company_id in own_or_shared:
                    complaint.team_id = proposed
                elif not complaint.team_id or complaint.team_id.company_id not in own_or_shared:
                    complaint.team_id = default

    # ------------------------------------------------------------
    # Who may name the lead (R27): he releases the plan
    # ------------------------------------------------------------
    @api.depends_context("uid")
    @api.depends("lead_user_id")
    def _compute_can_name_lead(self):
        above = self._is_above_lead()
        for complaint in self:
            complaint.can_name_lead = above or complaint._origin.lead_user_id == self.env.user

    @api.model
    def _is_above_lead(self):
        """:return: whether the user may name the lead of any complaint he may write"""
        groups = ("complaint_management.group_complaint_service", QUALITY_GROUP)
        return any(self.env.user.has_group(group) for group in groups)

    @api.model_create_multi
    def create(self, vals_list):
        # A default sent along in the context names the lead, too
        named = any(vals.get("lead_user_id") for vals in vals_list)
        if named or self.env.context.get("default_lead_user_id"):
            self._check_may_name_lead()
        return super().create(vals_list)

    def write(self, vals):
        """Let the lead hand over, and those above him; nobody makes himself the lead.

        :raise AccessError: for everybody else
        """
        if "lead_user_id" in vals:
            named = self.filtered(lambda c: c.lead_user_id.id != vals["lead_user_id"])
            if named.filtered(lambda c: c.lead_user_id != self.env.user):
                self._check_may_name_lead()
        return super().write(vals)

    def _check_may_name_lead(self):
        """:raise AccessError: for those who work neither for customer service nor for quality"""
        if not (self._is_trusted() or self.env.su or self._is_above_lead()):
            raise AccessError(
                self.env._("The lead is named by customer service, quality or the lead before.")
            )
