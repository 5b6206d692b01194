from odoo import api, fields, models

from .complaint_complaint import UNREGISTERED_STATES
from .complaint_state_guard import TRUSTED


class ComplaintPoints(models.Model):
    """The points of a complaint: one for each thing said to be wrong (R62).

    Made at registration for each defect of the goods, else for the main defect, else one without;
    goods that come later join the point of their defect, or make it. Most complaints have one
    point and never show the list.
    """

    _inherit = "complaint.complaint"

    point_ids = fields.One2many("complaint.point", "complaint_id", "Points")
    point_count = fields.Integer("Points (number)", compute="_compute_point_count")

    @api.depends("point_ids")
    def _compute_point_count(self):
        for complaint in self:
            complaint.point_count = len(complaint.point_ids)

    def _after_register(self):
        result = super()._after_register()
        self._make_points()
        return result

    def _note_import(self):
        result = super()._note_import()
        registered = self.filtered(lambda c: c.state not in UNREGISTERED_STATES)
        registered._make_points()
        for finding, complaints in registered.grouped(lambda c: c._get_finding()).items():
            # Trusted: what an administrator imports was judged long ago
            complaints.point_ids._write_trusted({"finding": finding})
        return result

    def write(self, vals):
        """Let goods and points that nobody judged yet follow when the main defect is corrected."""
        if "defect_id" not in vals:
            return super().write(vals)
        before = {line: line._get_defect() for line in self.line_ids}
        without = {complaint: complaint.defect_id for complaint in self if not complaint.line_ids}
        result = super().write(vals)
        self.line_ids._follow_defects(before)
        for complaint, defect in without.items():
            points = complaint.point_ids.filtered(lambda p, old=defect: p.defect_id == old)
            points = points.filtered(lambda p: p.finding == "pending" and not p.line_ids)
            points._write_trusted({"defect_id": complaint.defect_id.id})
        return result

    # ------------------------------------------------------------
    # Making
    # ------------------------------------------------------------
    def _make_points(self):
        """Give every defect its point and every affected line one; running twice makes nothing new.

        Called by verbs and by lines that were added, which have checked the complaint.
        """
        new = []
        for complaint in self:
            points = {point.defect_id: point for point in reversed(complaint.point_ids)}
            number = len(complaint.point_ids)
            for defect, lines in complaint._get_point_groups().items():
                point = points.get(defect)
                if not point:
                    number += 1
                    new.append(complaint._prepare_point_vals(defect, lines, number))
                elif lines:
                    # Trusted: frozen for everybody else
                    point._write_trusted({"line_ids": [fields.Command.link(x.id) for x in lines]})
        # sudo: the verb was checked; trusted: the verb counts the version
        points = self.env["complaint.point"].sudo()
        points.with_context(complaint_transition=TRUSTED).create(new)

    def _get_point_groups(self):
        """Goods by what is said to be wrong with them, in the order they are listed.

        :return: dict defect (may be empty) → ``complaint.line`` in no point yet; a complaint
            without goods is about its main defect, and about something where it has none
        """
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.quantity_complained or not line.move_id)
        pointless = lines - self.point_ids.line_ids if self.point_ids else lines
        groups = pointless.grouped(lambda line: line.defect_id or self.defect_id)
        if not groups and not self.point_ids:
            groups = {self.defect_id: lines}
        return groups

    def _prepare_point_vals(self, defect, lines, number):
        """Values of a point; called by :meth:`_make_points`.

        :param int number: its place among the points of the complaint, from 1
        """
        self.ensure_one()
        return {
            "complaint_id": self.id,
            "defect_id": defect.id,
            "line_ids": [fields.Command.set(lines.ids)],
            "sequence": 10 * number,
        }

    def _get_finding(self):
        """:return: the finding that a verdict about the whole complaint stands for"""
        self.ensure_one()
        findings = {"justified": "confirmed", "not_justified": "not_confirmed"}
        return findings.get(self.validity, "pending")
