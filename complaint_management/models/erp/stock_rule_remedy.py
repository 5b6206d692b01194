from odoo import models


class StockRule(models.Model):
    """Goods sent for a request keep their link through every step of the warehouse."""

    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        return [*super()._get_custom_move_fields(), "complaint_demand_line_id"]

    def _run_push(self, move):
        """See super; after picking comes packing and shipping, for the same goods.

        What came back and is put away is no matter of the request any more.
        """
        pushed = super()._run_push(move)
        if pushed and move.location_final_id.usage == "customer":
            # sudo: whoever picks goods need not see the request they are for
            line = move.sudo().complaint_demand_line_id
            if line:
                pushed._link_to_demand_line(line)
        return pushed
