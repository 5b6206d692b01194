from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

# So many orders are listed, the newest first; an older one is found by its number.
MAX_LISTED = 40
# So many goods of an order are named, for recognising it.
MAX_NAMED = 3


class ComplaintOrders(models.Model):
    """The small choice: which delivery a code means, and which further orders belong here (R62)."""

    _inherit = "complaint.complaint"

    def action_choose_orders(self):
        """Ask which of the customer's other orders are complained about, too.

        :return: action of the choice
        :raise AccessError: when the caller may not write the complaint
        :raise UserError: without a customer, after registration, or where there are none
        """
        self.ensure_one()
        self._check_goods_addable()
        if not self._get_customer():
            raise UserError(self.env._("Choose the customer first, or scan a number of his."))
        orders = self._find_further_orders()
        if not orders:
            raise UserError(
                self.env._(
                    "%s has no other confirmed order that you may see.", self._get_customer().name
                )
            )
        return self._choose_source(
            self.env._("Add goods of other orders"),
            [self._prepare_choice({"source": order}) for order in orders],
            kind="orders",
        )

    def _find_further_orders(self):
        """:return: ``sale.order`` the caller may read, the newest first"""
        here = self.line_ids.sale_order_id | self.sale_order_id
        if not self.env["sale.order"].has_access("read"):
            return self.env["sale.order"]
        return self.env["sale.order"].search(
            self._get_further_orders_domain() & Domain("id", "not in", here.ids),
            order="date_order desc, id desc",
            limit=MAX_LISTED,
        )

    def _get_further_orders_domain(self):
        """:return: domain of the orders that may stand beside what is here; may be extended"""
        return Domain(
            [
                ("partner_id.commercial_partner_id", "=", self._get_customer().id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "sale"),
            ]
        )

    # ------------------------------------------------------------
    # The choice
    # ------------------------------------------------------------
    def _choose_source(self, title, choices, kind="one", **vals):
        """:param list choices: create values of ``complaint.source.wizard.line``
        :param str kind: ``one``: one is meant; ``orders``: several may be ticked
        :return: action that asks
        """
        wizard = self.env["complaint.source.wizard"].create(
            {
                "complaint_id": self.id,
                "kind": kind,
                "line_ids": [(0, 0, choice) for choice in choices],
                **vals,
            }
        )
        return wizard._get_action(title)

    def _prepare_choice(self, found):
        """What one row of the choice shows and does.

        :param dict found: of a finder, see ``complaint_code_find``
        :return: create values of ``complaint.source.wizard.line``
        """
        if found.get("line"):
            return self._prepare_line_choice(found["line"], found.get("lot_id"))
        if found.get("delivered"):
            return self._prepare_delivered_choice(found["delivered"])
        if found.get("source") is not None:
            return self._prepare_source_choice(found["source"])
        product = self.env["product.product"].browse(found["product_id"])
        return {"product_id": product.id, "product_name": product.display_name}

    def _prepare_line_choice(self, line, lot_id):
        # sudo: names of what stands in a complaint the user may write
        named = line.sudo()
        return {
            "complaint_line_id": line.id,
            "lot_id": lot_id,
            "source_name": (named.picking_id or named.sale_order_id).name,
            "product_name": line.name,
            "lot_name": line.lot_label,
            "date": line.date_shipped,
            "quantity": line.quantity_shipped,
            "unit_name": line.product_uom_id.name,
        }

    def _prepare_source_choice(self, source):
        is_order = source._name == "sale.order"
        # sudo: whose it is, of an order or delivery the user may read
        customer = self._get_source_customer(source.sudo())
        return {
            "sale_order_id": source.id if is_order else False,
            "picking_id": False if is_order else source.id,
            "source_name": source.name,
            "reference": source.client_order_ref if is_order else source.sudo().sale_id.name,
            "customer_name": customer.display_name if customer else False,
            "product_name": self._name_goods(source),
            "date": source.date_order if is_order else source.date_done,
        }

    def _name_goods(self, source):
        """:return: the first goods of an order or delivery, for recognising it"""
        lines = source.order_line if source._name == "sale.order" else source.move_ids
        names = list(dict.fromkeys(lines.product_id.mapped("display_name")))
        more = len(names) - MAX_NAMED
        parts = names[:MAX_NAMED] + ([self.env._("%s more", more)] if more > 0 else [])
        return ", ".join(parts)

    def _prepare_delivered_choice(self, delivered):
        """A row about goods of one delivery; ``delivered.source`` is readable to the user."""
        move, lot = delivered.move, delivered.lot
        lots = move.move_line_ids.filtered(lambda line: not lot or line.lot_id == lot)
        is_order = delivered.source._name == "sale.order"
        return {
            "sale_order_id": delivered.source.id if is_order else False,
            "picking_id": False if is_order else delivered.source.id,
            "move_id": move.id,
            "lot_id": lot.id,
            "source_name": delivered.picking.name,
            "reference": ", ".join(
                filter(None, (delivered.order.name, delivered.order.client_order_ref))
            ),
            "customer_name": delivered.customer.display_name,
            "product_name": move.product_id.display_name,
            "lot_name": lot.name,
            "date": move.date,
            "quantity": sum(lots.mapped("quantity_product_uom")),
            "unit_name": move.product_id.uom_id.name,
        }
