from odoo import Command, api, fields, models

from ..routing.complaint_function import FUNCTIONS


class ResCompany(models.Model):
    """A company has its own complaint settings and, from its first day, its own team (T18)."""

    _inherit = "res.company"

    complaint_four_eyes = fields.Boolean(
        "Four eyes on cause and measures",
        default=True,
        help="Nobody approves their own causes and measures.",
    )
    complaint_warranty_months = fields.Integer(
        "Quality guarantee (months)",
        default=12,
        help="For goods whose product and product category say nothing. 0: none.",
    )

    _complaint_warranty_positive = models.Constraint(
        "CHECK(complaint_warranty_months >= 0)", "The quality guarantee cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_complaint_teams()
        return companies

    @api.model
    def _create_missing_complaint_teams(self):
        """Give each company without a complaint team one; called at installation, may run again."""
        # sudo: installation and company set-up are not the complaint administrator's
        teams = self.env["complaint.team"].sudo().with_context(active_test=False)
        served = teams.search([("company_id", "!=", False)]).company_id
        self.sudo().search([("id", "not in", served.ids)])._create_complaint_teams()

    def _create_complaint_teams(self):
        """Make the default team of each company, in one batch."""
        # sudo: whoever creates a company need not be a complaint administrator
        teams = self.env["complaint.team"].sudo()
        teams.create([company._prepare_complaint_team_vals() for company in self])

    def _prepare_complaint_team_vals(self):
        """Values of a company's default team; called by :meth:`_create_complaint_teams`.

        Every function has its row, so that an administrator only fills in names.
        """
        self.ensure_one()
        plan = self.env.ref("complaint_management.plan_simple", raise_if_not_found=False)
        return {
            "name": self.env._("Complaint Team"),
            "company_id": self.id,
            "plan_id": plan.id if plan else False,
            "function_ids": [Command.create({"function": key}) for key, _label in FUNCTIONS],
        }
