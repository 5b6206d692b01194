from odoo import api, models
from odoo.exceptions import ValidationError


class ComplaintRechargeLineReceived(models.Model):
    """Claimed beside received: never more than the purchase brought in (R20)."""

    _inherit = "complaint.recharge.line"

    @api.constrains("quantity", "purchase_line_id", "product_uom_id", "product_id")
    def _check_received(self):
        """Nothing is claimed that was not received by that purchase.

        :raise ValidationError: naming goods and quantities
        """
        # sudo: purchases, to whoever may write the claim
        for line in self.sudo().filtered("purchase_line_id"):
            purchase = line.purchase_line_id
            if purchase.product_id != line.product_id:
                raise ValidationError(
                    self.env._(
                        "%(goods)s did not come by %(purchase)s: choose a purchase of these goods.",
                        goods=line.product_id.display_name,
                        purchase=purchase.order_id.name,
                    )
                )
            received = line._get_received_quantity()
            if purchase.product_uom_id.compare(line._get_purchase_quantity(), received) > 0:
                raise ValidationError(
                    self.env._(
                        "%(goods)s: %(quantity)g are claimed, but only %(received)g were received "
                        "by %(purchase)s.",
                        goods=line.product_id.display_name,
                        quantity=line.quantity,
                        received=received,
                        purchase=purchase.order_id.name,
                    )
                )

    def _get_purchase_quantity(self):
        """:return: the claimed quantity in the unit of the purchase"""
        self.ensure_one()
        unit = self.purchase_line_id.product_uom_id
        return (self.product_uom_id or unit)._compute_quantity(
            self.quantity, unit, rounding_method="HALF-UP"
        )

    def _get_receipt_moves(self):
        """:return: ``stock.move`` by which the goods of the purchase came in, done, latest first"""
        self.ensure_one()
        return self.purchase_line_id.move_ids.filtered(
            lambda m: (
                m.state == "done"
                and m.product_id == self.product_id
                and m.location_id.usage == "supplier"
            )
        ).sorted(lambda m: (m.date, m.id), reverse=True)

    def _get_received_quantity(self):
        """:return: what the purchase brought in, returns not taken off, in its unit"""
        self.ensure_one()
        unit = self.purchase_line_id.product_uom_id
        return sum(
            move.product_uom._compute_quantity(move.quantity, unit, rounding_method="HALF-UP")
            for move in self._get_receipt_moves()
        )
