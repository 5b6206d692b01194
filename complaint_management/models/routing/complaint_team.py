from odoo import api, fields, models
from odoo.tools import ormcache


class ComplaintTeam(models.Model):
    """Who plays which function for a company's complaints, by which calendar (R16, R21, R27)."""

    _name = "complaint.team"
    _description = "Complaint Team"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, default=lambda self: self.env.company)
    user_id = fields.Many2one("res.users", "Team leader", domain="[('share', '=', False)]")
    member_ids = fields.Many2many(
        "res.users",
        "complaint_team_member_rel",
        "team_id",
        "user_id",
        "Members",
        domain="[('share', '=', False)]",
    )
    function_ids = fields.One2many("complaint.team.function", "team_id", "Functions", copy=True)
    plan_id = fields.Many2one(
        "mail.activity.plan",
        "Activity plan",
        domain="[('res_model', '=', 'complaint.complaint')]",
        check_company=True,
        help="Started at registration where the category has no plan of its own.",
    )
    resource_calendar_id = fields.Many2one("resource.calendar", "Working hours", check_company=True)
    requires_review = fields.Boolean(
        help="Salespeople submit a complaint; somebody of the team registers it."
    )
    objection_hours = fields.Float(
        "Objection window",
        default=4.0,
        help="Working hours in which an assignee may object to a released plan. "
        "0: plans start at once.",
    )

    _objection_positive = models.Constraint(
        "CHECK(objection_hours >= 0)", "The objection window cannot be negative."
    )

    @api.depends("name", "company_id")
    @api.depends_context("allowed_company_ids", "lang", "uid")
    def _compute_display_name(self):
        """With the company where the user has several: each has its “Complaint Team”."""
        several = len(self.env.user.company_ids) > 1
        for team in self:
            # sudo: the name of a company, which is no secret to who reads its team
            company = team.sudo().company_id.name if several else False
            team.display_name = f"{team.name} ({company})" if company else team.name

    @api.model
    def _get_default_team(self, company):
        """:return: the first team of ``company``, else one shared by all companies"""
        return self.browse(self._get_default_team_id(company.id))

    @ormcache("company_id")
    def _get_default_team_id(self, company_id):
        # sudo: every salesperson registers complaints, whether or not he may read teams
        teams = self.sudo().with_context(active_test=True)
        teams = teams.search(
            [("company_id", "in", [company_id, False])], order="company_id, sequence, id", limit=1
        )
        return teams.id

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Forget which team is a company's first when that may have changed."""
        if {"active", "company_id", "sequence"}.intersection(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Forget which team is a company's first."""
        self.env.registry.clear_cache()
        return super().unlink()

    def _get_calendar(self):
        """:return: working time of the team, else of its company; empty: round the clock (T15)"""
        self.ensure_one()
        company = self.company_id or self.env.company
        return self.resource_calendar_id or company.resource_calendar_id
