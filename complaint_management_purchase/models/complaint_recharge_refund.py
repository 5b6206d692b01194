from odoo import fields, models
from odoo.fields import Command

from .complaint_recharge import AGREED_STATES


class ComplaintRechargeRefund(models.Model):
    """The vendor's credit note, as a draft for accounting (R20).

    A refund of its own, not a reversal: a copy of the bill's lines would be about all of it, and
    money alone would make the purchase “to bill” again. Where the goods go back, too, its lines
    count against the purchase.
    """

    _inherit = "complaint.recharge"

    def action_refund(self):
        """Make the draft of the vendor's credit note; the living one is opened again.

        :return: action that opens the refunds
        :raise AccessError: for those who may only read it
        :raise UserError: saying why there is none to make
        """
        self._execute("_execute_refund", "_get_refund_obstacle")
        return self.action_view_refunds()

    def action_view_refunds(self):
        """:return: action that opens the vendor refunds made of the claim"""
        self.ensure_one()
        self.check_access("read")
        # sudo: which documents there are; core asks for the right to open them
        refunds = self.sudo().refund_ids.with_env(self.env)
        return self._open_documents(refunds, self.env._("Vendor Refunds"))

    def _get_refund_obstacle(self):
        """:return: translated sentence why no refund can be made, or an empty text"""
        self.ensure_one()
        if self.kind == "claim":
            return self.env._("%s asks for no refund.", self.name)
        if self.state not in AGREED_STATES:
            return self.env._("%s: note first what the vendor accepts.", self.name)
        if not self.amount_accepted:
            return self.env._("%s: no amount was accepted.", self.name)
        if self.refund_ids.filtered(lambda m: m._is_living()):
            return self.env._("%s: there is a vendor refund already.", self.name)
        return self._get_refunded_obstacle()

    def _get_refunded_obstacle(self):
        """:return: translated sentence where more would be refunded than was received, or an empty
        text
        """
        for line in self.line_ids.filtered("purchase_line_id"):
            unit = line.purchase_line_id.product_uom_id
            wanted = line._get_refunded_quantity() + line._get_purchase_quantity()
            if unit.compare(wanted, line._get_received_quantity()) > 0:
                return self.env._(
                    "%(goods)s: more would be refunded than was received by %(purchase)s.",
                    goods=line.product_id.display_name,
                    purchase=line.purchase_line_id.order_id.name,
                )
        return ""

    def _execute_refund(self):
        """Make the draft refund; rights and state were checked.

        :return: the new ``account.move``
        """
        moves = self.env["account.move"].with_company(self.company_id)
        refund = moves.create(self._prepare_refund_vals())
        refund._link_to_recharge("complaint_recharge_id", self)
        return refund

    def _prepare_refund_vals(self):
        """Values of the draft refund; called by :meth:`_execute_refund`."""
        self.ensure_one()
        orders = self.line_ids.purchase_order_id
        bill = self._get_refunded_bill()
        return {
            "move_type": "in_refund",
            "company_id": self.company_id.id,
            "partner_id": (bill.partner_id or self.partner_id).id,
            "currency_id": self.currency_id.id,
            "invoice_origin": ", ".join([self.name, *orders.mapped("name")]),
            "reversed_entry_id": bill.id,
            "invoice_line_ids": [Command.create(v) for v in self._prepare_refund_lines()],
        }

    def _get_refunded_bill(self):
        """:return: the last posted bill of these goods from this vendor, may be empty"""
        self.ensure_one()
        vendor = self.partner_id.commercial_partner_id
        bills = self.line_ids.purchase_line_id.invoice_lines.move_id.filtered(
            lambda m: (
                m.state == "posted"
                and m.move_type == "in_invoice"
                and m.company_id == self.company_id
                and m.commercial_partner_id == vendor
            )
        )
        return bills.sorted(lambda m: (m.invoice_date or fields.Date.today(), m.id))[-1:]

    def _prepare_refund_lines(self):
        """:return: list of values of the refund's lines: goods as bought, then what makes the sum
        the accepted one
        """
        self.ensure_one()
        vals_list = [self._prepare_refund_line_vals(line) for line in self.line_ids]
        rest = self.amount_accepted - sum(self.line_ids.mapped("amount"))
        if self.currency_id.compare_amounts(rest, 0.0) > 0:
            name = self.env._("%s: costs of the claim", self.name)
            vals_list.append({"name": name, "quantity": 1.0, "price_unit": rest})
        elif not self.currency_id.is_zero(rest):
            vals_list += self._prepare_refused_lines(-rest)
        return vals_list

    def _prepare_refused_lines(self, refused):
        """What the vendor does not accept of the goods, taxed as they are: each tax gets its share.

        :param float refused: less than the goods, before taxes
        :return: list of values of the refund's lines, negative
        """
        self.ensure_one()
        goods = self.line_ids.grouped(lambda li: li.purchase_line_id.tax_ids)
        total, vals_list, left = sum(self.line_ids.mapped("amount")), [], refused
        for taxes, lines in goods.items():
            share = self.currency_id.round(refused * sum(lines.mapped("amount")) / total)
            vals_list.append(
                {
                    "name": self.env._("%s: not accepted", self.name),
                    "quantity": 1.0,
                    "price_unit": -share,
                    "tax_ids": [Command.set(taxes.ids)],
                }
            )
            left -= share
        # What rounding left over
        vals_list[-1]["price_unit"] -= left
        return vals_list

    def _prepare_refund_line_vals(self, line):
        """Values of one line of goods; called by :meth:`_prepare_refund_lines`."""
        purchase = line.purchase_line_id
        vals = {
            "name": line.product_id.display_name,
            "quantity": line.quantity,
            "price_unit": line.price_unit,
        }
        if not purchase:
            # Of a carrier nobody buys goods: no stock account is touched
            return vals
        vals["tax_ids"] = [Command.set(purchase.tax_ids.ids)]
        if self.kind != "return":
            # The goods stay: with the product on it, its value would be taken off the stock
            return vals | self._prepare_expense_vals(line)
        vals.update(product_id=line.product_id.id, product_uom_id=line.product_uom_id.id)
        if line.product_id.purchase_method == "receive":
            # The return lessens what was received, this what was billed
            vals["purchase_line_id"] = purchase.id
        return vals

    def _prepare_expense_vals(self, line):
        """Account of refunded goods that stay; called by :meth:`_prepare_refund_line_vals`."""
        positions = self.env["account.fiscal.position"].with_company(self.company_id)
        template = line.product_id.product_tmpl_id.with_company(self.company_id)
        account = template.get_product_accounts(
            fiscal_pos=positions._get_fiscal_position(self.partner_id)
        )["expense"]
        return {"account_id": account.id} if account else {}
