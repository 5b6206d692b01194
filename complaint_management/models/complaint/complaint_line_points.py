from odoo import api, fields, models

from .complaint_complaint import UNREGISTERED_STATES


class ComplaintLine(models.Model):
    """Goods and the points they belong to (R62)."""

    _inherit = "complaint.line"

    point_ids = fields.Many2many(
        "complaint.point", "complaint_point_line_rel", "line_id", "point_id", "Points", copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Goods added to a registered complaint join the point of their defect, or make it."""
        lines = super().create(vals_list)
        lines._get_registered_complaints()._make_points()
        return lines

    def write(self, vals):
        """Goods whose defect is corrected join the point of the right one, or make it."""
        if "defect_id" not in vals:
            return super().write(vals)
        before = {line: line._get_defect() for line in self}
        result = super().write(vals)
        self._follow_defects(before)
        return result

    def _follow_defects(self, before):
        """Move goods whose defect was corrected into the point of the right one.

        A point that nobody judged yet is renamed, where it holds nothing else; one that is left
        without goods and words goes with the error that made it.

        :param dict before: line → its defect before the correction
        """
        moved = self.filtered(lambda x: x.point_ids and before[x] != x._get_defect())
        for point in moved.point_ids.filtered(lambda p: p.finding == "pending"):
            lines = (moved & point.line_ids).filtered(lambda x, p=point: before[x] == p.defect_id)
            if lines:
                point._correct_defect(lines)
        self._get_registered_complaints()._make_points()

    def _get_registered_complaints(self):
        return self.complaint_id.filtered(
            lambda c: c.state not in (*UNREGISTERED_STATES, "cancelled")
        )

    def _get_defect(self):
        """:return: what is wrong with these goods: their own defect, else the main one"""
        self.ensure_one()
        return self.defect_id or self.complaint_id.defect_id
