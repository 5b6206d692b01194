from odoo import api, fields, models

DUE_BY_VERB = {
    "submit": ("register",),
    "register": ("register",),
    "resolve": ("register", "resolve"),
}


class ComplaintEvidenceChecklist(models.Model):
    """What of the category's checklist is there, and what is missing (R8, R10)."""

    _inherit = "complaint.complaint"

    missing_evidence_ids = fields.Many2many(
        "complaint.category.evidence",
        string="Evidence still missing",
        compute="_compute_missing_evidence_ids",
    )
    evidence_todo = fields.Char(
        "Evidence needed to register", compute="_compute_missing_evidence_ids"
    )

    @api.depends(
        "category_id",
        "evidence_ids.file",
        "evidence_ids.kind",
        "evidence_ids.missing_reason",
        "evidence_ids.requirement_id",
        "evidence_ids.sample_state",
    )
    def _compute_missing_evidence_ids(self):
        for complaint in self:
            missing = complaint._get_missing_evidence()
            complaint.missing_evidence_ids = missing
            now = missing.filtered(lambda entry: entry.due == "register")
            complaint.evidence_todo = ", ".join(now.mapped("name"))

    def _get_missing_evidence(self, dues=("register", "resolve", "optional")):
        """Compare the category's checklist with the evidence of this case.

        Evidence added for an entry counts for it. Other evidence counts for the first open entry
        of its kind, and besides for every entry that takes any kind.

        :param tuple dues: keys of ``due`` to look at
        :return: ``complaint.category.evidence``
        """
        self.ensure_one()
        checklist = self.category_id._get_checklist()
        if not checklist:
            return checklist
        given = self.evidence_ids.filtered(lambda e: e._is_accounted_for())
        linked = given.requirement_id & checklist
        free = given.filtered(lambda e: e.requirement_id not in checklist)
        missing = checklist.browse()
        for entry in checklist - linked:
            if not entry.kind:
                if not given:
                    missing |= entry
                continue
            found = free.filtered(lambda e, entry=entry: e.kind == entry.kind)[:1]
            free -= found
            if not found:
                missing |= entry
        return missing.filtered(lambda entry: entry.due in dues)

    def _get_missing(self, verb):
        """Evidence due by then is there, or it is said why not."""
        missing = super()._get_missing(verb)
        if verb in DUE_BY_VERB:
            missing += [
                self.env._("%s, or the reason why there is none", entry.name)
                for entry in self._get_missing_evidence(DUE_BY_VERB[verb])
            ]
        return missing


class ComplaintEvidence(models.Model):
    """Evidence answers an entry of the checklist."""

    _inherit = "complaint.evidence"

    requirement_id = fields.Many2one(
        "complaint.category.evidence",
        "Collected for",
        index="btree_not_null",
        ondelete="set null",
        help="Entry of the category's checklist that this answers.",
    )

    def _is_accounted_for(self):
        """:return: whether there is a file or a sample, or it is said why there is none"""
        self.ensure_one()
        if self.sample_state or (self.missing_reason or "").strip():
            return True
        # bin_size: whether there is a file, without reading it
        return bool((self.with_context(bin_size=True) if self.id else self).file)
