from odoo import models


class SaleOrder(models.Model):
    """An order that costs the customer nothing: free goods, a gift."""

    _name = "sale.order"
    _inherit = ["sale.order", "complaint.remedy.document.mixin"]

    def _get_remedy_state(self):
        self.ensure_one()
        if self.state == "cancel":
            return "cancelled"
        return "done" if self.delivery_status == "full" else "open"

    def write(self, vals):
        """See super; cancelling tells the request."""
        result = super().write(vals)
        if "state" in vals:
            self._follow_remedy()
        return result
