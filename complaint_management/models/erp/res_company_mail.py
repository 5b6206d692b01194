from odoo import models

ALIAS = "complaints"


class ResCompany(models.Model):
    """Where mails arrive at all, a company's first team has an address for complaints (R5)."""

    _inherit = "res.company"

    def _prepare_complaint_team_vals(self):
        """Propose ``complaints@``, or the same with the company's number where that is taken."""
        vals = super()._prepare_complaint_team_vals()
        domain = self.alias_domain_id
        if domain:
            # sudo: which addresses are taken, whoever creates a company
            aliases = self.env["mail.alias"].sudo().search([("alias_domain_id", "=", domain.id)])
            taken = {alias.alias_name for alias in aliases}
            sharing = self.sudo().search([("alias_domain_id", "=", domain.id)], order="id", limit=1)
            first = ALIAS not in taken and sharing == self
            name = ALIAS if first else f"{ALIAS}-{self.id}"
            if name not in taken:
                vals["alias_name"] = name
        return vals
