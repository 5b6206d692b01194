from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS


class StockReturnPickingLine(models.TransientModel):
    """What comes back for a request: in pieces, and known to the move that is made of it."""

    _inherit = "stock.return.picking.line"

    complaint_demand_line_id = fields.Many2one(
        "complaint.demand.line", "Goods of a customer request", groups=INSIDE_GROUPS
    )

    @api.depends("complaint_demand_line_id")
    def _compute_uom_id(self):
        """See super; a third of a dozen is exact in pieces only."""
        result = super()._compute_uom_id()
        # sudo: whoever takes goods back need not see the request
        for line in self.sudo().filtered("complaint_demand_line_id"):
            line.uom_id = line.product_id.uom_id
        return result

    def _prepare_move_default_values(self, new_picking):
        vals = super()._prepare_move_default_values(new_picking)
        # sudo: as in _compute_uom_id; the move refuses a link that did not come from our code
        if line := self.sudo().complaint_demand_line_id:
            vals["complaint_demand_line_id"] = line.id
        return vals


class StockReturnPicking(models.TransientModel):
    """Core's return, and the delivery of its exchange alone."""

    _inherit = "stock.return.picking"

    def _get_proc_values(self, line):
        """See super; what is sent for a request is due now, not when the order was."""
        values = super()._get_proc_values(line)
        # sudo: as in StockReturnPickingLine
        if demand_line := line.sudo().complaint_demand_line_id:
            now = fields.Datetime.now()
            values = {**values, "complaint_demand_line_id": demand_line.id}
            for name in ("date_planned", "date_deadline"):
                if values.get(name):
                    values[name] = max(values[name], now)
        return values

    def _send_goods_again(self):
        """Plan the delivery of an exchange whose goods are taken back already.

        The same as core does in ``action_create_exchanges`` after the return.
        """
        self.ensure_one()
        rules = self.env["stock.rule"]
        delivery = self.picking_id
        rules.run(
            [
                rules.Procurement(
                    line.product_id,
                    line.quantity,
                    line.uom_id,
                    line.move_id.location_dest_id,
                    line.product_id.display_name,
                    delivery.origin,
                    delivery.company_id,
                    self._get_proc_values(line),
                )
                for line in self.product_return_moves
            ]
        )
