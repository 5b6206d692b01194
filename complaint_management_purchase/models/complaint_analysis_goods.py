from odoo import api, models
from odoo.tools import SQL


class ComplaintAnalysisGoods(models.Model):
    """Goods complained about: whom purchasing claims from knows best whose they are (R20)."""

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
            """,
            super()._get_goods_joins(),
        )

    @api.model
    def _get_goods_dimensions(self):
        dimensions = super()._get_goods_dimensions()
        vendor = SQL("COALESCE(claim.vendor_id, %s)", dimensions["vendor_id"])
        return {**dimensions, "vendor_id": vendor}
