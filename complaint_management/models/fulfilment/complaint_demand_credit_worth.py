from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintDemandCreditWorth(models.Model):
    """What credited goods are worth: judged by the prices they are paid at (R38, T16)."""

    _inherit = "complaint.demand"

    def _get_goods_price(self, line):
        """See super. What was invoiced is what a credit note gives, whoever added the goods."""
        price = super()._get_goods_price(line)
        # Of several the dearest: nobody is granted more than he was allowed
        prices = [self._get_sold_price(line, sold) for sold in line._get_sale_lines()]
        return max(prices, default=price)

    def _get_sold_price(self, line, sold):
        """:param sold: ``sale.order.line`` with sudo these goods may have been sold on
        :return: highest price of one unit of ``line`` on its invoices, else on the order, before
            taxes in ``currency_id``
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        unit = line.product_uom_id or line.product_id.uom_id
        invoiced = sold.invoice_lines.filtered(
            lambda li: (
                li.move_id.move_type == "out_invoice"
                and li.move_id.state == "posted"
                and li.quantity > 0
            )
        )
        prices = [(li.price_subtotal / li.quantity, li.product_uom_id, li) for li in invoiced]
        if not prices:
            prices = [(sold.price_reduce_taxexcl, sold.product_uom_id, sold)]
        return max(
            source.currency_id._convert(
                own_unit._compute_price(price, unit) if own_unit else price,
                self.currency_id,
                self.company_id,
                today,
                round=False,
            )
            for price, own_unit, source in prices
        )

    # ------------------------------------------------------------
    # What was given
    # ------------------------------------------------------------
    def _check_worth_covered(self):
        """Nobody is given more than what limits and approvals were asked about (R38, T16).

        :raise UserError: when the credit notes come to more than the request is worth
        """
        self.ensure_one()
        given, worth = self._get_credited_value(), self._get_covered_value()
        # Each line of an invoice may be rounded
        slack = self.currency_id.rounding * (5 + len(self.line_ids))
        if given > worth + slack:
            raise UserError(
                self.env._(
                    "“%(request)s” was granted over %(worth)s, its goods were invoiced at "
                    "%(given)s. Take the answer back and decide anew.",
                    request=self.display_name,
                    worth=self._format_amount(worth),
                    given=self._format_amount(given),
                )
            )

    def _get_credited_value(self):
        """:return: float in ``currency_id`` before taxes: what living credit notes give"""
        self.ensure_one()
        return sum(
            self._convert_from(refund, refund.amount_untaxed)
            for refund in self._get_living_refunds()
        )

    def _get_covered_value(self):
        """:return: float in ``currency_id``: how much may be given"""
        self.ensure_one()
        return self.sudo()._get_value()  # sudo: prices of goods
