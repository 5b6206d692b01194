from odoo import models


class ResPartner(models.Model):
    """A customer's complaints beside his orders (R59)."""

    _name = "res.partner"
    _inherit = ["res.partner", "complaint.linked.mixin"]

    _COMPLAINT_PATHS = ("partner_id.commercial_partner_id",)

    def _get_complaint_key(self):
        """A customer's people and addresses share the complaints of their company."""
        return self.commercial_partner_id
