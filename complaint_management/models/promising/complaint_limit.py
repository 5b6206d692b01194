from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import ormcache

# Who promises in his own cases; the other keys are functions of the team.
SALESPERSON = "salesperson"


class Limit(NamedTuple):
    """What the cache keeps of a limit: plain values, no record."""

    function: str
    amount: float
    currency_id: int


class ComplaintLimit(models.Model):
    """How much somebody in a function may grant in one complaint by himself (R38, R40).

    Cumulative over everything a complaint's customer gets. A company's own row for a function comes
    before its parent's, that before a shared one. The leadership has no limit; a function without a
    row grants nothing of value by itself; without any row nobody is limited.
    """

    _name = "complaint.limit"
    _description = "Limit of a Function"
    _inherit = ["complaint.remembered.mixin"]
    _order = "amount, id"
    _rec_name = "function"

    active = fields.Boolean(default=True)
    function = fields.Selection("_get_function_selection", required=True)
    amount = fields.Monetary(
        "Per complaint",
        required=True,
        help="All that one complaint's customer gets, before taxes. The amounts this app comes "
        "with are examples: put your own.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        context={"active_test": False},
        help="Converted to the currency of the complaint's company at the day's rate. Without any "
        "rate the number is taken as it is.",
    )
    company_id = fields.Many2one("res.company", index=True, help="Empty: all companies.")
    company_amount = fields.Monetary(
        "Today in our currency",
        compute="_compute_company_amount",
        currency_field="company_currency_id",
    )
    company_currency_id = fields.Many2one("res.currency", compute="_compute_company_amount")

    _not_negative = models.Constraint("CHECK(amount >= 0)", "A limit cannot be negative.")
    _function_unique = models.UniqueIndex(
        "(function, COALESCE(company_id, 0)) WHERE active",
        "Each function has one limit a company: change that one.",
    )

    @api.model
    def _get_function_selection(self):
        functions = self.env["complaint.team.function"]._fields["function"]
        return [
            (SALESPERSON, self.env._("Salesperson")),
            *functions._description_selection(self.env),
        ]

    @api.depends("amount", "currency_id", "company_id")
    @api.depends_context("company")
    def _compute_company_amount(self):
        today = fields.Date.context_today(self)
        for limit in self:
            company = limit.company_id or self.env.company
            limit.company_currency_id = company.currency_id
            limit.company_amount = (
                limit.currency_id._convert(limit.amount, company.currency_id, company, today)
                if limit.currency_id
                else limit.amount
            )

    # ------------------------------------------------------------
    # Looking up, without a query
    # ------------------------------------------------------------
    @api.model
    def _get_amounts(self, company, date):
        """What each function may grant in one complaint.

        :param company: ``res.company``
        :param date: day of the rate
        :return: list of (function, amount in the company's currency), the smallest first
        """
        currencies = self.env["res.currency"].sudo()  # sudo: rates, to whoever is limited by them
        amounts = [
            (
                limit.function,
                currencies.browse(limit.currency_id)._convert(
                    limit.amount, company.currency_id, company, date
                ),
            )
            for limit in self._get_table(company.id)
        ]
        return sorted(amounts, key=lambda item: item[1])

    @ormcache("company_id")
    def _get_table(self, company_id):
        """:return: tuple of :class:`Limit`, one a function: the company's own, else the shared"""
        nearest = {limit.function: limit for limit in self._search_nearest_last(company_id)}
        return tuple(
            Limit(limit.function, limit.amount, limit.currency_id.id) for limit in nearest.values()
        )
