from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..remedies.complaint_demand_remedy import GIVEN_KINDS


class SaleOrder(models.Model):
    """An order that costs the customer nothing: free goods, a gift (R37).

    Its prices and quantities are guarded in ``sale_order_line_free``.
    """

    _name = "sale.order"
    _inherit = ["sale.order", "complaint.remedy.document.mixin"]

    complaint_is_free = fields.Boolean(
        "Free of charge for a complaint",
        compute="_compute_complaint_is_free",
        compute_sudo=True,
        help="It makes a complaint good: nothing is invoiced.",
    )

    @api.depends("complaint_demand_id")
    def _compute_complaint_is_free(self):
        """That it costs nothing is for everybody who sees the order; the request is not."""
        for order in self:
            order.complaint_is_free = bool(order.complaint_demand_id)

    def _get_remedy_state(self):
        """Done when nothing more is to come; what brought nothing is as good as cancelled."""
        self.ensure_one()
        if self.state == "cancel":
            return "cancelled"
        if self.state != "sale":
            return "open"
        lines = self.order_line.filtered(lambda line: not line.display_type)
        if not all(line._is_free_over() for line in lines):
            return "open"
        return "done" if any(line.qty_delivered > 0 for line in lines) else "cancelled"

    def _get_remedy_label(self):
        """Say how far the delivery is: that an order is one says nothing."""
        self.ensure_one()
        if self.state != "sale" or not self.delivery_status:
            return super()._get_remedy_label()
        field = self._fields["delivery_status"]
        return f"{self.display_name} · {field.convert_to_export(self.delivery_status, self)}"

    def write(self, vals):
        """See super; the request hears of each step.

        :raise UserError: when an order is confirmed, or a cancelled one taken up, that its request
            does not grant (any more), or whose goods were ordered anew (T16, T17)
        """
        if vals.get("state", "cancel") != "cancel":
            # sudo: who confirms an order need not see the request it met
            for order in self.sudo().filtered("complaint_demand_id"):
                if order.state == "cancel":
                    order._check_free_wanted()
                if order.state == "cancel" or order.state != vals["state"] == "sale":
                    order._check_free_granted()
        result = super().write(vals)
        if "state" in vals:
            self._follow_remedy()
        return result

    def _check_free_granted(self):
        """:raise UserError: where the request was declined or became something else"""
        self.ensure_one()
        demand = self.complaint_demand_id
        if not demand._still_grants(GIVEN_KINDS):
            raise UserError(
                self.env._(
                    "“%(order)s” was made for “%(request)s” of %(complaint)s, which does not grant "
                    "it any more. Leave it cancelled and carry the request out anew.",
                    order=self.display_name,
                    request=demand.display_name,
                    complaint=demand.complaint_id.name,
                )
            )

    def _check_free_wanted(self):
        """:raise UserError: where other documents stand for the goods of this cancelled order"""
        self.ensure_one()
        for line in self.order_line:
            goods = line.complaint_demand_line_id
            if not goods:
                continue
            quantity = line.product_uom_id._compute_quantity(
                line.product_uom_qty, goods.product_uom_id
            )
            if goods.product_uom_id.compare(goods._get_remaining_quantity(), quantity) < 0:
                raise UserError(
                    self.env._(
                        "“%(order)s” made a complaint good; other documents stand for its goods "
                        "by now: %(product)s",
                        order=self.display_name,
                        product=goods.product_id.display_name,
                    )
                )

    def _tell_warehouse_of_complaint(self):
        """Write on the deliveries why nothing is charged, and which lots not to send again."""
        for order in self:
            for picking in order.picking_ids:
                texts = (Markup("<p>%s</p>") % text for text in order._get_free_notes())
                # Added: what else is noted there, as by an automation, stays
                picking.note = (picking.note or Markup("")) + Markup("").join(texts)

    def _get_free_notes(self):
        """:return: list of sentences for the warehouse"""
        self.ensure_one()
        complaint = self.complaint_demand_id.complaint_id
        products = self.order_line.product_id
        lots = self.complaint_demand_id.line_ids.lot_ids | complaint.line_ids.lot_ids
        lots = lots.filtered(lambda lot: lot.product_id in products)
        texts = [self.env._("Free of charge for complaint %s.", complaint.name)]
        if lots:
            texts.append(
                self.env._(
                    "These lots are complained about, send others: %s",
                    ", ".join(lots.mapped("name")),
                )
            )
        return texts
