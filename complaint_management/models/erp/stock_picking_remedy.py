from odoo import models


class StockPicking(models.Model):
    """A transfer that meets a customer's request: a return, or goods sent again."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "complaint.remedy.document.mixin"]

    def _get_remedy_state(self):
        self.ensure_one()
        return {"done": "done", "cancel": "cancelled"}.get(self.state, "open")

    def _action_done(self):
        result = super()._action_done()
        self._follow_remedy()
        return result

    def action_cancel(self):
        """See super; the request is to be carried out again."""
        result = super().action_cancel()
        self._follow_remedy()
        return result
