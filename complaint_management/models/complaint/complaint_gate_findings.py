from odoo import models

# Names a refusal lists before it counts: 200 lines are no message.
MAX_NAMES = 5


class ComplaintGateFindings(models.Model):
    """What the gate before resolving asks about findings, quantities and causes (R20, R30, R63).

    How much depends on the category's ``investigation``: *required* wants finding, verdict and a
    verified cause, *cause_only* the cause, *fact_check* finding and facts, *none* nothing.
    """

    _inherit = "complaint.complaint"

    def _get_missing_findings(self):
        """:return: list of translated sentences: findings, verdict, facts, confirmed quantities"""
        self.ensure_one()
        missing = []
        investigation = self._get_investigation()
        if investigation in ("required", "fact_check"):
            missing += self._get_missing_point_findings()
            if not self.validity:
                missing.append(self.env._("whether the complaint is justified"))
        if investigation == "fact_check" and not self._get_found_facts():
            missing.append(self.env._("what was checked and found (investigation result)"))
        return missing + self._get_missing_confirmed_quantities()

    def _get_missing_point_findings(self):
        pending = self.point_ids.filtered(lambda p: p.finding == "pending")
        if len(self.point_ids) == 1 and pending:
            return [self.env._("the finding: is it as the customer says?")]
        return [self.env._("the finding on “%s”", point.display_name) for point in pending]

    def _get_found_facts(self):
        """:return: the facts written down, of the whole complaint or of a point"""
        self.ensure_one()
        notes = self.point_ids.mapped("finding_note")
        return any((text or "").strip() for text in (self.investigation_result, *notes))

    def _get_missing_confirmed_quantities(self):
        """:return: list with one translated sentence where the customer was right (R63)"""
        lines = self._get_unconfirmed_lines()
        if not lines:
            return []
        return [self.env._("the confirmed quantity of %s", self._get_shortened_names(lines))]

    def _get_missing_causes(self):
        """:return: list of translated sentences; a cause counts once it is verified (8D D4)"""
        if self._get_investigation() not in ("required", "cause_only"):
            return []
        if self.cause_ids.filtered(lambda c: c.state == "verified"):
            return []
        preliminary = self.cause_ids.filtered(lambda c: c.state == "preliminary")
        if preliminary:
            return [
                self.env._(
                    "a verified cause (%s is only preliminary)",
                    self._get_shortened_names(preliminary),
                )
            ]
        return [self.env._("a verified cause")]

    def _get_shortened_names(self, records):
        """:return: names in quotes, the rest counted"""
        names = [f"“{(record.name or record.display_name)[:60]}”" for record in records[:MAX_NAMES]]
        if len(records) > MAX_NAMES:
            names.append(self.env._("%s more", len(records) - MAX_NAMES))
        return ", ".join(names)
