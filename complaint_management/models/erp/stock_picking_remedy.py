from odoo import models


class StockPicking(models.Model):
    """A transfer that meets a customer's request: a return, or goods sent again.

    Its state is computed from its moves, which tell the request (``stock_move_remedy``).
    """

    _name = "stock.picking"
    _inherit = ["stock.picking", "complaint.remedy.document.mixin"]

    def _get_remedy_state(self):
        self.ensure_one()
        return {"done": "done", "cancel": "cancelled"}.get(self.state, "open")

    def action_cancel(self):
        """See super; a transfer without goods has no moves that would tell the request."""
        result = super().action_cancel()
        self._follow_remedy()
        return result

    def _create_backorder_picking(self):
        """See super; what is left belongs to the same request."""
        backorder = super()._create_backorder_picking()
        # sudo: whoever receives goods need not see the request they belong to
        if demand := self.sudo().complaint_demand_id:
            backorder._link_to_demand(demand)
        return backorder
