from collections import defaultdict

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..complaint.complaint_state_guard import EVERYTHING

EXPENSE_KINDS = [
    ("freight", "Freight"),
    ("courier", "Courier"),
    ("travel", "Travel"),
    ("testing", "Test or laboratory"),
    ("labour", "Labour"),
    ("scrap", "Scrapped goods"),
    ("other", "Other"),
]


class ComplaintExpense(models.Model):
    """What a complaint cost us that no document of it shows: courier, travel, laboratory, scrap.

    Costs come late: they may be added when the case is over. What is recorded there stays, as
    everything of a case that is over; a negative amount takes money off again, for instance what
    a carrier paid back. Internal for ever: no document or page of the customer reads it.
    """

    _name = "complaint.expense"
    _description = "Complaint Expense"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, date, id"
    _OUTLIVES_CLOSING = True
    _FROZEN_FIELDS = {"closed": EVERYTHING}

    kind = fields.Selection(EXPENSE_KINDS, required=True, default="other")
    date = fields.Date(required=True, default=fields.Date.context_today)
    name = fields.Char("Description", required=True, help="Internal.")
    amount = fields.Monetary(required=True, help="Without taxes. Negative: what came back to us.")
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company's currency"
    )
    amount_company = fields.Monetary(
        "Cost",
        currency_field="company_currency_id",
        compute="_compute_amount_company",
        store=True,
        precompute=True,
        help="In the company's currency, at the rate of its date.",
    )
    demand_id = fields.Many2one(
        "complaint.demand",
        "Customer request",
        index="btree_not_null",
        domain="[('complaint_id', '=', complaint_id)]",
        ondelete="set null",
        check_company=True,
    )
    complaint_line_id = fields.Many2one(
        "complaint.line",
        "Affected goods",
        index="btree_not_null",
        domain="[('complaint_id', '=', complaint_id)]",
        ondelete="set null",
        check_company=True,
    )
    product_id = fields.Many2one(
        "product.product",
        compute="_compute_product_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
    )

    _amount_not_zero = models.Constraint(
        "CHECK (amount <> 0)", "Enter what it cost; a negative amount takes money off again."
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for expense in self:
            company = expense.company_id or self.env.company
            expense.currency_id = expense.currency_id or company.currency_id

    @api.depends("amount", "currency_id", "date", "company_id")
    def _compute_amount_company(self):
        for expense in self:
            company = expense.company_id or self.env.company
            currency = expense.currency_id or company.currency_id
            expense.amount_company = currency._convert(
                expense.amount,
                company.currency_id,
                company,
                expense.date or fields.Date.context_today(expense),
            )

    @api.depends("complaint_line_id")
    def _compute_product_id(self):
        for expense in self:
            expense.product_id = expense.product_id or expense.complaint_line_id.product_id

    # ------------------------------------------------------------
    # What is told inside
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        expenses = super().create(vals_list)
        expenses._log(self.env._("Expense added"), expenses._get_words())
        return expenses

    def write(self, vals):
        """See super; the register stays readable (T20)."""
        before = self._get_words()
        result = super().write(vals)
        after = self._get_words()
        changed = self.filtered(lambda e: before[e] != after[e])
        words = {e: f"{before[e]} → {after[e]}" for e in changed}
        changed._log(self.env._("Expense changed"), words)
        return result

    def unlink(self):
        """See super; what was deleted is told."""
        words, complaints = self._get_words(), {e: e.complaint_id for e in self}
        result = super().unlink()
        self._log(self.env._("Expense deleted"), words, complaints)
        return result

    def _get_words(self):
        """:return: dict expense → text: kind, description, date and amount"""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return {
            expense: " · ".join(
                (
                    kinds[expense.kind],
                    expense.name,
                    format_date(self.env, expense.date),
                    expense.currency_id.format(expense.amount),
                )
            )
            for expense in self
        }

    def _log(self, what, words, complaints=None):
        """Note it in the complaints, internally, one note each.

        :param dict words: expense → text
        :param dict complaints: expense → complaint, where the expenses are gone
        """
        notes = defaultdict(list)
        for expense in self:
            complaint = complaints[expense] if complaints else expense.complaint_id
            notes[complaint.id].append(f"{what}: {words[expense]}")
        bodies = {
            id_: Markup("<br/>").join(escape(line) for line in lines)
            for id_, lines in notes.items()
        }
        # sudo: a note by whoever may record expenses
        records = self.env["complaint.complaint"].sudo().browse(bodies)
        if records:
            records._message_log_batch(bodies)

    @api.constrains("date")
    def _check_date(self):
        """What is still to be spent is no cost yet.

        :raise ValidationError: naming the expense
        """
        today = fields.Date.context_today(self)
        for expense in self:
            if expense.date > today:
                raise ValidationError(
                    self.env._(
                        "“%s” lies in the future: record what it cost when it has been spent.",
                        expense.name,
                    )
                )

    @api.constrains("complaint_id", "demand_id", "complaint_line_id")
    def _check_same_complaint(self):
        """Request and goods are of the same case.

        :raise ValidationError: naming the expense
        """
        for expense in self:
            parents = expense.demand_id.complaint_id + expense.complaint_line_id.complaint_id
            if parents - expense.complaint_id:
                raise ValidationError(
                    self.env._(
                        "“%s” belongs to another complaint than its request or goods: choose some "
                        "of its own.",
                        expense.name,
                    )
                )


class ComplaintExpenses(models.Model):
    """The expenses of a complaint."""

    _inherit = "complaint.complaint"

    expense_ids = fields.One2many(
        "complaint.expense", "complaint_id", "Expenses", groups=INSIDE_GROUPS
    )
