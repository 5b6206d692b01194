from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .complaint_recharge import CLAIM_GROUPS, PRICE_GROUPS


class ComplaintRechargeLine(models.Model):
    """Goods of a supplier claim: what, how many, which lots, and the purchase they came by (R20).

    ``quantity`` is in ``product_uom_id``: the unit of the purchase, else of the product.
    """

    _name = "complaint.recharge.line"
    _description = "Supplier Claim Goods"
    _inherit = ["complaint.state.guard"]
    _order = "recharge_id, sequence, id"
    _check_company_auto = True
    _CORRECTABLE = False
    _FROZEN_FIELDS = {
        "sent": frozenset(
            {
                "recharge_id",
                "product_id",
                "lot_ids",
                "quantity",
                "product_uom_id",
                "purchase_line_id",
                "price_unit",
            }
        )
    }

    recharge_id = fields.Many2one(
        "complaint.recharge", "Supplier claim", required=True, index=True, ondelete="cascade"
    )
    complaint_id = fields.Many2one(
        related="recharge_id.complaint_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="recharge_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    complaint_line_id = fields.Many2one(
        "complaint.line", "Complained goods", index="btree_not_null", check_company=True
    )
    product_id = fields.Many2one("product.product", required=True, index=True, check_company=True)
    lot_ids = fields.Many2many(
        "stock.lot",
        "complaint_recharge_line_lot_rel",
        "line_id",
        "lot_id",
        "Lots",
        domain="[('product_id', '=', product_id)]",
        groups=CLAIM_GROUPS,
    )
    lot_names = fields.Char("Lots (names)", compute="_compute_lot_names", compute_sudo=True)
    quantity = fields.Float(digits="Product Unit", default=1.0)
    product_uom_id = fields.Many2one(
        "uom.uom",
        "Unit",
        compute="_compute_from_purchase",
        store=True,
        readonly=False,
        precompute=True,
    )
    purchase_line_id = fields.Many2one(
        "purchase.order.line",
        "Purchase",
        index="btree_not_null",
        check_company=True,
        groups=PRICE_GROUPS,
        domain="[('product_id', '=', product_id), ('state', '=', 'purchase')]",
    )
    purchase_order_id = fields.Many2one(
        related="purchase_line_id.order_id",
        string="Purchase Order",
        store=True,
        index="btree_not_null",
        groups=PRICE_GROUPS,
    )
    currency_id = fields.Many2one(related="recharge_id.currency_id")
    price_unit = fields.Float(
        "Purchase price",
        compute="_compute_from_purchase",
        store=True,
        readonly=False,
        precompute=True,
        digits="Product Price",
        groups=PRICE_GROUPS,
    )
    amount = fields.Monetary(
        compute="_compute_amount", store=True, precompute=True, groups=PRICE_GROUPS
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity >= 0 AND price_unit >= 0)", "Quantity and price cannot be negative."
    )
    # One row a purchase: what goes back of a receipt belongs to one row
    _purchase_once = models.UniqueIndex(
        "(recharge_id, purchase_line_id) WHERE purchase_line_id IS NOT NULL",
        "The same purchase stands twice in this claim: add its quantities up.",
    )

    @api.depends("lot_ids")
    def _compute_lot_names(self):
        for line in self:
            line.lot_names = ", ".join(line.lot_ids.mapped("name"))

    @api.depends("purchase_line_id", "product_id")
    def _compute_from_purchase(self):
        """Unit and price as bought, discount taken off; else what the goods cost us."""
        for line in self:
            purchase = line.purchase_line_id
            if purchase:
                line.product_uom_id = purchase.product_uom_id
                line.price_unit = purchase.price_unit * (1 - (purchase.discount or 0.0) / 100)
            else:
                product = line.product_id.with_company(line.company_id)
                line.product_uom_id = product.uom_id
                line.price_unit = line._from_company_currency(product.standard_price)

    @api.onchange("product_id")
    def _onchange_product_id(self):
        """Propose the vendor's last purchase of goods somebody adds."""
        vendor = self.recharge_id.partner_id.commercial_partner_id
        purchases = self.env["purchase.order.line"]
        if not purchases.has_access("read") or self.purchase_line_id.product_id == self.product_id:
            return
        self.purchase_line_id = vendor and purchases.search(
            [
                ("product_id", "=", self.product_id.id),
                ("order_id.partner_id", "child_of", vendor.id),
                ("company_id", "=", self.company_id.id or self.recharge_id.company_id.id),
                ("state", "=", "purchase"),
                ("qty_received", ">", 0),
            ],
            order="id desc",
            limit=1,
        )

    def _from_company_currency(self, amount):
        """:return: ``amount`` of the company's currency in the claim's, at today's rate"""
        self.ensure_one()
        company, currency = self.company_id, self.recharge_id.currency_id
        if not currency or not company:
            return amount
        today = fields.Date.context_today(self)
        return company.currency_id._convert(amount, currency, company, today, round=False)

    @api.depends("quantity", "price_unit", "recharge_id.currency_id")
    def _compute_amount(self):
        for line in self:
            amount = line.quantity * line.price_unit
            currency = line.recharge_id.currency_id
            line.amount = currency.round(amount) if currency else amount

    @api.depends("product_id", "quantity")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.product_id.display_name

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_changeable()
        return lines

    def _check_changeable(self):
        """:raise UserError: when goods are added to, or taken from, a claim that was sent"""
        for line in self:
            if line.recharge_id.state != "open" and not self._is_trusted():
                raise UserError(
                    self.env._(
                        "%s was sent: its goods stay. Claim further goods in a claim of their own.",
                        line.recharge_id.name,
                    )
                )

    def _check_deletable(self):
        super()._check_deletable()
        self._check_changeable()

    def _get_frozen_complaint(self):
        # sudo: the state of a case, to whoever claims because of it
        return self.sudo().complaint_id

    def _get_frozen_stages(self):
        return {"sent"} if self.recharge_id.state != "open" else set()

    @api.constrains("purchase_line_id", "recharge_id")
    def _check_purchase_of_vendor(self):
        """A claim is about purchases from whom it goes to, in their currency.

        :raise ValidationError: naming the purchase
        """
        # sudo: purchases, to whoever may write the claim
        for line in self.sudo().filtered("purchase_line_id"):
            order, recharge = line.purchase_line_id.order_id, line.recharge_id
            vendor = recharge.partner_id.commercial_partner_id
            if vendor and order.partner_id.commercial_partner_id != vendor:
                raise ValidationError(
                    self.env._(
                        "%(purchase)s was bought from somebody else than %(vendor)s: claim it in a "
                        "claim of its own.",
                        purchase=order.name,
                        vendor=vendor.name,
                    )
                )
            if order.currency_id != recharge.currency_id:
                raise ValidationError(
                    self.env._(
                        "%(purchase)s is in %(currency)s, the claim is not: claim it in a claim of "
                        "its own.",
                        purchase=order.name,
                        currency=order.currency_id.name,
                    )
                )

    @api.constrains("complaint_line_id", "complaint_id")
    def _check_own_goods(self):
        """A claim is about goods of its own case.

        :raise ValidationError: naming the goods
        """
        # sudo: only which case the goods belong to is compared
        for line in self.sudo().filtered("complaint_line_id"):
            if line.complaint_line_id.complaint_id != line.complaint_id:
                raise ValidationError(
                    self.env._(
                        "“%s” is of another complaint: choose goods of this one.",
                        line.complaint_line_id.name,
                    )
                )
