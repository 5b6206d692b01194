from odoo import api, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import TRUSTED
from .complaint_report_form_sources import LIVE_KEYS


class ComplaintReportForm(models.Model):
    """A report that is the customer's own form, filled (R72).

    The draft has a section for each value that is filled in, to be read and edited; approving
    fills the form once and keeps those bytes. Lists are filled row by row, as tables are printed
    in other documents.
    """

    _inherit = "complaint.report"

    @api.model
    def _get_titles_form(self):
        """The form itself says what stands where: a profile orders and names nothing."""
        return {}

    def _get_profile_with_form(self):
        """:return: the profile, by sudo, in the report's language
        :raise UserError: when the report has none
        """
        self.ensure_one()
        # sudo: the form of a document the user may read, whoever may read configuration
        profile = self.sudo().profile_id
        if not profile:
            raise UserError(
                self.env._(
                    "There is no form of this customer yet. Make a report profile “Customer's own "
                    "form” for him and upload it there."
                )
            )
        return profile.with_context(lang=self.lang)

    # ------------------------------------------------------------
    # Draft
    # ------------------------------------------------------------
    def _get_generated_sections(self):
        """Of a form: the values that are filled in, called what the list of sources calls them."""
        if self.kind != "form":
            return super()._get_generated_sections()
        keys = self._get_profile_with_form()._get_form_keys()
        report = self.with_context(lang=self.lang)
        labels = report._get_placeholders()
        values = report._get_placeholder_values()
        return [
            (key, labels[key], values[key])
            for key in keys
            if key in labels and key not in LIVE_KEYS
        ]

    def _drop_left_out(self, codes):
        """Take away values the form has no place for any more, unless somebody rewrote them."""
        super()._drop_left_out(codes)
        if self.kind == "form":
            sections = self.section_ids.with_context(complaint_transition=TRUSTED)
            sections.filtered(lambda s: s.code not in codes and not s.is_edited).unlink()

    def _get_missing_parts(self):
        """What the customer wants filled and is not, and words for which his form has no place."""
        missing = super()._get_missing_parts()
        if self.kind == "form":
            missing += self._get_missing_in_form()
        return missing

    def _get_missing_in_form(self):
        """:return: list of translated sentences"""
        profile = self._get_profile_with_form()
        if not profile.form_file:
            return [self.env._("the customer's form, in the report profile “%s”", profile.name)]
        keys = set(profile._get_form_keys())
        missing = [
            self.env._("a place in the form for “%s”", section.title)
            for section in self.section_ids
            if section.code not in keys and (section.body or "").strip()
        ]
        values, _tables = self._get_form_values()
        labels = self._get_form_sources()
        required = profile.form_field_ids.filtered("is_required")
        return missing + [
            self.env._("“%(label)s”, which the customer's form asks for", label=labels[line.source])
            for line in required
            if not (values.get(line.source) or "").strip() and line.source not in LIVE_KEYS
        ]

    def _iter_print_texts(self):
        """Add the lists a form takes row by row."""
        yield from super()._iter_print_texts()
        if self.kind == "form":
            yield from self._iter_strings(self._get_safe_complaint()._get_print_lists())

    def _get_print_lines(self):
        """Add the lists a form takes row by row: they are no sections, and change as well."""
        lines = super()._get_print_lines()
        # sudo: the form of a document the user may read, whoever may read configuration
        profile = self.sudo().profile_id
        if self.kind != "form" or not profile.form_file:
            return lines
        values, _tables = self._get_form_values()
        labels = self.with_context(lang=self.lang)._get_form_sources()
        return lines + [
            [labels[key], values[key].splitlines()]
            for key in profile._get_form_keys()
            if "." in key
        ]

    # ------------------------------------------------------------
    # The document
    # ------------------------------------------------------------
    def _fill_form(self):
        """:return: tuple (bytes of the filled form, ending of its name)
        :raise UserError: when the form is missing or not taken
        """
        self.ensure_one()
        profile = self._get_profile_with_form()
        values, tables = self._get_form_values()
        return profile._fill_form(values, tables), profile._get_form_ending()

    def _prepare_document_vals(self):
        if self.kind != "form":
            return super()._prepare_document_vals()
        content, ending = self._fill_form()
        return self._prepare_stored_vals("office", content, ending)

    def action_preview(self):
        """A form is downloaded: no browser shows it as it is."""
        self.ensure_one()
        if self.kind == "form" and not self.is_frozen:
            return self.action_download_office()
        return super().action_preview()
