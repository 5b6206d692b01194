from odoo import models


class ComplaintConcernedSimilar(models.Model):
    """Whom a case is about does not meet it among the cases an offer is compared with (R73)."""

    _inherit = "complaint.demand"

    def _get_hidden_complaints(self):
        # sudo: rules hide these cases from him; they are to be left out of what is counted
        about = self.env["complaint.complaint"].sudo()
        hidden = about.search([("concerned_user_ids", "in", [self.env.uid])])
        return [*super()._get_hidden_complaints(), *hidden.ids]
