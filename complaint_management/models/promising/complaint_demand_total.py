from odoo import fields, models

from ..remedies.complaint_demand_remedy import PROMISED_STATES


class ComplaintDemandTotal(models.Model):
    """What the complaint's customer gets in all: limits are asked about that (R40)."""

    _inherit = "complaint.demand"

    def _get_company_value(self):
        """:return: float in the company's currency: what the dearest of its variants is worth"""
        self.ensure_one()
        return self._to_company_currency(self._get_value())

    def _to_company_currency(self, value):
        """:param float value: in ``currency_id``
        :return: float in the company's currency: at the rate of the day it was promised, where it
            is still that promise, else of today
        """
        self.ensure_one()
        company = self.company_id
        day = self.date_promised if self._is_as_promised() else False
        return self.currency_id._convert(
            value, company.currency_id, company, day or fields.Date.context_today(self)
        )

    def _is_as_promised(self):
        """:return: whether the customer relies on it, and it is what he was promised"""
        self.ensure_one()
        demand = self.sudo()  # sudo: ids and amounts to compare, shown to nobody
        return demand.state in PROMISED_STATES and set(demand._get_promise_variants()) <= set(
            demand.promise_variants or ()
        )

    def _get_complaint_total(self):
        """What the complaint's customer gets with this request, all together (R40).

        :return: float in the company's currency
        """
        self.ensure_one()
        # sudo: sums; who may promise one request of a complaint is limited by all of them
        demands = self.sudo().complaint_id.demand_ids
        counted = demands.filtered(lambda d: d == self or d._is_counted())
        total = sum(demand._get_company_value() for demand in counted)
        return total - counted._get_counted_twice()

    def _is_counted(self):
        """:return: whether the customer relies on it, or may be told at any moment"""
        self.ensure_one()
        return self.state in PROMISED_STATES or (
            self.state == "open" and "approved" in self.approval_ids.mapped("state")
        )

    def _get_counted_twice(self):
        """What is taken back and credited is given once.

        :return: float in the company's currency
        """
        returned, credited = self._get_goods_values("return"), self._get_goods_values("credit")
        return sum(min(value, credited.get(key, 0.0)) for key, value in returned.items())

    def _get_goods_values(self, kind):
        """:return: dict goods → what those of a kind are worth, in the company's currency"""
        values = {}
        for demand in self.filtered(lambda d: d.remedy_kind == kind and d._needs_lines()):
            for line in demand.line_ids:
                key = line.complaint_line_id or line.product_id
                value = demand._get_goods_price(line) * line.quantity
                values[key] = values.get(key, 0.0) + demand._to_company_currency(value)
        return values
