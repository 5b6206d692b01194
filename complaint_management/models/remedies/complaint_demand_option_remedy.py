from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..complaint.complaint_complaint import INSIDE_GROUPS
from .complaint_demand import DEMAND_KINDS
from .complaint_demand_remedy import GIVEN_KINDS, GOODS_KINDS, MONEY_KINDS


class ComplaintDemandOptionRemedy(models.Model):
    """What an option makes us do once it is chosen, and what it would cost us (R35).

    The customer reads the words of an option; kind, amount and goods are how it is carried out, the
    cost is ours alone.
    """

    _inherit = "complaint.demand.option"

    remedy_kind = fields.Selection(
        DEMAND_KINDS,
        "Carried out as",
        compute="_compute_remedy_kind",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="What we do when the customer chooses it.",
    )
    currency_id = fields.Many2one(related="demand_id.currency_id")
    amount = fields.Monetary(
        help="Money the customer gets, without taxes. Of a credit for goods: empty, the goods say "
        "how much."
    )
    product_id = fields.Many2one(
        "product.product",
        "Goods",
        index="btree_not_null",
        help="Empty: the goods that are complained about.",
    )
    quantity = fields.Float(digits="Product Unit", help="Empty: as many as are complained about.")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company's currency"
    )
    cost = fields.Monetary(
        "Cost to us",
        currency_field="company_currency_id",
        compute="_compute_cost",
        store=True,
        readonly=False,
        groups=INSIDE_GROUPS,
        help="Our estimate in the company's currency; never shown to the customer. Proposed from "
        "the amount, or from the cost of the goods; add freight and labour.",
    )

    _amounts_positive = models.Constraint(
        "CHECK(amount >= 0 AND quantity >= 0)", "Amount and quantity cannot be negative."
    )

    # ------------------------------------------------------------
    # Computes and constraints
    # ------------------------------------------------------------
    @api.depends("demand_id")
    def _compute_remedy_kind(self):
        for option in self:
            option.remedy_kind = option.remedy_kind or option.demand_id.remedy_kind

    @api.depends("remedy_kind", "amount", "product_id", "quantity")
    def _compute_cost(self):
        for option in self:
            option.cost = option._estimate_cost()

    @api.constrains("quantity", "product_id", "company_id")
    def _check_goods(self):
        """:raise ValidationError: for a number of nothing, or goods of another company"""
        for option in self:
            if option.quantity and not option.product_id:
                raise ValidationError(
                    self.env._(
                        "“%s”: say of which goods; without a quantity it is all that is complained "
                        "about.",
                        option.name,
                    )
                )
            # sudo: whose goods these are, to compare it with the complaint's company
            company = option.product_id.sudo().company_id
            if company and company != option.company_id:
                raise ValidationError(
                    self.env._("“%s”: these goods belong to another company.", option.name)
                )

    # ------------------------------------------------------------
    # Goods, value and cost
    # ------------------------------------------------------------
    def _prepare_goods_vals(self):
        """Values of the goods the request takes over when the option is chosen, see
        ``complaint.demand._take_option``: its own, else those that are complained about.
        """
        self.ensure_one()
        demand = self.demand_id
        affected = demand._get_affected_lines()
        if not self.product_id:
            return [demand._prepare_demand_line_vals(line) for line in affected]
        goods = affected.filtered(lambda line: line.product_id == self.product_id)[:1]
        if goods and not self.quantity:
            return [demand._prepare_demand_line_vals(goods)]
        return [
            {
                "demand_id": demand._origin.id,
                "complaint_line_id": goods.id,
                "product_id": self.product_id.id,
                "product_uom_id": self.product_id.uom_id.id,
                "quantity": self.quantity or 1.0,
            }
        ]

    def _is_about_goods(self):
        """:return: whether goods are part of it; a credit may be an amount alone"""
        self.ensure_one()
        if self.remedy_kind == "credit":
            return not self.amount
        return self.remedy_kind in (*GOODS_KINDS, "gift")

    def _get_goods(self):
        """:return: the goods as unsaved ``complaint.demand.line``, with sudo"""
        self.ensure_one()
        # sudo: price and cost of the goods of an offer the caller may see
        lines = self.env["complaint.demand.line"].sudo()
        if not self._is_about_goods() or (self.remedy_kind == "gift" and not self.product_id):
            return lines
        return lines.union(*(lines.new(vals) for vals in self.sudo()._prepare_goods_vals()))

    def _get_value(self):
        """What the customer would get, as ``complaint.demand._get_value`` says it (R38).

        :return: float in ``currency_id``, before taxes
        """
        self.ensure_one()
        if self.remedy_kind in MONEY_KINDS and self.amount:
            return self.amount
        return self.demand_id._get_goods_worth(self._get_goods(), self.remedy_kind)

    def _estimate_cost(self):
        """Cost of the option as far as we know it; an integrator adds freight or labour here.

        :return: float in the company's currency
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        if self.remedy_kind in GIVEN_KINDS:
            return sum(self._get_unit_cost(line) * line.quantity for line in self._get_goods())
        if self.remedy_kind in MONEY_KINDS and self.currency_id:
            return self.currency_id._convert(
                self._get_value(), company.currency_id, company, fields.Date.context_today(self)
            )
        return 0.0

    def _get_unit_cost(self, line):
        """:param line: ``complaint.demand.line`` with sudo
        :return: what one of its units costs us, in the company's currency
        """
        product = line.product_id.with_company(self.company_id or self.env.company)
        return product.uom_id._compute_price(
            product.standard_price, line.product_uom_id or product.uom_id
        )

    # ------------------------------------------------------------
    # Choosing
    # ------------------------------------------------------------
    def _choose(self):
        """See super; the request takes over what the option says before it is accepted, so that
        carrying it out does the right thing, and whatever guards promises judges that.
        """
        self.ensure_one()
        if self.state == "open":
            self.demand_id._take_option(self)
        return super()._choose()
