from collections import defaultdict

from odoo import models
from odoo.fields import Command

from .credit_room import CreditRoom


class ComplaintDemandDiscount(models.Model):
    """A part of the invoice's money back, the goods stay (R37): a discount, a credit of an amount.

    The credit note lowers the invoice without naming its sale lines: the order would become “to
    invoice” again.
    """

    _inherit = "complaint.demand"

    def _get_execution_obstacle(self):
        """Without an invoice a discount is the order's; a complaint without order has neither."""
        if obstacle := super()._get_execution_obstacle():
            return obstacle
        if self.remedy_kind == "discount" or self._is_amount_credit():
            return self._get_discount_obstacle()
        return ""

    def _is_amount_credit(self):
        """:return: whether a credit is an amount alone, without goods"""
        self.ensure_one()
        return self.remedy_kind == "credit" and bool(self.amount) and not self.line_ids

    def _get_discount_obstacle(self):
        """:return: translated sentence, or an empty text"""
        self.ensure_one()
        if not self.amount:
            return self.env._("“%s”: write how much it is first.", self.display_name)
        orders = self._get_customer_orders()
        if orders and not self._get_invoices():
            return self.env._(
                "%(order)s is not invoiced yet: give the discount there, in the lines of the "
                "order, and press Done.",
                order=orders[0].name,
            )
        return ""

    def _execute_discount(self):
        """Draft a credit note that lowers the invoice by the amount.

        :return: ``account.move``, empty where there is one already
        :raise UserError: when less is left of the invoice
        """
        self.ensure_one()
        if self._get_living_refunds():
            return self.env["account.move"]
        invoice = self._pick_invoice()
        env = self._get_customer_env()
        name = env._("Discount for complaint %s", self.complaint_id.name)
        if self.remedy_kind == "credit":
            name = env._("Credit for complaint %s", self.complaint_id.name)
        return self._make_refund(
            self._prepare_refund_vals(invoice, self._prepare_discount_lines(invoice, name))
        )

    def _pick_invoice(self):
        """:return: the latest invoice with enough left to credit, none where there is no order
        :raise UserError: when no invoice has enough left
        """
        invoices = self._get_invoices()
        if not invoices:
            return invoices
        room = CreditRoom(invoices)
        room.lock()
        best = max(invoices, key=lambda m: self._convert_from(m, room.get_amount(m)))
        for invoice in invoices:
            left = self._convert_from(invoice, room.get_amount(invoice))
            if self.currency_id.compare_amounts(self.amount, left) <= 0:
                best = invoice
                break
        self._check_amount_fits(best, room, self.amount)
        return best

    def _prepare_discount_lines(self, invoice, name):
        """Values of the lines of a credit note of the request's amount, one for each way the goods
        were taxed; called by :meth:`_execute_discount`.

        :param invoice: ``account.move`` it lowers; without one the goods' own taxes count
        :param str name: what the customer reads
        """
        self.ensure_one()
        weights = self._get_discount_weights(invoice)
        if not weights:
            return [self._prepare_money_line(name, self.amount, *self._get_goods_taxes())]
        total, lines, left = sum(weights.values()), [], self.amount
        for index, ((taxes, account), weight) in enumerate(weights.items()):
            part = self.currency_id.round(self.amount * weight / total)
            if index == len(weights) - 1:
                part = left
            left -= part
            if not self.currency_id.is_zero(part):
                lines.append(self._prepare_money_line(name, part, taxes, account))
        return lines

    def _get_discount_weights(self, invoice):
        """:return: dict (taxes, account) → what was invoiced that way: of the goods the complaint
        is about, where they are on the invoice, else of all
        """
        lines = invoice.invoice_line_ids.filtered(
            lambda line: CreditRoom.is_source(line) or CreditRoom.is_reduction(line)
        )
        # sudo: which goods the complaint is about
        goods = self.sudo().complaint_id.line_ids
        concerned = lines.filtered(lambda line: line.sale_line_ids & goods.sale_line_id)
        weights = defaultdict(float)
        for line in concerned or lines:
            taxes = line.tax_ids.filtered(lambda tax: tax.amount_type != "fixed")
            weights[taxes, line.account_id] += line.price_subtotal
        # A line of a smaller sum than nothing is a discount of the invoice itself
        return {key: weight for key, weight in weights.items() if weight > 0}

    def _prepare_money_line(self, name, amount, taxes, account, product=None):
        """Values of a line of a credit note that is no goods.

        :param float amount: before taxes, whatever the taxes' own way to price
        """
        self.ensure_one()
        return {
            "name": name,
            "product_id": product.id if product else False,
            "quantity": 1.0,
            "price_unit": self._get_price_with(taxes, amount),
            "discount": 0.0,
            "tax_ids": [Command.set(taxes.ids)],
            "account_id": account.id,
        }

    def _get_price_with(self, taxes, amount):
        """:return: price to write so that ``amount`` remains before taxes, also where they are part
        of prices
        """
        self.ensure_one()
        details = taxes._get_tax_details(
            amount,
            1.0,
            precision_rounding=self.currency_id.rounding,
            rounding_method="round_globally",
            special_mode="total_excluded",
        )
        included = (data for data in details["taxes_data"] if data["tax"].price_include)
        return amount + sum(data["tax_amount"] for data in included)

    def _get_goods_taxes(self):
        """:return: tuple (taxes, account) of the goods, for a complaint without an invoice; taxes
        only where all goods have the same
        """
        self.ensure_one()
        # sudo: how finance books goods is configuration
        products = self.sudo().with_company(self.company_id).complaint_id.line_ids.product_id
        ways = [self._get_product_taxes(product) for product in products]
        journal = self._find_sale_journal()
        taxes = ways[0][0] if ways and len({way[0] for way in ways}) == 1 else None
        account = ways[0][1] if len(set(ways)) == 1 else None
        if taxes is None:
            taxes = self.env["account.tax"].sudo()  # sudo: no taxes at all
        return taxes, account or journal.default_account_id

    def _get_product_taxes(self, product):
        """:param product: ``product.product`` with sudo
        :return: tuple (taxes, account) the customer would be invoiced with
        """
        self.ensure_one()
        company = self.company_id
        product = product.with_company(company)
        # sudo: the customer's tax position is configuration
        positions = self.env["account.fiscal.position"].sudo().with_company(company)
        position = positions._get_fiscal_position(self._get_invoice_partner())
        taxes = product.taxes_id._filter_taxes_by_company(company)
        account = product.product_tmpl_id.get_product_accounts(fiscal_pos=position)["income"]
        return position.map_tax(taxes), account
