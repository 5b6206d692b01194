from odoo import models

CAUSE_ORDER = ("occurrence", "escape", "systemic")


class ComplaintPrint8dCauses(models.Model):
    """D4 of an 8D report: why it happened, why it was not found, what let both happen."""

    _inherit = "complaint.complaint"

    def _get_print_causes(self):
        """:return: ``complaint.cause`` in the order of the report: verified ones, else what is
        supposed so far
        """
        causes = self.cause_ids.filtered(lambda c: c.state == "verified")
        causes = causes or self.cause_ids.filtered(lambda c: c.state == "preliminary")
        return causes.sorted(lambda c: (CAUSE_ORDER.index(c.cause_type), c.sequence, c.id))

    def _get_print_cause_labels(self):
        """:return: dict type of cause → words for the customer"""
        return {
            "occurrence": self.env._("Why it happened"),
            "escape": self.env._("Why it was not found"),
            "systemic": self.env._("What made both possible"),
        }

    def _fill_print_8d_d4(self, section):
        """A row for each cause: its whys, and what proves it."""
        labels = self._get_print_cause_labels()
        causes = self._get_print_causes()
        rows = [
            [
                labels[cause.cause_type],
                cause.name.strip(),
                self._get_print_whys(cause),
                (cause.evidence_note or "").strip(),
                self._get_print_label(cause, "state"),
            ]
            for cause in causes
        ]
        if all(cause.state == "verified" for cause in causes):
            for row in rows:
                row[4] = ""
        columns = [
            (self.env._("Kind"), 15),
            (self.env._("Root cause"), 28),
            (self.env._("Chain of whys"), 32),
            (self.env._("Evidence"), 24),
            (self.env._("State"), 11),
        ]
        section["tables"].append(self._make_print_table("causes", columns, rows))

    def _get_print_whys(self, cause):
        """:return: the whys of a cause, numbered, one a line"""
        whys = [line.strip() for line in (cause.whys or "").splitlines() if line.strip()]
        if len(whys) < 2:
            return "\n".join(whys)
        return "\n".join(f"{number}. {why}" for number, why in enumerate(whys, 1))
