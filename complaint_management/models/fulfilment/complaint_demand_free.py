from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context


class ComplaintDemandFree(models.Model):
    """Goods the customer gets for nothing: free goods, and gifts as a gesture (R37, R50).

    They leave on a sales order whose lines cost nothing: sales sees it, the warehouse delivers it
    by the usual routes, and there is nothing to invoice (``erp/sale_order_line_free``).
    """

    _inherit = "complaint.demand"

    def _execute_free_goods(self):
        """Order the goods of the request for nothing; called by :meth:`action_execute`.

        :return: the confirmed ``sale.order``, empty where living orders stand for all of it
        :raise UserError: without goods, or without a customer
        """
        return self._order_for_nothing()

    def _execute_gift(self):
        """Order the gift of the request; called by :meth:`action_execute`.

        :return: the confirmed ``sale.order``, empty where living orders stand for all of it
        :raise UserError: without goods, or without a customer
        """
        return self._order_for_nothing()

    def _fill_lines(self):
        """See super. A gift nobody chose is the company's usual one."""
        result = super()._fill_lines()
        vals_list = []
        for demand in self.filtered(lambda d: d.remedy_kind == "gift" and not d.line_ids):
            # sudo: a setting of the company
            product = demand.sudo().company_id.complaint_gift_product_id
            if product:
                vals_list.append(
                    {
                        "demand_id": demand.id,
                        "product_id": product.id,
                        "product_uom_id": product.uom_id.id,
                        "quantity": 1.0,
                    }
                )
        return result | self.env["complaint.demand.line"].create(vals_list)

    # ------------------------------------------------------------
    # The order
    # ------------------------------------------------------------
    def _order_for_nothing(self):
        """:return: confirmed ``sale.order`` of what no living order stands for yet"""
        self.ensure_one()
        goods = [(line, line._get_remaining_quantity()) for line in self.line_ids]
        if not goods:
            raise UserError(
                self.env._("“%s”: say first which goods the customer gets.", self.display_name)
            )
        goods = [(line, quantity) for line, quantity in goods if quantity]
        order = self._get_order_model()
        if not goods:
            return order
        # Made as a quotation, linked, then confirmed: core never sees anything to invoice
        order = order.create(self._prepare_free_order_vals())
        lines = order.order_line.create(
            [self._prepare_free_note_vals(order)]
            + [
                self._prepare_free_line_vals(order, line, quantity, 10 * index)
                for index, (line, quantity) in enumerate(goods, start=1)
            ]
        )
        for order_line, (line, _quantity) in zip(lines[1:], goods, strict=True):
            order_line._link_to_demand_line(line)
        order._link_to_demand(self)
        order.action_confirm()
        order._tell_warehouse_of_complaint()
        return order

    def _get_order_model(self):
        """:return: ``sale.order`` in the company of the complaint, as superuser"""
        # sudo: the accepted request is the authority; customer service may not sell. Defaults of
        # the form the button stood in are none of the order's
        context = clean_context(self.env.context)
        orders = self.env["sale.order"].sudo().with_company(self.company_id)
        # Nobody is assigned anything: who makes an offer good knows
        return orders.with_context(context, mail_auto_subscribe_no_notify=True)

    def _prepare_free_order_vals(self):
        """Values of the order that costs nothing; called by :meth:`_order_for_nothing`.

        As the order complained about, where there is one: address, price list, warehouse.

        :raise UserError: where the complaint has no customer yet
        """
        self.ensure_one()
        # sudo: the order a complaint is about, to who may decide about it
        complaint = self.complaint_id.sudo()
        partner = complaint.partner_id
        if not partner:
            raise UserError(
                self.env._(
                    "%s has no customer yet: choose whom the goods are sent to.", complaint.name
                )
            )
        sold = complaint.sale_order_id
        if sold.partner_id.commercial_partner_id != partner.commercial_partner_id:
            sold = sold.browse()
        vals = {
            "partner_id": (sold.partner_id or partner).id,
            "company_id": complaint.company_id.id,
            "user_id": (complaint.user_id or self.env.user).id,
            "origin": complaint.name,
            "client_order_ref": complaint.customer_reference
            or complaint.customer_order_ref
            or sold.client_order_ref,
            "require_signature": False,
            "require_payment": False,
        }
        if "sale_order_template_id" in self.env["sale.order"]._fields:
            # Of sale_management: its texts and its mail belong to quotations
            vals["sale_order_template_id"] = False
        return {**vals, **self._prepare_free_delivery_vals(sold)}

    def _prepare_free_delivery_vals(self, sold):
        """Where the goods go and where from; called by :meth:`_prepare_free_order_vals`.

        :param sold: ``sale.order`` that is complained about, may be empty
        """
        self.ensure_one()
        picking = self.complaint_id.sudo().picking_id  # sudo: as in the caller
        vals = {}
        if sold:
            vals = {
                "partner_invoice_id": sold.partner_invoice_id.id,
                "partner_shipping_id": sold.partner_shipping_id.id,
                "team_id": sold.team_id.id,
                "warehouse_id": sold.warehouse_id.id,
            }
            if sold.pricelist_id.active:
                vals["pricelist_id"] = sold.pricelist_id.id
        if picking.picking_type_code == "outgoing" and picking.partner_id:
            vals["partner_shipping_id"] = picking.partner_id.id
            warehouse = picking.picking_type_id.warehouse_id
            if not sold and warehouse:
                vals["warehouse_id"] = warehouse.id
        return vals

    def _prepare_free_line_vals(self, order, line, quantity, sequence):
        """Values of a line that costs nothing; called by :meth:`_order_for_nothing`.

        :param line: ``complaint.demand.line``
        :param float quantity: in the line's unit
        """
        return {
            "order_id": order.id,
            "sequence": sequence,
            "product_id": line.product_id.id,
            "product_uom_id": line.product_uom_id.id,
            "product_uom_qty": quantity,
            "price_unit": 0.0,
            "discount": 0.0,
        }

    def _prepare_free_note_vals(self, order):
        """Values of the note the customer reads why it costs nothing; called by
        :meth:`_order_for_nothing`.
        """
        # In the customer's language
        env = self.with_context(lang=order.partner_id.lang).env
        number = self.complaint_id.name
        if self.remedy_kind == "gift":
            name = env._("With our thanks for your patience, complaint %s", number)
        else:
            name = env._("Free of charge, your complaint %s", number)
        return {"order_id": order.id, "sequence": 1, "display_type": "line_note", "name": name}


class ComplaintDemandLineFree(models.Model):
    """What orders stand for already."""

    _inherit = "complaint.demand.line"

    order_line_ids = fields.One2many(
        "sale.order.line",
        "complaint_demand_line_id",
        "Order lines",
        groups="sales_team.group_sale_salesman",
    )

    def _get_covered_quantity(self):
        """Add what is ordered and still to come, or was delivered."""
        covered = super()._get_covered_quantity()
        # sudo: how much is under way, to who decides about the request
        for order_line in self.sudo().order_line_ids:
            covered += order_line.product_uom_id._compute_quantity(
                order_line._get_free_quantity(), self.product_uom_id, rounding_method="HALF-UP"
            )
        return covered
