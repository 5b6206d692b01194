from odoo import models


class ComplaintRechargeLineRefund(models.Model):
    """What of the same purchase was refunded before."""

    _inherit = "complaint.recharge.line"

    def _get_refunded_quantity(self):
        """:return: quantity that other living refunds of the purchase cover, in its unit"""
        self.ensure_one()
        purchase = self.purchase_line_id
        others = self.search([("purchase_line_id", "=", purchase.id), ("id", "not in", self.ids)])
        others = others.filtered(lambda o: any(m._is_living() for m in o.recharge_id.refund_ids))
        total = sum(other._get_purchase_quantity() for other in others)
        unit = purchase.product_uom_id
        for line in purchase.invoice_lines:
            move = line.move_id
            counts = move.move_type == "in_refund" and move._is_living()
            if counts and not move.complaint_recharge_id:
                total += line.product_uom_id._compute_quantity(line.quantity, unit, round=False)
        return total
