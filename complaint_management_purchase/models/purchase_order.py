from odoo import api, fields, models


class PurchaseOrder(models.Model):
    """What was claimed because of a purchase (R20)."""

    _inherit = "purchase.order"

    complaint_recharge_count = fields.Integer(
        "Supplier claims",
        compute="_compute_complaint_recharge_count",
        groups="purchase.group_purchase_user",
    )

    @api.depends_context("uid")
    def _compute_complaint_recharge_count(self):
        """Count with one query for any number of orders."""
        counts = dict(
            self.env["complaint.recharge.line"]._read_group(
                [("purchase_order_id", "in", self.ids)],
                ["purchase_order_id"],
                ["recharge_id:count_distinct"],
            )
        )
        for order in self:
            order.complaint_recharge_count = counts.get(order._origin, 0)

    def action_view_complaint_recharges(self):
        """:return: action of the claims because of these orders"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "complaint_management_purchase.complaint_recharge_action"
        )
        action["domain"] = [("line_ids.purchase_order_id", "in", self.ids)]
        action["context"] = {"create": False}
        return action
