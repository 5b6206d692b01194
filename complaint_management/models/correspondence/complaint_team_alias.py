import ast

from odoo import fields, models


class ComplaintTeamAlias(models.Model):
    """A team's mail address: what arrives there becomes a draft of that team (R5)."""

    _name = "complaint.team"
    _inherit = ["complaint.team", "mail.alias.mixin.optional"]

    alias_contact = fields.Selection(related="alias_id.alias_contact", readonly=False)

    def _alias_get_creation_values(self):
        """Mails to the alias open complaints of this team, in its company."""
        values = super()._alias_get_creation_values()
        # sudo: which model complaints are; not everybody may read the list of models
        values["alias_model_id"] = self.env["ir.model"].sudo()._get("complaint.complaint").id
        if self.id and not self.alias_id:
            # Core takes the domain of whichever company one is working in
            values["alias_domain_id"] = self._alias_get_alias_domain_id()[self].id
        if self.id:
            values["alias_defaults"] = repr(self._prepare_alias_defaults())
        return values

    def _prepare_alias_defaults(self):
        """What complaints by mail to this team start with; what was configured beside it stays.

        :return: dict of create values
        """
        self.ensure_one()
        defaults = ast.literal_eval(self.alias_defaults or "{}")
        company = {"company_id": self.company_id.id} if self.company_id else {}
        return {**defaults, **company, "team_id": self.id}

    def write(self, vals):
        """A team that moves to another company takes its address along."""
        result = super().write(vals)
        if "company_id" in vals:
            for team in self.filtered("alias_id"):
                # sudo: the address follows the team its administrator moved
                team.alias_id.sudo().alias_defaults = repr(team._prepare_alias_defaults())
        return result
