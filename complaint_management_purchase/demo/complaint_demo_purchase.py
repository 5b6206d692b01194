from datetime import timedelta

from odoo import Command, api, fields, models


class ComplaintDemoPurchase(models.AbstractModel):
    """Goods of the demo that a vendor delivered."""

    _inherit = "complaint.demo"

    @api.model
    def _purchase(self, order_id, days, lots):
        """Confirm a purchase of one product and receive it on these lots.

        :param int days: how long ago the goods came
        :param list lots: ``(lot id, quantity in the product's unit)``
        """
        order = self.env["purchase.order"].browse(order_id).with_context(mail_notrack=True)
        moment = fields.Datetime.now() - timedelta(days=days)
        order.button_confirm()
        order.date_approve = moment - timedelta(days=10)
        picking = order.picking_ids
        move = picking.move_ids
        move.move_line_ids.unlink()
        move.move_line_ids = [
            Command.create(
                {
                    **move._prepare_move_line_vals(),
                    "lot_id": lot_id,
                    "quantity": quantity,
                    "picked": True,
                }
            )
            for lot_id, quantity in lots
        ]
        move._action_done()
        picking.date_done = moment
        move.date = moment
