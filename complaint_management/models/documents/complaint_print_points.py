from odoo import models


class ComplaintPrintPoints(models.Model):
    """Findings point by point, in documents of complaints that have more than one (R62).

    Responsibility and assessment are opinions and statements of liability: they are on the
    internal form only.
    """

    _inherit = "complaint.complaint"

    def _get_print_investigation(self):
        """:return: the facts in words: of the case, else of its only point"""
        self.ensure_one()
        note = self.point_ids.finding_note if len(self.point_ids) == 1 else ""
        return (self.investigation_result or note or "").strip()

    def _get_print_points(self):
        """:return: list of dicts of strings, one a point; empty for a case with one point"""
        self.ensure_one()
        if len(self.point_ids) < 2:
            return []
        return [self._prepare_print_point(point) for point in self.point_ids]

    def _prepare_print_point(self, point):
        """One row of :meth:`_get_print_points`; what is still open has no finding."""
        pending = point.finding == "pending"
        words = (point.words or "").strip()
        return {
            "name": point.defect_id.name or words or point.display_name or "",
            "words": words if point.defect_id else "",
            "goods": ", ".join(self._get_print_point_goods(point)),
            "finding": "" if pending else self._get_print_label(point, "finding"),
            "note": (point.finding_note or "").strip(),
        }

    def _get_print_point_goods(self, point):
        """:return: list of names of the goods, each once; none where the point is about all"""
        affected = self.line_ids.filtered(lambda x: x.quantity_complained or not x.move_id)
        if point.line_ids >= affected:
            return []
        names = [
            line.product_id.with_context(display_default_code=False).display_name or line.name
            for line in point.line_ids
        ]
        return list(dict.fromkeys(filter(None, names)))

    def _get_print_points_internal(self):
        """:return: rows of :meth:`_get_print_points` with responsibility, assessment and proof,
        read with the user's own rights
        """
        self.ensure_one()
        # sudo: goods of a case one may read; only strings leave this room
        rows = self.sudo()._get_print_points()
        for row, point in zip(rows, self.point_ids if rows else (), strict=True):
            row.update(
                responsibility=self._get_print_label(point, "responsibility"),
                assessment=(point.assessment or "").strip(),
                evidence=", ".join(point.evidence_ids.mapped("name")),
                finding=self._get_print_label(point, "finding"),
            )
        return rows
