from odoo import api, fields, models


class ComplaintLineFigures(models.Model):
    """Among how many points goods are shared, kept for the figures of goods (R62, R63).

    Counted anew for each look, it was the dearest part of them: all points of all cases were read.
    """

    _inherit = "complaint.line"

    # Precomputed: new goods are in no point yet, and need no second write to say so
    point_count = fields.Integer(
        "Number of points", compute="_compute_point_count", store=True, precompute=True
    )
    confirmed_point_count = fields.Integer(
        "Number of confirmed points", compute="_compute_point_count", store=True, precompute=True
    )

    @api.depends("point_ids.finding")
    def _compute_point_count(self):
        for line in self:
            line.point_count = len(line.point_ids)
            confirmed = line.point_ids.filtered(lambda point: point.finding == "confirmed")
            line.confirmed_point_count = len(confirmed)
