from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class ComplaintDemandDeduction(models.Model):
    """The customer's debit note (R70): what he deducted, what we accept, what we contest.

    What is accepted is the request's ``amount``; all contested is a request declined.
    """

    _inherit = "complaint.demand"

    deduction_number = fields.Char(
        "Debit note number", copy=False, help="The customer's own number of his debit note."
    )
    deduction_date = fields.Date(
        "Debit note date", copy=False, help="Of the customer's debit note."
    )
    deduction_claimed = fields.Monetary(
        "Deducted", copy=False, help="What the customer deducted, before taxes."
    )
    deduction_contested = fields.Monetary(
        "Contested",
        compute="_compute_deduction_contested",
        store=True,
        help="What we do not accept of it.",
    )
    deduction_reason = fields.Text(
        "Why contested", copy=False, help="Why we do not accept the rest. The customer reads it."
    )
    deduction_key = fields.Char(compute="_compute_deduction_key", store=True)

    _deduction_unique = models.UniqueIndex(
        "(company_id, deduction_key) WHERE deduction_key IS NOT NULL",
        "This customer's debit note is recorded already.",
    )
    _deduction_positive = models.Constraint(
        "CHECK(deduction_claimed >= 0)", "What a customer deducted cannot be negative."
    )

    def write(self, vals):
        """A number that is free again is free at once: the next one may come in the same breath."""
        result = super().write(vals)
        if {"deduction_number", "remedy_kind", "state"} & vals.keys() and any(
            self.mapped("deduction_number")
        ):
            self.flush_recordset(["deduction_key"])
        return result

    @api.depends("deduction_claimed", "amount")
    def _compute_deduction_contested(self):
        for demand in self:
            contested = demand.deduction_claimed - demand.amount
            demand.deduction_contested = contested if demand.deduction_claimed else 0.0

    @api.depends(
        "deduction_number", "state", "complaint_id.partner_id.commercial_partner_id", "remedy_kind"
    )
    def _compute_deduction_key(self):
        """Customer and number as one text: nothing that a merge of partners would delete."""
        for demand in self:
            number = "".join((demand.deduction_number or "").split()).casefold()
            customer = demand.complaint_id.partner_id.commercial_partner_id
            counts = (
                number
                and customer
                and demand.state != "cancelled"
                and demand.remedy_kind == "deduction"
            )
            demand.deduction_key = f"{customer.id}:{number}" if counts else False

    @api.constrains("deduction_claimed", "amount", "remedy_kind")
    def _check_deduction_amount(self):
        """We never concede more than was deducted."""
        for demand in self:
            if (
                demand.remedy_kind == "deduction"
                and demand.deduction_claimed
                and demand.currency_id.compare_amounts(demand.amount, demand.deduction_claimed) > 0
            ):
                raise ValidationError(
                    self.env._(
                        "The customer deducted %(claimed)s: no more than that can be accepted.",
                        claimed=demand._format_amount(demand.deduction_claimed),
                    )
                )

    @api.constrains("deduction_key", "company_id")
    def _check_deduction_once(self):
        """A debit note is answered once; the message says where."""
        for demand in self.filtered("deduction_key"):
            # Read past the cache: a search would write first, and the index answer in its place.
            # A debit note counts once, also in a complaint the user may not see.
            rows = self.env.execute_query(
                SQL(
                    "SELECT complaint_id FROM complaint_demand WHERE deduction_key = %s "
                    "AND company_id = %s AND id != %s LIMIT 1",
                    demand.deduction_key,
                    demand.company_id.id,
                    demand.id,
                )
            )
            if rows:
                # sudo: the number of the complaint alone
                other = demand.complaint_id.sudo().browse(rows[0])
                raise ValidationError(
                    self.env._(
                        "Debit note %(number)s of this customer is recorded in complaint "
                        "%(complaint)s already.",
                        number=demand.deduction_number,
                        complaint=other.name,
                    )
                )

    def _get_promise_obstacle(self, state):
        """What was deducted is known, and what we contest has its reason."""
        if obstacle := super()._get_promise_obstacle(state):
            return obstacle
        if self.remedy_kind != "deduction" or state not in ("offered", "accepted", "done"):
            return ""
        if not self.deduction_number or not self.deduction_claimed:
            return self.env._(
                "“%s”: write number and amount of the customer's debit note first.",
                self.display_name,
            )
        if not self.amount:
            return self.env._(
                "“%s”: write what we accept of it. Where it is nothing, decline.",
                self.display_name,
            )
        contested = not self.currency_id.is_zero(self.deduction_contested)
        if contested and not (self.deduction_reason or "").strip():
            return self.env._(
                "“%(request)s”: write for the customer why %(amount)s are contested.",
                request=self.display_name,
                amount=self._format_amount(self.deduction_contested),
            )
        return ""
