from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..complaint.complaint_state_guard import EVERYTHING
from .complaint_demand_remedy import GOODS_KINDS


class ComplaintDemandLine(models.Model):
    """Goods a request is about: taken back, replaced, credited, given (R37).

    ``quantity`` is in ``product_uom_id``. Goods given as a gift need no line of the complaint.
    """

    _name = "complaint.demand.line"
    _description = "Goods of a Customer Request"
    _inherit = ["complaint.demand.part.mixin"]
    _order = "demand_id, sequence, id"
    _rec_name = "product_id"
    _check_company_auto = True
    _FROZEN_FIELDS = {
        "executed": frozenset(
            {"complaint_line_id", "product_id", "quantity", "product_uom_id", "lot_ids"}
        ),
        "closed": EVERYTHING,
    }
    _VERSIONED_FIELDS = frozenset({"product_id", "quantity", "product_uom_id", "lot_ids"})

    sequence = fields.Integer(default=10)
    complaint_line_id = fields.Many2one(
        "complaint.line",
        "Goods of the complaint",
        index="btree_not_null",
        domain="[('complaint_id', '=', complaint_id)]",
    )
    product_id = fields.Many2one(
        "product.product",
        compute="_compute_product_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        check_company=True,
    )
    quantity = fields.Float(
        digits="Product Unit",
        compute="_compute_quantity",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    product_uom_id = fields.Many2one(
        "uom.uom",
        "Unit",
        compute="_compute_product_uom_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    lot_ids = fields.Many2many(
        "stock.lot", "complaint_demand_line_lot_rel", string="Lots", groups=INSIDE_GROUPS
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "The quantity of the goods of a request must be positive."
    )

    @api.depends("complaint_line_id")
    def _compute_product_id(self):
        for line in self:
            line.product_id = line.complaint_line_id.product_id or line.product_id

    @api.depends("complaint_line_id")
    def _compute_quantity(self):
        for line in self:
            goods = line.complaint_line_id
            line.quantity = (
                goods.quantity_confirmed or goods.quantity_complained or line.quantity or 1.0
            )

    @api.depends("complaint_line_id", "product_id")
    def _compute_product_uom_id(self):
        for line in self:
            goods = line.complaint_line_id
            unit = goods.product_id == line.product_id and goods.product_uom_id
            line.product_uom_id = unit or line.product_id.uom_id

    @api.constrains("complaint_line_id", "demand_id")
    def _check_complaint_line(self):
        for line in self:
            goods = line.complaint_line_id
            if goods and goods.complaint_id != line.complaint_id:
                raise UserError(
                    self.env._("“%s” belongs to another complaint.", goods.display_name)
                )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._find_complaint_line(vals) for vals in vals_list])

    def _check_joinable(self):
        """See super."""
        for demand in self.demand_id:
            if demand.state in ("done", "declined", "cancelled"):
                raise UserError(
                    self.env._(
                        "“%s” is settled: reopen it before you add goods.", demand.display_name
                    )
                )

    @api.model
    def _find_complaint_line(self, vals):
        """Goods added by hand are those complained about where only one line can be meant: their
        price, lots and delivery are known then.

        :return: ``vals``, with the complaint's line where it was not said
        """
        demand = self.env["complaint.demand"].browse(vals.get("demand_id"))
        if (
            vals.get("complaint_line_id")
            or not (vals.get("product_id") and vals.get("quantity"))
            or demand.remedy_kind not in GOODS_KINDS
        ):
            return vals
        goods = demand._get_affected_lines()
        goods = goods.filtered(lambda line: line.product_id.id == vals["product_id"])
        return {**vals, "complaint_line_id": goods.id} if len(goods) == 1 else vals

    def _get_moving_refusal(self):
        return self.env._("Goods stay with their request: add them there.")

    def _check_deletable(self):
        """What a document was made of stays (T20)."""
        super()._check_deletable()
        for line in self:
            if line.demand_id.exists() and line.demand_id._get_living_documents():
                raise UserError(
                    self.env._("A document was made of “%s”: cancel that first.", line.display_name)
                )

    def _get_frozen_stages(self):
        """Frozen too as soon as documents were made of the request."""
        stages = super()._get_frozen_stages()
        return stages | ({"executed"} if self.demand_id._get_living_documents() else set())

    # ------------------------------------------------------------
    # What was made of it
    # ------------------------------------------------------------
    def _get_covered_quantity(self):
        """:return: float in ``product_uom_id``: what living documents stand for already; each kind
        of document adds its own with super()
        """
        self.ensure_one()
        return 0.0

    def _get_remaining_quantity(self):
        """:return: float in ``product_uom_id``: what no living document stands for yet"""
        self.ensure_one()
        remaining = self.quantity - self._get_covered_quantity()
        rounding = self.product_uom_id.rounding
        return remaining if float_compare(remaining, 0.0, precision_rounding=rounding) > 0 else 0.0
