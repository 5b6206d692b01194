from odoo import api, models

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
            generated = report._get_generated_sections()
            new = []
            for index, (code, title, body) in enumerate(generated):
                section = existing.get(code)
                if not section:
                    new.append(report._prepare_section_vals(code, title, body, index))
                elif not section.is_edited:
                    section._update_generated(
                        report._prepare_section_vals(code, title, body, index)
                    )
            sections.create(new)
            report._drop_left_out({code for code, _title, _body in generated})

    def _drop_left_out(self, codes):
        """Take away what the profile leaves out by now, unless somebody rewrote it."""
        self.ensure_one()
        known = self._get_section_titles(self.kind)
        sections = self.section_ids.with_context(complaint_transition=TRUSTED)
        sections.filtered(
            lambda s: s.code in known and s.code not in codes and not s.is_edited
        ).unlink()

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
        """:return: list of ``(code, title, body)`` as the profile wants them, in the report's
        language
        """
        self.ensure_one()
        report = self.with_context(lang=self.lang)
        bodies = getattr(report, f"_get_bodies_{self.kind}")()
        titles = report._get_section_titles(self.kind)
        return report._apply_profile(
            [(code, title, bodies.get(code, "")) for code, title in titles.items()]
        )

    @api.model
    def _get_titles_preventive(self):
        """Sections of the preventive-action report, in the order customers expect."""
        return {
            "opening": self.env._("Opening"),
            "complaint": self.env._("Your complaint"),
            "handling": self.env._("How we handled it"),
            "investigation": self.env._("Investigation"),
            "cause": self.env._("Cause"),
            "corrective": self.env._("Corrective actions"),
            "preventive": self.env._("Preventive actions"),
            "readacross": self.env._("Applied elsewhere"),
            "verification": self.env._("Verification"),
            "closing": self.env._("Closing"),
        }

    def _get_bodies_preventive(self):
        complaint = self._get_safe_complaint()
        return {
            "opening": self._get_text_opening(),
            "complaint": complaint._get_print_words(),
            "handling": (complaint.plan_summary or "").strip(),
            "investigation": complaint._get_print_investigation(),
            "cause": complaint._get_print_cause_text(),
            "closing": self._get_text_closing(),
        }

    @api.model
    def _get_titles_feedback(self):
        """Sections of the customer feedback sheet; empty ones are filled in by hand."""
        return {
            "complaint": self.env._("Customer's words"),
            "findings": self.env._("Findings on site"),
            "investigation": self.env._("Investigation result"),
            "handling": self.env._("Handling"),
            "cause": self.env._("Cause"),
            "measures": self.env._("Corrective and preventive measures"),
        }

    def _get_bodies_feedback(self):
        complaint = self._get_safe_complaint()
        return {
            "complaint": complaint._get_print_words(),
            "investigation": complaint._get_print_investigation(),
            "handling": (complaint.plan_summary or "").strip(),
            "cause": complaint._get_print_cause_text(),
        }

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
