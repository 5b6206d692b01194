from odoo import models


class AccountMove(models.Model):
    """A credit note that meets a customer's request."""

    _name = "account.move"
    _inherit = ["account.move", "complaint.remedy.document.mixin"]

    # One living credit note for each request and invoice, whatever the door (T17)
    _complaint_demand_unique = models.UniqueIndex(
        "(complaint_demand_id, COALESCE(reversed_entry_id, 0)) "
        "WHERE complaint_demand_id IS NOT NULL AND state != 'cancel'",
        "The customer's request has its credit note already.",
    )

    def _get_remedy_state(self):
        self.ensure_one()
        return {"posted": "done", "cancel": "cancelled"}.get(self.state, "open")

    def write(self, vals):
        """See super; posting, cancelling and resetting tell the request."""
        result = super().write(vals)
        if "state" in vals:
            self._follow_remedy()
        return result
