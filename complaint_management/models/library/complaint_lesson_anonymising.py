from odoo import models


class ComplaintLessonAnonymising(models.Model):
    """A person taken out of a case is taken out of what was learned from it, too (T21).

    Names are refused before a lesson is published; a draft, a returned lesson, or a name the author
    accepted may still say one.
    """

    _inherit = "complaint.complaint"

    def _get_case_parts(self):
        parts = super()._get_case_parts()
        # sudo: rights on the cases were checked by _anonymise_person
        lessons = self.env["complaint.lesson"].sudo().search([("source_ids", "in", self.ids)])
        return [*parts, *filter(None, (lessons, lessons.picture_ids))]

    def _get_case_id(self, record):
        if record._name == "complaint.lesson.picture":
            record = record.lesson_id
        if record._name == "complaint.lesson":
            return (record.source_ids & self or record.source_ids)[:1].id
        return super()._get_case_id(record)

    def _anonymise_part(self, record, redaction):
        result = super()._anonymise_part(record, redaction)
        if record._name == "complaint.lesson":
            # What is searched follows the text, unlike what was computed from a contact
            self.env.add_to_compute(record._fields["search_title"], record)
            self.env.add_to_compute(record._fields["search_text"], record)
        return result
