from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..complaint.complaint_state_guard import TRUSTED
from .credit_room import CreditRoom


class ComplaintDemandCredit(models.Model):
    """Money back for goods, at the price they were invoiced (R37): one credit note per invoice."""

    _inherit = "complaint.demand"

    # ------------------------------------------------------------
    # Making
    # ------------------------------------------------------------
    def _execute_credit(self):
        """Draft the credit notes of the goods, or of the amount where there are none.

        :return: ``account.move``, empty where everything is credited already
        :raise UserError: when more is asked for than was invoiced or is left
        """
        self.ensure_one()
        if self._is_amount_credit():
            return self._execute_discount()
        # sudo: invoices of the goods the complaint is about, to who works on it
        goods = self.sudo().line_ids
        sold = self.env["sale.order.line"].sudo().union(*(li._get_sale_lines() for li in goods))
        room = CreditRoom(self._filter_invoices(sold.invoice_lines.move_id))
        room.lock()
        parts = self._plan_credit(goods, room)
        made = self.env["account.move"].sudo()  # sudo: what is drafted here
        for invoice in room.invoices:
            chosen = [part for part in parts if part.invoice_line.move_id == invoice]
            if chosen:
                self._check_not_credited(invoice)
                made |= self._reverse_invoice(invoice, chosen, room)
        self._hand_over_refunds(made)
        if made:
            self._check_worth_covered()
        return made

    def _check_not_credited(self, invoice):
        """:raise UserError: when finance changed a credit note of ours: two would differ"""
        if refund := self._get_living_refunds().filtered(lambda m: m.reversed_entry_id == invoice):
            raise UserError(
                self.env._(
                    "%(move)s was changed: it credits less than “%(request)s” asks for. Cancel it "
                    "to make it anew, or press Done.",
                    move=refund[0].display_name,
                    request=self.display_name,
                )
            )

    def _plan_credit(self, goods, room):
        """Say which invoice lines are credited, and what of it the order has to know.

        :param goods: ``complaint.demand.line`` with sudo
        :param room: ``CreditRoom`` of all their invoices
        :return: list of ``Part``
        """
        # What each order was invoiced too much, and what came back, is shared by its goods
        too_much, returned, parts = {}, {}, []
        pieces = [
            (line, sold, quantity)
            for line in goods.filtered(lambda li: li._get_remaining_quantity())
            for sold, quantity in line._spread_over_sale_lines(room)
        ]
        for line, sold, open_ in pieces:
            if sold not in too_much:
                too_much[sold] = max(-sold.qty_to_invoice, 0.0)
                returned[sold] = line._get_returned_quantity(sold)
            back = min(open_, returned[sold])
            linked = min(back, too_much[sold])
            line._check_was_invoiced(sold, back - linked)
            returned[sold] -= back
            too_much[sold] -= linked
            for quantity, keeps_order, stays in (
                (linked, True, False),
                (back - linked, False, False),
                (open_ - back, False, True),
            ):
                parts += line._take_room(sold, quantity, room, keeps_order, stays)
        return parts

    def _reverse_invoice(self, invoice, parts, room):
        """Let Odoo reverse an invoice, then cut the credit note to the parts.

        :param list parts: ``Part`` of this invoice
        :return: ``account.move`` with sudo, a draft
        :raise UserError: when its money would be more than is left of the invoice
        """
        self.ensure_one()
        wizard = self._get_entries().env["account.move.reversal"]
        wizard = wizard.with_context(active_model="account.move", active_ids=invoice.ids).create(
            self._prepare_reversal_vals(invoice)
        )
        wizard.refund_moves()
        refund = wizard.new_move_ids
        refund.with_context(complaint_transition=TRUSTED).write(
            {
                "invoice_line_ids": [
                    *(Command.unlink(line.id) for line in refund.invoice_line_ids),
                    *(
                        Command.create({**self._prepare_credit_line_vals(part), "sequence": number})
                        for number, part in enumerate(parts, start=1)
                    ),
                ]
            }
        )
        if lines := self._prepare_reduction_lines(invoice, refund):
            refund.with_context(complaint_transition=TRUSTED).write(
                {"invoice_line_ids": [Command.create(vals) for vals in lines]}
            )
        self._keep_within(refund, invoice, room)
        return refund

    def _prepare_reduction_lines(self, invoice, refund):
        """Values of the lines that take the goods' share of the invoice's own discounts off a
        credit note; called by :meth:`_reverse_invoice`.

        :param refund: ``account.move`` with the goods at their own prices
        """
        self.ensure_one()
        lines = invoice.invoice_line_ids
        total = sum(lines.filtered(CreditRoom.is_source).mapped("price_subtotal"))
        if not total:
            return []
        share = sum(refund.invoice_line_ids.mapped("price_subtotal")) / total
        return [
            self._prepare_money_line(
                line.name,
                invoice.currency_id.round(line.price_subtotal * share),
                line.tax_ids,
                line.account_id,
            )
            for line in lines.filtered(CreditRoom.is_reduction)
        ]

    def _prepare_reversal_vals(self, invoice):
        """Values of Odoo's own reversal wizard; called by :meth:`_reverse_invoice`."""
        self.ensure_one()
        return {
            "journal_id": self._get_refund_journal(invoice).id,
            "reason": self._get_refund_reference(),
        }

    def _prepare_credit_line_vals(self, part):
        """Values of a line of a credit note for goods; called by :meth:`_reverse_invoice`."""
        line, quantity = part.invoice_line, part.quantity
        unit, price = line.product_uom_id, line.price_unit
        if unit and not self._is_exact(quantity, unit):
            # A third of a carton: counted in the unit of the request, so that no money is lost
            unit = part.goods.product_uom_id
            quantity = CreditRoom.convert(quantity, line.product_uom_id, unit)
            price = line.product_uom_id._compute_price(price, unit)
        return {
            "name": line.name,
            "product_id": line.product_id.id,
            "quantity": quantity,
            "product_uom_id": unit.id,
            "price_unit": price,
            "discount": line.discount,
            "tax_ids": [Command.set(line.tax_ids.ids)],
            "account_id": line.account_id.id,
            "analytic_distribution": line.analytic_distribution,
            "sale_line_ids": [Command.set(line.sale_line_ids.ids if part.keeps_order else [])],
            "complaint_demand_line_id": part.goods.id,
            "complaint_goods_stay": part.stays,
        }

    def _is_exact(self, quantity, unit):
        """:return: whether a quantity can be written in ``unit`` without loss"""
        return abs(unit.round(quantity) - quantity) < 1e-6

    def _keep_within(self, refund, invoice, room):
        """Take the cents off that rounding in parts adds; refuse what is more.

        :raise UserError: when more would be credited than is left of the invoice
        """
        left, asked = room.get_amount(invoice), refund.amount_untaxed
        currency = refund.currency_id
        excess = asked - left
        if currency.compare_amounts(excess, 0.0) <= 0:
            return
        if excess <= currency.rounding * 5 and left > 0:
            line = max(refund.invoice_line_ids, key=lambda li: li.price_subtotal)
            line.price_unit *= 1 - excess / line.price_subtotal
            return
        raise UserError(
            self.env._(
                "Only %(left)s of invoice %(invoice)s are left to credit, the goods of "
                "“%(request)s” cost %(amount)s. Lower the quantities, or credit an amount instead.",
                left=currency.format(max(left, 0.0)),
                invoice=invoice.name,
                request=self.display_name,
                amount=currency.format(asked),
            )
        )
