from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_demand import DEMAND_KINDS

# Kinds that are about goods of the complaint: these are proposed where nothing was chosen.
GOODS_KINDS = ("return", "exchange", "credit", "rework", "repair", "free_goods")
# Goods the customer gets and does not pay: they cost us what they cost us.
GIVEN_KINDS = ("exchange", "free_goods", "gift")
# Kinds that are an amount of money.
MONEY_KINDS = ("discount", "credit", "compensation", "deduction")
# States in which we have promised something.
PROMISED_STATES = ("offered", "accepted", "done")


class ComplaintDemandRemedy(models.Model):
    """What the customer gets: which way, which goods, how much money (R35, R37)."""

    _inherit = "complaint.demand"

    remedy_kind = fields.Selection(
        DEMAND_KINDS,
        "Carried out as",
        compute="_compute_remedy_kind",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        index=True,
        help="What we do about it; it may be something else than what was asked for.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    amount = fields.Monetary(copy=False, help="What the customer gets, before taxes.")
    line_ids = fields.One2many("complaint.demand.line", "demand_id", "Goods")
    # Lines may differ in nothing but their lots
    has_tracked_goods = fields.Boolean(compute="_compute_has_tracked_goods")

    _amount_positive = models.Constraint(
        "CHECK(amount >= 0)", "An amount for the customer cannot be negative."
    )

    @api.depends("kind")
    def _compute_remedy_kind(self):
        for demand in self:
            demand.remedy_kind = demand.kind

    @api.depends("complaint_id.sale_order_id", "complaint_id.company_id")
    def _compute_currency_id(self):
        for demand in self:
            # sudo: the currency of the order the complaint is about, to who may see the complaint
            complaint = demand.complaint_id.sudo()
            company = complaint.company_id or self.env.company
            demand.currency_id = (
                demand.currency_id or complaint.sale_order_id.currency_id or company.currency_id
            )

    # ------------------------------------------------------------
    # Goods
    # ------------------------------------------------------------
    @api.depends("line_ids.product_id")
    def _compute_has_tracked_goods(self):
        for demand in self:
            products = demand.line_ids.product_id
            demand.has_tracked_goods = any(product.tracking != "none" for product in products)

    def _fill_lines(self):
        """Propose the affected goods of the complaint where a request about goods has none."""
        vals_list = []
        for demand in self:
            if demand._needs_lines() and not demand.line_ids:
                vals_list += [
                    demand._prepare_demand_line_vals(line) for line in demand._get_affected_lines()
                ]
        return self.env["complaint.demand.line"].create(vals_list)

    def _needs_lines(self):
        """:return: whether it is about goods; a credit may be an amount alone"""
        self.ensure_one()
        if self.remedy_kind == "credit" and self.amount:
            return False
        return self.remedy_kind in GOODS_KINDS

    def _get_lines_to_meet(self):
        """:return: goods that documents have to stand for; of an amount of money none, though goods
        may be left from another way of carrying it out
        """
        self.ensure_one()
        if self.remedy_kind == "gift" or self._needs_lines():
            return self.line_ids
        return self.line_ids.browse()

    def _get_planned_goods(self):
        """:return: the goods of the request, or those that would be proposed; with sudo"""
        self.ensure_one()
        # sudo: the goods of a request the caller may read
        demand = self.sudo()
        if demand.line_ids or not demand._needs_lines():
            return demand.line_ids
        lines = demand._get_affected_lines()
        return demand.line_ids.union(
            *(demand.line_ids.new(demand._prepare_demand_line_vals(line)) for line in lines)
        )

    def _get_affected_lines(self):
        """:return: ``complaint.line`` the customer complains about and whose product is known"""
        self.ensure_one()
        return self.complaint_id.line_ids.filtered(
            lambda line: line.product_id and (line.quantity_confirmed or line.quantity_complained)
        )

    def _prepare_demand_line_vals(self, line):
        """Values of the goods a request is about; called by :meth:`_fill_lines`.

        :param line: ``complaint.line``; its confirmed quantity counts, else the complained one
        """
        self.ensure_one()
        return {
            # Of a form just being filled in, the stored one: an unsaved row would appear in it
            "demand_id": self._origin.id,
            "complaint_line_id": line.id,
            "product_id": line.product_id.id,
            "product_uom_id": (line.product_uom_id or line.product_id.uom_id).id,
            "quantity": line.quantity_confirmed or line.quantity_complained,
            "lot_ids": [fields.Command.set(line.lot_ids.ids)],
        }

    # ------------------------------------------------------------
    # What it is worth
    # ------------------------------------------------------------
    def _get_value(self):
        """What the customer gets, for limits and for comparing cases (R38, R51).

        :return: float in ``currency_id``, before taxes: the amount, else the goods, see
            :meth:`_get_goods_worth`
        """
        self.ensure_one()
        if self.remedy_kind in MONEY_KINDS and self.amount:
            return self.amount
        if self.remedy_kind in (*GOODS_KINDS, "gift"):
            return self._get_goods_worth(self._get_planned_goods(), self.remedy_kind)
        return 0.0

    def _get_goods_worth(self, lines, kind):
        """:param lines: ``complaint.demand.line``, may be unsaved
        :param str kind: key of ``DEMAND_KINDS``: what is done with them
        :return: float in ``currency_id``: at the price he paid; goods he is given at what they cost
            us where that is more, or where they have no price
        """
        self.ensure_one()
        total = 0.0
        for line in lines:
            price = self._get_goods_price(line)
            if kind in GIVEN_KINDS:
                price = max(price, self._get_goods_cost(line))
            total += price * line.quantity
        return self.currency_id.round(total)

    def _get_goods_cost(self, line):
        """:param line: ``complaint.demand.line``
        :return: what one of its units costs us, in ``currency_id``
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        # sudo: what goods cost us, to compare it with limits; not everybody may read it
        product = line.sudo().product_id.with_company(self.company_id)
        cost = product.uom_id._compute_price(
            product.standard_price, line.product_uom_id or product.uom_id
        )
        company = self.company_id.sudo()  # sudo: its currency
        return company.currency_id._convert(cost, self.currency_id, company, today, round=False)

    def _get_goods_price(self, line):
        """:param line: ``complaint.demand.line``
        :return: price of one of its units in ``currency_id``: as sold, else of the price list;
            nothing while a form has no product yet
        """
        self.ensure_one()
        if not line.product_id:
            return 0.0
        today = fields.Date.context_today(self)
        # sudo: the price of the sale that is complained about, to who may see the complaint
        sold = line.sudo().complaint_line_id.sale_line_id
        unit = line.product_uom_id or line.product_id.uom_id
        if sold and sold.product_id == line.product_id:
            price = sold.product_uom_id._compute_price(sold.price_reduce_taxexcl, unit)
            currency = sold.currency_id
        else:
            product = line.product_id.with_company(self.company_id)
            price = product.uom_id._compute_price(product.lst_price, unit)
            currency = product.currency_id
        return currency._convert(price, self.currency_id, self.company_id, today, round=False)

    # ------------------------------------------------------------
    # Promising
    # ------------------------------------------------------------
    def _get_promise_obstacle(self, state):
        """What forbids to promise this, or to call it done (R36, R38); asked whatever the door.

        :param str state: one of ``PROMISED_STATES``, which it shall take
        :return: translated sentence that says what to do, or an empty text; others add theirs
            with super()
        """
        self.ensure_one()
        if state in ("offered", "accepted") and self._lacks_amount():
            return self.env._("“%s”: write how much it is first.", self.display_name)
        return ""

    def _lacks_amount(self):
        """:return: whether money is promised and nobody said how much; goods have their price"""
        self.ensure_one()
        return (
            self.remedy_kind in MONEY_KINDS
            # Of a deduction nothing may be accepted: it says so itself
            and self.remedy_kind != "deduction"
            and self.currency_id.compare_amounts(self.amount, 0.0) <= 0
            and not (self.remedy_kind == "credit" and self.line_ids)
        )

    def _check_promise(self, state):
        """:raise UserError: with what :meth:`_get_promise_obstacle` says"""
        for demand in self:
            if obstacle := demand._get_promise_obstacle(state):
                raise UserError(obstacle)

    def _set_state(self, state, needs_answer=False):
        """See super. Documents that follow their request (trusted) promise nothing new."""
        if state in PROMISED_STATES and not self._is_trusted():
            self.check_access("write")
            self._check_case_open()
            self._check_move(state, needs_answer)
            self._fill_lines()
            self._check_promise(state)
        return super()._set_state(state, needs_answer)
