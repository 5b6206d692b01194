from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .complaint_recharge import AGREED_STATES, PRICE_GROUPS


class ComplaintRechargeAmount(models.Model):
    """What a claim is about in money, and what came of it (R20). All before taxes."""

    _inherit = "complaint.recharge"

    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Of the purchase the goods came from, else the company's.",
    )
    company_currency_id = fields.Many2one(
        "res.currency", "Company currency", related="company_id.currency_id"
    )
    amount_cost = fields.Monetary(
        "Share of our cost",
        groups=PRICE_GROUPS,
        help="What the complaint cost us and the vendor shall bear. He reads the sum only.",
    )
    amount = fields.Monetary(
        "Claimed",
        compute="_compute_amount",
        store=True,
        readonly=False,
        tracking=True,
        groups=PRICE_GROUPS,
        help="Goods at their purchase price and the share of our cost; may be changed. Before "
        "taxes.",
    )
    amount_accepted = fields.Monetary(
        "Accepted", copy=False, tracking=True, groups=PRICE_GROUPS, help="Before taxes."
    )
    accepted_ratio = fields.Float(
        "Accepted (%)",
        compute="_compute_accepted_ratio",
        store=True,
        aggregator="avg",
        groups=PRICE_GROUPS,
        help="Share of the claimed sum that the vendor accepted; of answered claims.",
    )
    amount_claimed_company = fields.Monetary(
        "Claimed (company currency)",
        compute="_compute_company_amounts",
        store=True,
        currency_field="company_currency_id",
        groups=PRICE_GROUPS,
    )
    amount_accepted_company = fields.Monetary(
        "Accepted (company currency)",
        compute="_compute_company_amounts",
        store=True,
        currency_field="company_currency_id",
        groups=PRICE_GROUPS,
    )
    amount_recovered = fields.Monetary(
        "Recovered",
        compute="_compute_recovered",
        store=True,
        currency_field="company_currency_id",
        groups=PRICE_GROUPS,
        help="What lessens the cost of the complaint: posted vendor refunds; of claims without a "
        "document what the vendor accepted, at the rate of the day he answered.",
    )

    _amounts_positive = models.Constraint(
        "CHECK(amount >= 0 AND amount_accepted >= 0 AND amount_cost >= 0)",
        "Claimed and accepted amounts cannot be negative.",
    )

    @api.depends("line_ids.purchase_line_id", "company_id")
    def _compute_currency(self):
        """Take the currency of the purchase; what somebody chose for a claim without one stays, and
        so does the currency of sums that are there already.
        """
        for recharge in self:
            others = recharge.line_ids.filtered(lambda li: not li.purchase_line_id)
            summed = recharge.amount_cost or any(others.mapped("price_unit"))
            purchased = recharge.line_ids.purchase_line_id.currency_id[:1]
            if summed and recharge.currency_id:
                purchased = recharge.currency_id
            recharge.currency_id = (
                purchased or recharge.currency_id or recharge.company_id.currency_id
            )

    def write(self, vals):
        """Sums keep their currency: their numbers were looked up, or converted, in it.

        :raise UserError: when another currency is chosen for sums that are there
        """
        if "currency_id" in vals:
            # sudo: whether there are sums, to whoever may write the claim
            for recharge in self.sudo().filtered(lambda r: r.currency_id.id != vals["currency_id"]):
                if recharge.amount or any(recharge.line_ids.mapped("price_unit")):
                    raise UserError(
                        self.env._(
                            "%(claim)s has sums in %(currency)s: take them out before you choose "
                            "another currency.",
                            claim=recharge.name,
                            currency=recharge.currency_id.name,
                        )
                    )
        return super().write(vals)

    @api.depends("line_ids.amount", "amount_cost")
    def _compute_amount(self):
        for recharge in self:
            recharge.amount = sum(recharge.line_ids.mapped("amount")) + recharge.amount_cost

    @api.depends("state", "amount", "amount_accepted")
    def _compute_accepted_ratio(self):
        for recharge in self:
            counts = recharge.state in AGREED_STATES and recharge.amount
            ratio = 100 * recharge.amount_accepted / recharge.amount if counts else 0.0
            recharge.accepted_ratio = ratio

    @api.depends("amount", "amount_accepted", "currency_id", "state", "date_sent", "date_answered")
    def _compute_company_amounts(self):
        """At the rate of the day it was claimed, and of the day it was accepted."""
        for recharge in self:
            recharge.amount_claimed_company = recharge._to_company_currency(
                recharge.amount, recharge.date_sent or recharge.create_date
            )
            agreed = recharge.state in AGREED_STATES
            recharge.amount_accepted_company = agreed and recharge._to_company_currency(
                recharge.amount_accepted, recharge.date_answered
            )

    @api.depends(
        "kind",
        "amount_accepted_company",
        "refund_ids.state",
        "refund_ids.complaint_taken_back",
        "refund_ids.amount_untaxed_signed",
    )
    def _compute_recovered(self):
        for recharge in self:
            posted = recharge.refund_ids.filtered(lambda m: m.state == "posted" and m._is_living())
            documented = sum(posted.mapped("amount_untaxed_signed"))
            if not posted and recharge.kind == "claim":
                documented = recharge.amount_accepted_company
            recharge.amount_recovered = documented

    def _to_company_currency(self, amount, moment):
        """:param moment: ``datetime`` (UTC) whose day's rate counts; today where there is none
        :return: ``amount`` of the claim's currency in its company's
        """
        self.ensure_one()
        day = fields.Datetime.context_timestamp(self, moment or fields.Datetime.now()).date()
        return self.currency_id._convert(amount, self.company_id.currency_id, self.company_id, day)

    @api.constrains("amount", "amount_accepted", "state")
    def _check_accepted_amount(self):
        """Nobody accepts more than was claimed.

        :raise ValidationError: naming the claim
        """
        # sudo: amounts are compared for whoever may write one of them
        for recharge in self.sudo():
            if recharge.state == "cancelled":
                continue
            if recharge.currency_id.compare_amounts(recharge.amount_accepted, recharge.amount) > 0:
                raise ValidationError(
                    self.env._(
                        "%s: more is accepted than was claimed. Correct one of the two.",
                        recharge.name,
                    )
                )
