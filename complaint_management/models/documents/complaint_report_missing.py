from odoo import models


class ComplaintReportMissing(models.Model):
    """What a document still lacks before it may be approved, kind by kind (R33, R44)."""

    _inherit = "complaint.complaint"

    def _get_missing_for_report(self, report):
        """:return: list of translated sentences: what ``report`` of this complaint lacks; other
        addons add ``_get_missing_for_<kind>``
        """
        self.ensure_one()
        if report.kind == "8d":
            return self._get_missing_for_8d(report.stage)
        if report.kind == "preventive":
            return self._get_missing_for_preventive_report()
        check = getattr(self, f"_get_missing_for_{report.kind}", None)
        return check() if check else []

    def _get_missing_for_letter(self):
        """:return: list of translated sentences: a letter answers what was asked"""
        self.ensure_one()
        missing = []
        if not self._get_print_words():
            missing.append(self.env._("what the customer said"))
        return missing + self._get_missing_beyond_person() + self._get_missing_answers()

    def _get_missing_for_form(self):
        """:return: list of translated sentences: what no customer's own form may say; what it must
        say is marked on its places
        """
        self.ensure_one()
        return self._get_missing_beyond_person()

    def _get_missing_for_8d(self, stage):
        """:param str stage: ``d3``, ``d5`` or ``final``; an interim version asks for its own only
        :return: list of translated sentences
        """
        self.ensure_one()
        missing = self._get_missing_for_d3(stage)
        if stage in ("d5", "final"):
            missing += self._get_missing_for_d5()
        if stage == "final":
            missing += self._get_missing_for_d8()
        return missing

    def _get_missing_for_d3(self, stage):
        """D1 to D3: somebody leads, the problem is described, the customer is protected."""
        missing = []
        if not (self.lead_user_id or self.user_id or self.member_ids):
            missing.append(self.env._("D1: who leads the team"))
        if not self._get_print_words():
            missing.append(self.env._("D2: what the customer said"))
        contained = self.check_ids.filtered("date") or (
            stage == "d3" and self._get_print_immediate_actions()
        )
        if not contained:
            missing.append(
                self.env._("D3: what was checked where (customer, transit, warehouse …)")
            )
        return missing

    def _get_missing_for_d5(self):
        """D4 and D5: causes proven for occurrence and escape, a measure against each."""
        missing = []
        causes = self._get_approval_causes()
        labels = self._get_print_cause_labels()
        for kind in ("occurrence", "escape"):
            if kind not in causes.mapped("cause_type"):
                missing.append(self.env._("D4: the cause – %s", labels[kind]))
        missing += self._get_missing_proofs()
        measured = self._get_approval_measures().cause_id
        missing += [
            self.env._("D5: a measure against the cause “%s”", cause.name[:60])
            for cause in causes
            if cause not in measured
        ]
        return missing

    def _get_missing_for_d8(self):
        """D6 to D8: introduced and validated, prevented elsewhere, effect looked after."""
        missing = []
        for action in self._get_print_8d_measures():
            if action.state != "done":
                missing.append(self.env._("D6: “%s” introduced", action.name))
            elif not (action.validation_note or action.evidence_note or "").strip():
                missing.append(self.env._("D6: what validates “%s”", action.name))
        prevented = self.revision_ids or self.action_ids.filtered(
            lambda a: a.kind == "preventive" and a.state != "cancelled"
        )
        if not prevented:
            missing.append(
                self.env._("D7: a revised document, or a measure that prevents it elsewhere")
            )
        effect = self.action_ids.filtered(
            lambda a: (
                (a.kind == "verification" and a.state != "cancelled")
                or a.effectiveness == "effective"
            )
        )
        if not effect:
            missing.append(self.env._("D8: a check that the measures work, done or planned"))
        if self.check_ids and not self.date_containment_removed:
            missing.append(self.env._("D8: the day containment was removed"))
        return missing

    # ------------------------------------------------------------
    # Shared by several documents
    # ------------------------------------------------------------
    def _get_missing_proofs(self):
        """:return: list of translated sentences: causes nobody proved, or that blame a person"""
        missing = [
            self.env._("proof of the cause “%s”, or its rejection", cause.name[:60])
            for cause in self._get_approval_causes()
            if cause.state == "preliminary"
        ]
        return missing + self._get_missing_beyond_person()

    def _get_missing_beyond_person(self):
        """:return: list of a translated sentence where a person is the only cause"""
        causes = self._get_approval_causes()
        if causes and all(cause.category_id.is_person for cause in causes):
            return [self.env._("a cause beyond the person who made the mistake")]
        return []

    def _get_missing_answers(self):
        """:return: list of translated sentences: requests without an answer"""
        return [
            self.env._("an answer to the request “%s”", demand.display_name)
            for demand in self.demand_ids
            if demand.state == "open" and not (demand.answer or "").strip()
        ]

    def _get_missing_for_preventive_report(self):
        """:return: list of translated sentences: what the preventive-action report still lacks"""
        self.ensure_one()
        missing = []
        if not self._get_print_words():
            missing.append(self.env._("what the customer said"))
        if not self._get_approval_causes():
            missing.append(self.env._("the cause"))
        missing += self._get_missing_proofs()
        if self._get_investigation() in ("required", "fact_check") and not self.validity:
            missing.append(self.env._("whether the complaint is justified"))
        if not self._get_approval_measures():
            missing.append(self.env._("a corrective or preventive action"))
        return missing + self._get_missing_answers()
