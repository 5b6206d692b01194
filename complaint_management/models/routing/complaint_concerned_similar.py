from odoo import models


class ComplaintConcernedSimilar(models.Model):
    """Whom a case is about does not meet it among the cases an offer is compared with (R73)."""

    _inherit = "complaint.demand"

    def _get_hidden_complaints(self):
        return [*super()._get_hidden_complaints(), *self.env.user._get_complaint_ids_about()]
