from odoo import api, models

GOODS_FIELDS = frozenset({"complaint_line_id", "product_id", "quantity", "product_uom_id"})


class ComplaintDemandLinePromise(models.Model):
    """Goods are part of what was promised: changing them voids an approval (T16)."""

    _inherit = "complaint.demand.line"

    @api.model_create_multi
    def create(self, vals_list):
        ids = {vals["demand_id"] for vals in vals_list if vals.get("demand_id")}
        with self.env["complaint.demand"].browse(ids)._watch_promise():
            return super().create(vals_list)

    def write(self, vals):
        """Notice what changes what the customer gets."""
        if not GOODS_FIELDS.intersection(vals):
            return super().write(vals)
        with self.demand_id._watch_promise():
            return super().write(vals)

    def unlink(self):
        """Notice goods that go."""
        with self.demand_id._watch_promise():
            return super().unlink()
