from collections import defaultdict, namedtuple

from odoo.fields import Domain
from odoo.tools import SQL

# A part of a credit note: so much of an invoice line, for these goods of the request; in its own
# unit; whether the order was invoiced too much of it; whether the goods stay with the customer.
Part = namedtuple("Part", "invoice_line goods quantity keeps_order stays")


class CreditRoom:
    """What is left to credit of posted customer invoices, by quantity and by money (R38).

    It looks at every credit note that is not cancelled or taken back, whoever made it: of other
    complaints, by hand, or by the order. Down payments count on neither side. Core links no line of
    a credit note to the invoice's: they are matched by sale line, else by product.
    """

    def __init__(self, invoices):
        """:param invoices: ``account.move`` with sudo; invoices of the same sale lines join"""
        sold = invoices.invoice_line_ids.sale_line_ids
        invoices |= sold.invoice_lines.move_id
        self.env = invoices.env
        self.invoices = invoices.filtered(self.is_invoice).sorted(lambda m: (m.date, m.id))
        self.lines = self.invoices.invoice_line_ids.filtered(self.is_source).sorted(
            lambda line: (line.move_id.date, line.move_id.id, line.sequence, line.id)
        )
        self._quantity = {line: line.quantity for line in self.lines}
        self._amount = defaultdict(float)
        # Whether credit notes name more than was invoiced
        self.exceeded = False
        self._read()

    # ------------------------------------------------------------
    # Questions
    # ------------------------------------------------------------
    @staticmethod
    def is_invoice(move):
        """:return: whether it can be credited: posted, and no credit note taken back"""
        return (
            move.move_type == "out_invoice"
            and move.state == "posted"
            and not move.reversed_entry_id
        )

    @staticmethod
    def is_source(line):
        """:return: whether an invoice line is something that was sold, be it for nothing"""
        sold = line.display_type == "product" and not line.is_downpayment
        return sold and line.quantity > 0 and line.price_subtotal >= 0

    @staticmethod
    def is_reduction(line):
        """:return: whether an invoice line is a discount of the whole invoice, as core makes it"""
        sold = line.display_type == "product" and not line.is_downpayment
        return sold and line.quantity > 0 and line.price_subtotal < 0

    def get_quantity(self, line):
        """:param line: ``account.move.line`` of an invoice
        :return: float in the line's unit: what no credit note names yet
        """
        return max(self._quantity.get(line, 0.0), 0.0)

    def get_sold_quantity(self, sold):
        """:param sold: ``sale.order.line``
        :return: float in its unit: what no credit note names yet of its invoices
        """
        return sum(
            self.convert(self.get_quantity(line), line.product_uom_id, sold.product_uom_id)
            for line in self.lines
            if sold in line.sale_line_ids
        )

    def get_amount(self, invoice):
        """:return: float in the invoice's currency before taxes: what is not credited yet"""
        return invoice.currency_id.round(self._amount[invoice])

    def take(self, line, quantity):
        """Plan to credit ``quantity`` (in the line's unit) of an invoice line."""
        self._quantity[line] -= quantity

    def lock(self):
        """Whoever credits these invoices at the same moment waits, and then starts anew.

        A mere lock would let the second one go on without seeing what the first wrote: what he
        reads is as of his start. A row that was written makes the database repeat his request.
        """
        if self.invoices:
            self.env.execute_query(
                SQL(
                    "UPDATE account_move SET write_date = write_date WHERE id IN ("
                    "SELECT id FROM account_move WHERE id IN %s ORDER BY id FOR UPDATE)",
                    tuple(self.invoices.ids),
                )
            )

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------
    def _read(self):
        """Take what was credited off what was invoiced."""
        credits = self._find_credits()
        for invoice in self.invoices:
            self._amount[invoice] = sum(
                line.price_subtotal
                for line in invoice.invoice_line_ids - credits
                if line.display_type == "product" and not line.is_downpayment
            )
        for line in credits:
            self._subtract(line)

    def _find_credits(self):
        """:return: ``account.move.line``: of credit notes, and negative ones of later invoices"""
        kept = Domain("parent_state", "!=", "cancel") & Domain("display_type", "=", "product")
        sold = Domain("sale_line_ids", "in", self.lines.sale_line_ids.ids)
        ours = Domain("move_id.reversed_entry_id", "in", self.invoices.ids)
        elsewhere = Domain("move_id.reversed_entry_id", "=", False)
        refunds = Domain("move_id.move_type", "=", "out_refund") & (ours | (sold & elsewhere))
        negative = Domain("move_id.move_type", "=", "out_invoice") & sold
        negative &= Domain("quantity", "<", 0)
        lines = self.env["account.move.line"].search(
            kept & Domain("is_downpayment", "=", False) & (refunds | negative), order="id"
        )
        return lines.filtered(lambda line: not line.move_id._is_taken_back())

    def _subtract(self, credit):
        """Match one line of a credit note to what was invoiced and take it off."""
        open_quantity = abs(credit.quantity)
        candidates = self._get_candidates(credit)
        invoice = credit.move_id.reversed_entry_id
        if invoice not in self.invoices:
            invoice = candidates.move_id[:1]
        if invoice:
            self._amount[invoice] -= credit.currency_id._convert(
                abs(credit.price_subtotal) if credit.quantity < 0 else credit.price_subtotal,
                invoice.currency_id,
                credit.company_id,
                credit.date or invoice.date,
            )
        for line in candidates:
            unit = line.product_uom_id or credit.product_uom_id
            asked = self.convert(open_quantity, credit.product_uom_id, unit)
            taken = min(asked, self.get_quantity(line))
            self._quantity[line] -= taken
            open_quantity -= self.convert(taken, unit, credit.product_uom_id)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        if candidates and round(open_quantity, digits) > 0:
            self.exceeded = True

    def _get_candidates(self, credit):
        """:return: invoice lines that a line of a credit note may mean, the likeliest first"""
        invoice = credit.move_id.reversed_entry_id
        lines = self.lines
        if invoice:
            lines = lines.filtered(lambda line: line.move_id == invoice)
        # sudo: which goods a credit note of another complaint means
        goods = credit.sudo().complaint_demand_line_id.complaint_line_id
        sold = credit.sale_line_ids or goods.sale_line_id
        by_sale = lines.filtered(lambda line: line.sale_line_ids & sold)
        if by_sale or not credit.product_id:
            return by_sale
        return lines.filtered(lambda line: line.product_id == credit.product_id)

    @staticmethod
    def convert(quantity, unit, other):
        """:return: ``quantity`` of one ``uom.uom`` in another, unrounded"""
        if not unit or not other or unit == other:
            return quantity
        return unit._compute_quantity(quantity, other, round=False, raise_if_failure=False)
