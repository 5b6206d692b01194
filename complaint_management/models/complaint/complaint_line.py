from odoo import api, fields, models

from .complaint_complaint import INSIDE_GROUPS
from .complaint_state_guard import EVERYTHING


class ComplaintLine(models.Model):
    """Goods the complaint is about, as shipped and as complained (R3, R4, R7).

    Quantities are in ``product_uom_id``. ``quantity_shipped`` is gross; what came back before
    stands beside it in ``quantity_returned``. A line may come from any order of the customer, or
    from none: then ``name``, ``lot_name``, ``production_date`` say what it is (R61).
    """

    _name = "complaint.line"
    _description = "Complaint Line"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, sequence, id"
    _IS_SAID = True
    _OUTLIVES_CLOSING = False
    _FROZEN_FIELDS = {
        "registered": frozenset(
            {
                "product_id",
                "name",
                "specification",
                "sale_line_id",
                "move_id",
                "lot_ids",
                "lot_name",
                "production_date",
                "date_shipped",
                "product_uom_id",
                "quantity_shipped",
                "quantity_returned",
                "quantity_complained",
                "quantity_unsaid",
                "days_since_shipment",
                "warranty_end",
                "in_warranty",
            }
        ),
        "closed": EVERYTHING,
    }
    _VERSIONED_FIELDS = frozenset({"product_id", "quantity_complained", "quantity_confirmed"})

    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", index="btree_not_null", check_company=True)
    name = fields.Char(
        "Goods as named by the customer",
        compute="_compute_name",
        store=True,
        precompute=True,
        readonly=False,
    )
    specification = fields.Char(help="Size, colour, packing: as printed on the goods or said.")
    sale_line_id = fields.Many2one("sale.order.line", index="btree_not_null", check_company=True)
    sale_order_id = fields.Many2one(
        related="sale_line_id.order_id", store=True, precompute=True, index="btree_not_null"
    )
    move_id = fields.Many2one("stock.move", index="btree_not_null", check_company=True)
    picking_id = fields.Many2one(
        related="move_id.picking_id", store=True, precompute=True, index="btree_not_null"
    )
    lot_ids = fields.Many2many(
        "stock.lot", "complaint_line_stock_lot_rel", string="Lots", groups=INSIDE_GROUPS
    )
    lot_name = fields.Char(
        "Lot or batch code", help="As printed on the goods, where no lot is known."
    )
    production_date = fields.Date()
    date_shipped = fields.Datetime("Shipped on")
    product_uom_id = fields.Many2one("uom.uom", "Unit")
    quantity_shipped = fields.Float("Shipped", digits="Product Unit")
    quantity_returned = fields.Float("Returned", digits="Product Unit")
    quantity_complained = fields.Float("Complained", digits="Product Unit")
    quantity_unsaid = fields.Boolean(
        "Quantity not said",
        readonly=True,
        help="The customer ticked the goods and did not say how many: ask him.",
    )
    quantity_confirmed = fields.Float("Confirmed", digits="Product Unit", copy=False)
    is_affected = fields.Boolean(
        "Affected", compute="_compute_is_affected", inverse="_inverse_is_affected"
    )
    defect_id = fields.Many2one("complaint.defect", index="btree_not_null")
    days_since_shipment = fields.Integer(
        compute="_compute_warranty",
        store=True,
        precompute=True,
        help="Calendar days from shipment to the day the complaint was received.",
    )
    warranty_end = fields.Date(compute="_compute_warranty", store=True, precompute=True)
    in_warranty = fields.Boolean(compute="_compute_warranty", store=True, precompute=True)

    _quantities_positive = models.Constraint(
        "CHECK(quantity_complained >= 0 AND quantity_confirmed >= 0)",
        "Complained and confirmed quantities cannot be negative.",
    )

    @api.depends("product_id")
    def _compute_name(self):
        for line in self:
            line.name = line.product_id.display_name or line.name

    @api.depends("quantity_complained", "quantity_unsaid")
    def _compute_is_affected(self):
        for line in self:
            line.is_affected = line.quantity_complained > 0 or line.quantity_unsaid

    def _is_left_out(self):
        """Whether registration drops the line: it says nothing, or it came from order or delivery
        and nobody complained about it. What somebody typed is never dropped.
        """
        self.ensure_one()
        if self.sale_line_id or self.move_id:
            return not self.quantity_complained and not self.quantity_unsaid
        return not (self.product_id or self.name or self.lot_name or self.production_date)

    @api.onchange("is_affected")
    def _inverse_is_affected(self):
        """Ticking a line complains about all the customer still has of it (R3)."""
        for line in self:
            if not line.is_affected:
                line.quantity_complained = 0
                line.quantity_unsaid = False
            elif not line.quantity_complained:
                line.quantity_complained = line.quantity_shipped - line.quantity_returned or 1
