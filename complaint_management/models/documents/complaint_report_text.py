from odoo import models

from ..complaint.complaint_state_guard import TRUSTED


class ComplaintReportText(models.Model):
    """The texts of a report, written from what is recorded and merged into what was edited (R44).

    Each section is ``(code, title, body)`` in print order, in the report's language. A body is
    plain text; the tables of a section are added when it is printed.
    """

    _inherit = "complaint.report"

    def _refresh_sections(self):
        """Bring drafts up to date: new sections come, unedited ones change, edited ones stay."""
        for report in self:
            # Trusted: the generator's texts are not marked as edited by the user
            sections = report.section_ids.with_context(complaint_transition=TRUSTED)
            existing = {section.code: section for section in sections}
            new = []
            for index, (code, title, body) in enumerate(report._get_generated_sections()):
                section = existing.get(code)
                if not section:
                    new.append(report._prepare_section_vals(code, title, body, index))
                elif not section.is_edited and (section.title, section.body or "") != (title, body):
                    section.write({"title": title, "body": body})
            sections.create(new)

    def _prepare_section_vals(self, code, title, body, index):
        """Values of a generated section; called by :meth:`_refresh_sections`."""
        self.ensure_one()
        return {
            "report_id": self.id,
            "code": code,
            "title": title,
            "body": body,
            "sequence": 10 * (index + 1),
        }

    def _get_generated_sections(self):
        """:return: list of ``(code, title, body)`` of this kind, in the report's language"""
        self.ensure_one()
        return getattr(self.with_context(lang=self.lang), f"_get_sections_{self.kind}")()

    def _get_sections_preventive(self):
        """Sections of the preventive-action report, in the order customers expect."""
        complaint = self._get_safe_complaint()
        return [
            ("opening", self.env._("Opening"), self._get_text_opening()),
            ("complaint", self.env._("Your complaint"), complaint._get_print_words()),
            ("handling", self.env._("How we handled it"), (complaint.plan_summary or "").strip()),
            (
                "investigation",
                self.env._("Investigation"),
                complaint._get_print_investigation(),
            ),
            ("cause", self.env._("Cause"), complaint._get_print_cause_text()),
            ("corrective", self.env._("Corrective actions"), ""),
            ("preventive", self.env._("Preventive actions"), ""),
            ("readacross", self.env._("Applied elsewhere"), ""),
            ("verification", self.env._("Verification"), ""),
            ("closing", self.env._("Closing"), self._get_text_closing()),
        ]

    def _get_sections_feedback(self):
        """Sections of the customer feedback sheet; empty ones are filled in by hand."""
        complaint = self._get_safe_complaint()
        return [
            ("complaint", self.env._("Customer's words"), complaint._get_print_words()),
            ("findings", self.env._("Findings on site"), ""),
            (
                "investigation",
                self.env._("Investigation result"),
                complaint._get_print_investigation(),
            ),
            ("handling", self.env._("Handling"), (complaint.plan_summary or "").strip()),
            ("cause", self.env._("Cause"), complaint._get_print_cause_text()),
            ("measures", self.env._("Corrective and preventive measures"), ""),
        ]

    def _get_text_opening(self):
        """Thanks and apology: sympathy, no statement of liability."""
        self.ensure_one()
        return "\n".join(
            (
                self.env._("Dear %s,", self.partner_id.name or ""),
                self.env._(
                    "Thank you for telling us openly what was wrong. We are sorry for the trouble "
                    "it has caused you. We have looked into the matter; this is what we found and "
                    "what we do about it."
                ),
            )
        )

    def _get_text_closing(self):
        """A thank-you that invites an answer."""
        return self.env._(
            "You have shown us where we must become better, and we thank you for your trust. If "
            "anything remains open, please let us know: we will take care of it at once."
        )
