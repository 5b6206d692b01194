from odoo import api, models
from odoo.tools import SQL


class ComplaintVendorMixin(models.AbstractModel):
    """Vendors of goods in figures: whose receipt a lot came by first, before any main vendor."""

    _inherit = "complaint.vendor.mixin"

    _depends = {
        "purchase.order": ["partner_id"],
        "purchase.order.line": ["order_id"],
        "stock.location": ["usage"],
        "stock.move": ["purchase_line_id"],
        "stock.move.line": ["company_id", "date", "location_id", "lot_id", "move_id", "state"],
    }

    @api.model
    def _get_vendor_joins(self, product, lot, company):
        return SQL(
            "%s LEFT JOIN (%s) lot_origin ON lot_origin.lot_id = %s AND lot_origin.company_id = %s",
            super()._get_vendor_joins(product, lot, company),
            self._get_lot_origins(),
            lot,
            company,
        )

    @api.model
    def _get_lot_origins(self):
        """:return: ``SQL`` of ``lot_id, company_id, vendor_id``: from whom a lot came first"""
        return SQL(
            """
            SELECT DISTINCT ON (received.lot_id, received.company_id)
                   received.lot_id, received.company_id,
                   supplier.commercial_partner_id AS vendor_id
              FROM stock_move_line received
              JOIN stock_move receipt ON receipt.id = received.move_id
              JOIN stock_location origin ON origin.id = received.location_id
              JOIN purchase_order_line ordered ON ordered.id = receipt.purchase_line_id
              JOIN purchase_order purchase ON purchase.id = ordered.order_id
              JOIN res_partner supplier ON supplier.id = purchase.partner_id
             WHERE received.lot_id IS NOT NULL
               AND received.state = 'done'
               AND origin.usage = 'supplier'
          ORDER BY received.lot_id, received.company_id, received.date, received.id
            """
        )

    @api.model
    def _get_vendor(self):
        return SQL("COALESCE(lot_origin.vendor_id, %s)", super()._get_vendor())
