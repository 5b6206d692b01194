from odoo import api, fields, models
from odoo.exceptions import ValidationError

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
