from odoo import api, models


class ComplaintPoint(models.Model):
    """A point that a supplier or carrier caused asks purchasing to claim (R20)."""

    _inherit = "complaint.point"

    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        points.filtered("responsibility").complaint_id._follow_responsibility()
        return points

    def write(self, vals):
        """Judging one point may concern a vendor, whatever the whole is judged."""
        result = super().write(vals)
        if "responsibility" in vals:
            self.complaint_id._follow_responsibility()
        return result
