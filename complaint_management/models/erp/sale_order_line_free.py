from odoo import api, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import TRUSTED

# What makes a line cost something, or bring something else.
GUARDED_FIELDS = frozenset(
    {"order_id", "price_unit", "product_id", "product_uom_id", "product_uom_qty"}
)


class SaleOrderLine(models.Model):
    """Lines of an order that makes a complaint good cost nothing, whatever happens to them (R37).

    Core would ask to invoice them, compute their price anew with each quantity, and let everybody
    send more than was granted (T16).
    """

    _inherit = "sale.order.line"

    def _is_free_of_charge(self):
        """:return: whether the line belongs to an order that meets a customer's request"""
        self.ensure_one()
        # sudo: that it costs nothing is no secret; the request it meets is
        return bool(self.order_id.sudo().complaint_demand_id)

    # ------------------------------------------------------------
    # Prices and invoices
    # ------------------------------------------------------------
    @api.depends("order_id.complaint_demand_id")
    def _compute_price_unit(self):
        """No price list brings a price back."""
        free = self.filtered(lambda line: line._is_free_of_charge())
        free.price_unit = 0.0
        free.technical_price_unit = 0.0
        return super(SaleOrderLine, self - free)._compute_price_unit()

    @api.depends("order_id.complaint_demand_id")
    def _compute_qty_to_invoice(self):
        """Nothing is to be invoiced, whatever was ordered or delivered."""
        free = self.filtered(lambda line: line._is_free_of_charge())
        free.qty_to_invoice = 0.0
        return super(SaleOrderLine, self - free)._compute_qty_to_invoice()

    @api.depends("order_id.complaint_demand_id")
    def _compute_invoice_status(self):
        """Neither invoiced nor an occasion to sell more."""
        free = self.filtered(lambda line: line._is_free_of_charge())
        free.invoice_status = "no"
        return super(SaleOrderLine, self - free)._compute_invoice_status()

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_free_of_charge()
        return lines

    def write(self, vals):
        """See super; what was granted stays what it is, and the request hears of less.

        :raise UserError: for a price, for other goods or for more of them
        """
        result = super().write(vals)
        if GUARDED_FIELDS.intersection(vals):
            self._check_free_of_charge()
        if {"product_uom_id", "product_uom_qty", "qty_delivered"}.intersection(vals):
            self.order_id._follow_remedy()
        return result

    def unlink(self):
        """See super; the request whose goods were taken off is to be carried out again."""
        orders = self.order_id
        result = super().unlink()
        orders.exists()._follow_remedy()
        return result

    def _check_free_of_charge(self):
        """:raise UserError: when a line of a free order has a price, or gives more than granted"""
        if self.env.context.get("complaint_transition") is TRUSTED:
            return
        # sudo: what was granted is compared, not shown
        for line in self.sudo():
            if line.display_type or not line._is_free_of_charge():
                continue
            if line._is_freight():
                if line.price_unit:
                    # The carrier's bill is ours; core adds it when the goods leave
                    line.with_context(complaint_transition=TRUSTED).price_unit = 0.0
                continue
            if line.price_unit:
                raise UserError(
                    self.env._(
                        "“%s” makes a complaint good and costs the customer nothing. Sell on an "
                        "order of its own.",
                        line.order_id.display_name,
                    )
                )
            if not line._is_granted():
                raise UserError(
                    self.env._(
                        "“%(order)s” makes a complaint good: it brings what was granted, and no "
                        "more of %(product)s. Add goods to the customer's request instead and "
                        "carry it out.",
                        order=line.order_id.display_name,
                        product=line.product_id.display_name,
                    )
                )

    def _is_freight(self):
        """:return: whether the line is a carrier's charge (app *Delivery*)"""
        self.ensure_one()
        return "is_delivery" in self._fields and self.is_delivery

    def _is_granted(self):
        """:return: whether the request grants these goods in this quantity"""
        self.ensure_one()
        goods = self.complaint_demand_line_id
        if self.product_uom_id.is_zero(self.product_uom_qty):
            return True
        if not goods or goods.product_id != self.product_id:
            return False
        covered = goods._get_covered_quantity()
        return goods.product_uom_id.compare(covered, goods.quantity) <= 0

    # ------------------------------------------------------------
    # How far it is
    # ------------------------------------------------------------
    def _is_free_over(self):
        """:return: whether everything was delivered, or nothing more is to come"""
        self.ensure_one()
        if self._is_freight() or self.product_uom_id.is_zero(self.product_uom_qty):
            return True
        if self.product_uom_id.compare(self.qty_delivered, self.product_uom_qty) >= 0:
            return True
        moves = self.move_ids
        return bool(moves) and all(move.state in ("done", "cancel") for move in moves)

    def _get_free_quantity(self):
        """:return: float in the line's unit: what it stands for, delivered or still to come"""
        self.ensure_one()
        if self.order_id.state == "cancel":
            return 0.0
        if self.move_ids and self._is_free_over():
            return min(self.qty_delivered, self.product_uom_qty)
        return self.product_uom_qty
