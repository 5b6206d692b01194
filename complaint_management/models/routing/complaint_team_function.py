from odoo import fields, models

from .complaint_function import FUNCTIONS


class ComplaintTeamFunction(models.Model):
    """One function of a team, its holder and his backup (R5, R60)."""

    _name = "complaint.team.function"
    _description = "Function in a Complaint Team"
    _order = "team_id, id"
    _rec_name = "function"
    _check_company_auto = True

    team_id = fields.Many2one("complaint.team", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="team_id.company_id", store=True, index=True)
    function = fields.Selection(FUNCTIONS, required=True)
    user_id = fields.Many2one("res.users", "Holder", domain="[('share', '=', False)]")
    backup_user_id = fields.Many2one("res.users", "Backup", domain="[('share', '=', False)]")

    _function_unique = models.Constraint(
        "UNIQUE(team_id, function)", "A team has each function once: change its holder instead."
    )
