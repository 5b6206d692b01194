from odoo import models


class RepairOrder(models.Model):
    """A repair that meets a customer's request (R37)."""

    _name = "repair.order"
    _inherit = [
        "repair.order",
        "complaint.remedy.document.mixin",
        "complaint.remedy.line.mixin",
        "complaint.linked.mixin",
    ]

    def _get_remedy_state(self):
        self.ensure_one()
        return {"done": "done", "cancel": "cancelled"}.get(self.state, "open")

    def write(self, vals):
        """See super; whatever its state does, the request hears of it."""
        result = super().write(vals)
        if {"state", "product_qty", "product_uom"}.intersection(vals):
            self._follow_remedy()
        return result

    def _link_to_goods(self, line):
        """:param line: ``complaint.demand.line`` these repairs stand for"""
        self._link_to_demand_line(line)
        self._link_to_demand(line.demand_id)
