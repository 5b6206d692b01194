from odoo import api, models
from odoo.tools import SQL


class ComplaintAnalysisGoods(models.Model):
    """Goods complained about: whom purchasing claims from knows best whose they are (R20).

    Goods of several lots have a vendor where all lots came from the same; else nobody knows whose
    the bad ones are, and nobody is blamed.
    """

    _inherit = "complaint.analysis.goods"

    _depends = {
        "complaint.recharge": ["partner_id", "party", "state"],
        "complaint.recharge.line": ["complaint_line_id", "recharge_id"],
    }

    @api.model
    def _get_goods_joins(self):
        return SQL(
            """%s
            LEFT JOIN (
                SELECT DISTINCT ON (claimed.complaint_line_id)
                       claimed.complaint_line_id, supplier.commercial_partner_id AS vendor_id
                  FROM complaint_recharge_line claimed
                  JOIN complaint_recharge recharge ON recharge.id = claimed.recharge_id
                  JOIN res_partner supplier ON supplier.id = recharge.partner_id
                 WHERE recharge.party = 'supplier'
                   AND recharge.state NOT IN ('refused', 'cancelled')
              ORDER BY claimed.complaint_line_id, claimed.id
            ) claim ON claim.complaint_line_id = line.id
            LEFT JOIN (
                SELECT held.complaint_line_id, MIN(origin.vendor_id) AS vendor_id,
                       COUNT(DISTINCT COALESCE(origin.vendor_id, 0)) AS vendor_count
                  FROM complaint_line_stock_lot_rel held
                  JOIN complaint_line mixed ON mixed.id = held.complaint_line_id
                  JOIN complaint_complaint mixed_case ON mixed_case.id = mixed.complaint_id
             LEFT JOIN (%s) origin ON origin.lot_id = held.stock_lot_id
                                  AND origin.company_id = mixed_case.company_id
              GROUP BY held.complaint_line_id
                HAVING COUNT(*) > 1
            ) several_lots ON several_lots.complaint_line_id = line.id
            """,
            super()._get_goods_joins(),
            self._get_lot_origins(),
        )

    @api.model
    def _get_goods_dimensions(self):
        dimensions = super()._get_goods_dimensions()
        vendor = SQL(
            """COALESCE(claim.vendor_id, CASE WHEN several_lots.vendor_count > 1 THEN NULL
                                              ELSE COALESCE(several_lots.vendor_id, %s) END)""",
            dimensions["vendor_id"],
        )
        return {**dimensions, "vendor_id": vendor}
