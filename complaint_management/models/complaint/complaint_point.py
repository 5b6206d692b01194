from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .complaint_complaint import INSIDE_GROUPS
from .complaint_findings import RESPONSIBILITIES
from .complaint_state_guard import EVERYTHING, TRUSTED

FINDINGS = [
    ("pending", "Pending"),
    ("confirmed", "Confirmed"),
    ("not_confirmed", "Not confirmed"),
    ("no_trouble_found", "No trouble found"),
]
# What a finding says about the complaint (R63).
FINDING_VALIDITY = {
    "confirmed": "justified",
    "not_confirmed": "not_justified",
    "no_trouble_found": "not_justified",
}


class ComplaintPoint(models.Model):
    """One thing said to be wrong, with its own finding and responsibility (R20, R62, 8D D2).

    ``defect_id``, ``words`` and ``line_ids`` are what the customer said; ``finding`` and
    ``finding_note`` are facts that may be printed; ``assessment`` and ``responsibility`` are our
    opinion and stay inside (R34). Points are made at registration (see ``complaint_points``); what
    they say about the whole complaint is in ``complaint_validity``.
    """

    _name = "complaint.point"
    _description = "Complaint Point"
    _inherit = ["complaint.child.mixin", "complaint.proof.mixin"]
    _order = "complaint_id, sequence, id"
    _IS_SAID = True
    _OUTLIVES_CLOSING = False
    _FROZEN_FIELDS = {"registered": frozenset({"defect_id", "words"}), "closed": EVERYTHING}
    _VERSIONED_FIELDS = frozenset(
        {"defect_id", "words", "line_ids", "finding", "finding_note", "responsibility"}
    )

    sequence = fields.Integer(default=10)
    defect_id = fields.Many2one("complaint.defect", index="btree_not_null")
    words = fields.Text(
        "Customer's words",
        help="What the customer said about this point; empty: as he said it of the whole.",
    )
    line_ids = fields.Many2many(
        "complaint.line",
        "complaint_point_line_rel",
        "point_id",
        "line_id",
        "Goods",
        domain="[('complaint_id', '=', complaint_id)]",
        check_company=True,
    )
    finding = fields.Selection(
        FINDINGS,
        required=True,
        default="pending",
        copy=False,
        index=True,
        help="No trouble found: we could not make it happen again; it is not refuted.",
    )
    finding_note = fields.Text(
        "What was found", copy=False, help="Facts only; may be printed for the customer."
    )
    validity = fields.Selection(
        [("justified", "Justified"), ("not_justified", "Not justified")],
        compute="_compute_validity",
    )
    responsibility = fields.Selection(RESPONSIBILITIES, copy=False, help="Never printed.")
    assessment = fields.Text(
        "Internal assessment",
        copy=False,
        groups=INSIDE_GROUPS,
        help="Opinions stay here and never leave the house.",
    )

    @api.depends("finding")
    def _compute_validity(self):
        for point in self:
            point.validity = FINDING_VALIDITY.get(point.finding, False)

    @api.depends("defect_id", "words", "complaint_id.subject")
    def _compute_display_name(self):
        """The defect, else the first words, else what the whole complaint is called."""
        for point in self:
            words = (point.words or "").strip().split("\n")[0][:60]
            point.display_name = point.defect_id.name or words or point.complaint_id.subject

    @api.constrains("line_ids", "complaint_id")
    def _check_own_lines(self):
        """A point is about goods of its own case.

        :raise ValidationError: naming the point
        """
        # sudo: only which case the goods belong to is compared
        for point in self.sudo().filtered("line_ids"):
            if point.line_ids.complaint_id != point.complaint_id:
                raise ValidationError(
                    self.env._(
                        "“%s” is to be about goods of another complaint: choose goods of its own.",
                        point.display_name,
                    )
                )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        if not self._is_trusted():
            points.complaint_id._propose_from_points()
        return points

    def write(self, vals):
        """Judge: the finding is logged, and the complaint follows it (R63)."""
        judged = self.filtered(lambda p: p.finding != vals.get("finding", p.finding))
        result = super().write(vals)
        if not self._is_trusted():
            judged._log_finding()
        if {"finding", "responsibility"}.intersection(vals):
            self.complaint_id._propose_from_points()
        return result

    def _correct_defect(self, lines):
        """Take the corrected defect of ``lines`` over, or let them go to the point that has it."""
        self.ensure_one()
        defects = {line._get_defect() for line in self.line_ids}
        others = {point.defect_id for point in self.complaint_id.point_ids - self}
        # Trusted: what the customer said is mended, not rewritten
        if len(defects) == 1 and not defects & others:
            self._write_trusted({"defect_id": defects.pop().id})
            return
        self._write_trusted({"line_ids": [fields.Command.unlink(line.id) for line in lines]})
        if not self.line_ids and not self.words:
            self.with_context(complaint_transition=TRUSTED).unlink()

    def _bump_complaint_version(self):
        """Points made by a verb come with the version the verb makes."""
        if not self._is_trusted():
            super()._bump_complaint_version()

    def _log_finding(self):
        """Say in the chatter what was found: who judged, and when, stays readable (T20)."""
        labels = dict(self._fields["finding"]._description_selection(self.env))
        for point in self:
            point.complaint_id._message_log(
                body=self.env._(
                    "“%(point)s”: %(finding)s.",
                    point=point.display_name,
                    finding=labels[point.finding],
                )
            )
