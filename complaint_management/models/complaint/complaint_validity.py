from odoo import api, fields, models

from .same_options import same_options


class ComplaintValidity(models.Model):
    """What the findings on the points say about the whole complaint (R20, R63).

    ``validity`` and ``responsibility`` are proposed; what somebody chose by hand stays, until he
    empties the field: then the proposal comes back.
    """

    _inherit = "complaint.complaint"

    validity_by_hand = fields.Boolean(readonly=True, copy=False)
    responsibility_by_hand = fields.Boolean(readonly=True, copy=False)
    # With one point its finding is a plain field of the complaint.
    finding = fields.Selection(
        selection=same_options("complaint.point", "finding"),
        compute="_compute_finding",
        inverse="_inverse_finding",
        help="Of the only point; more points have a finding each.",
    )

    @api.depends("point_ids.finding")
    def _compute_finding(self):
        for complaint in self:
            points = complaint.point_ids
            complaint.finding = points.finding if len(points) == 1 else False

    def _inverse_finding(self):
        """Judge the only point; a case registered before there were points gets it now."""
        for complaint in self.filtered("finding"):
            finding = complaint.finding
            if not complaint.point_ids:
                complaint._make_points()
            if len(complaint.point_ids) == 1:
                complaint.point_ids.finding = finding

    # ------------------------------------------------------------
    # Proposals
    # ------------------------------------------------------------
    def _get_proposed_validity(self):
        """:return: justified where all points are confirmed, partly where some are, not justified
        where none is; False while a finding is open
        """
        self.ensure_one()
        verdicts = set(self.point_ids.mapped("validity"))
        if not verdicts or False in verdicts:
            return False
        return "partly" if len(verdicts) > 1 else verdicts.pop()

    def _get_proposed_responsibility(self):
        """:return: the responsibility all confirmed points share, else all points; else False"""
        self.ensure_one()
        points = self.point_ids.filtered(lambda p: p.finding == "confirmed") or self.point_ids
        found = set(points.mapped("responsibility"))
        return found.pop() if len(found) == 1 else False

    def _propose_from_points(self):
        """Take over what the points say, where nobody chose by hand; called when they change."""
        for complaint in self:
            vals = {}
            for name in ("validity", "responsibility"):
                proposed = getattr(complaint, f"_get_proposed_{name}")()
                if not complaint[f"{name}_by_hand"] and complaint[name] != proposed:
                    vals[name] = proposed
            if vals:
                # Trusted: a proposal, no choice by hand; the point's rights were checked
                complaint._write_trusted(vals)

    # ------------------------------------------------------------
    # Choices by hand
    # ------------------------------------------------------------
    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"validity_by_hand", "responsibility_by_hand"}

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        for complaint, vals in zip(complaints, vals_list, strict=True):
            complaint._remember_choices(vals)
        return complaints

    def write(self, vals):
        """Remember what somebody chose by hand; an emptied field takes the proposal again."""
        result = super().write(vals)
        if not self._is_trusted():
            self._remember_choices(vals)
        return result

    def _remember_choices(self, vals):
        names = [name for name in ("validity", "responsibility") if name in vals]
        if not names:
            return
        self._write_trusted({f"{name}_by_hand": bool(vals[name]) for name in names})
        if not all(vals[name] for name in names):
            self._propose_from_points()
