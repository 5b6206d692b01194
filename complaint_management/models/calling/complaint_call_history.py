from odoo import api, fields, models
from odoo.tools import format_date

COUNTS = ("order_count", "order_amount", "complaint_count", "justified_count", "granted_amount")


class ComplaintCallHistory(models.AbstractModel):
    """Complaints beside purchases: the last twelve months, and each quarter of them (R59).

    Card and customer's form show the same figures: of what the user may read, in the currency of
    his company.
    """

    _inherit = "complaint.call"

    @api.model
    def _prepare_customer_vals(self, partner, customer, figures):
        vals = super()._prepare_customer_vals(partner, customer, figures)
        history = self._prepare_history(figures) if figures else False
        return {**vals, "history": history}

    @api.model
    def _get_history(self, customer):
        """The history alone, as the customer's form shows it; see :meth:`_prepare_history`."""
        return self._prepare_history(self._read_figures(customer))

    @api.model
    def _prepare_history(self, figures):
        """:param figures: ``CustomerFigures``
        :return: dict that can be sent to a browser; amounts before taxes, in ``currency_id``
        """
        quarters = [
            self._prepare_quarter(number, period, figures)
            for number, period in enumerate(figures.periods, 1)
        ]
        totals = {key: sum(quarter[key] for quarter in quarters) for key in COUNTS}
        since = figures.periods[0]
        return {
            "since": fields.Date.to_string(since.first_day),
            "currency_id": self.env.company.currency_id.id,
            **totals,
            "rate": self._get_rate(totals),
            "quarters": quarters,
        }

    @api.model
    def _prepare_quarter(self, number, period, figures):
        """:return: dict of one period, a part of the history"""
        orders = [row for row in figures.orders if row.period == number and row.is_order]
        complaints = [row for row in figures.complaints if row.period == number]
        quarter = {
            "label": self._get_quarter_label(period),
            "date_from": fields.Date.to_string(period.first_day),
            "date_to": fields.Date.to_string(period.last_day),
            "order_count": sum(row.number for row in orders),
            "order_amount": self._sum_amounts(orders),
            "complaint_count": sum(row.counted for row in complaints),
            "justified_count": sum(row.justified for row in complaints),
            "granted_amount": self._sum_granted(complaints),
        }
        return {**quarter, "rate": self._get_rate(quarter)}

    @api.model
    def _get_quarter_label(self, period):
        """:return: “Mar – May 2026” or “Dec 2025 – Feb 2026” in the user's language"""
        first, last = period.first_day, period.last_day
        start = format_date(
            self.env, first, date_format="MMM" if first.year == last.year else "MMM y"
        )
        return f"{start} – {format_date(self.env, last, date_format='MMM y')}"

    @api.model
    def _get_rate(self, counts):
        """:return: complaints per 100 orders; None without an order"""
        if not counts["order_count"]:
            return None
        return round(100 * counts["complaint_count"] / counts["order_count"], 1)

    @api.model
    def _sum_amounts(self, rows):
        """:param list rows: ``OrderFigures``
        :return: float in the currency of the user's company; of other companies at today's rate
        """
        # sudo: the currency of a company whose orders the user may read
        companies = self.env["res.company"].sudo()
        own = sum(row.amount for row in rows if row.company_id == self.env.company.id)
        others = [row for row in rows if row.company_id != self.env.company.id]
        return own + sum(
            self._convert(row.amount, companies.browse(row.company_id).currency_id)
            for row in others
        )

    @api.model
    def _sum_granted(self, rows):
        """:param list rows: ``ComplaintFigures``
        :return: float in the currency of the user's company, at today's rate
        """
        currencies = self.env["res.currency"]
        return sum(
            self._convert(amount, currencies.browse(int(currency_id)))
            for row in rows
            for currency_id, amount in row.granted.items()
        )

    @api.model
    def _convert(self, amount, currency):
        """:return: ``amount`` in the currency of the user's company, at today's rate"""
        company = self.env.company
        if not amount or currency == company.currency_id:
            return amount
        today = fields.Date.context_today(self)
        return currency._convert(amount, company.currency_id, company, today)
