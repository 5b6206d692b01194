import re

from odoo import models

# Machines and shifts shorter than this stand in any text by accident.
MIN_PLACE_LENGTH = 3
# Names of shifts that are ordinary words.
ORDINARY_WORDS = (
    "day", "night", "early", "late", "morning", "noon", "afternoon", "evening", "first", "second",
    "third", "one", "two", "three",
)  # fmt: skip


class ComplaintReportDiscretion(models.Model):
    """What must not leave the house (practice: *never*), looked for before an approval (R31)."""

    _inherit = "complaint.report"

    def _get_missing_discretion(self):
        """Names and sums that somebody typed into a text for the customer (R31).

        :return: list of translated sentences, one a word that has to go
        """
        self.ensure_one()
        text = "\n".join(self._iter_print_texts())
        return [
            self.env._("a text without “%s”, which stays in the house", term)
            for term in sorted(self._get_internal_terms())
            if self._contains_word(text, term)
        ]

    def _get_internal_terms(self):
        """:return: set of strings that never reach a customer: people, penalties, suppliers,
        machines and shifts
        """
        suppliers = {name.strip() for name in self._get_foreign_suppliers().mapped("name")}
        terms = self._get_personal_terms() | self._get_place_terms() | suppliers
        return {term for term in terms if len(term) > 1}

    def _get_personal_terms(self):
        """:return: set of strings: operators and penalties, even of two characters (王工)"""
        causes = self.complaint_id.cause_ids
        terms = causes.mapped("operator_name") + causes.mapped("penalty")
        return {term.strip() for term in terms if term}

    def _get_place_terms(self):
        """Machines and shifts, as far as they can be told from ordinary words.

        “A” or “1” stands in every text, “day” in most: shorter ones than three characters are not
        looked for, ordinary words only beside “shift”.

        :return: set of strings
        """
        causes = self.complaint_id.cause_ids
        names = {name.strip() for name in causes.mapped("machine") if name}
        for shift in {name.strip() for name in causes.mapped("shift") if name}:
            if shift.lower() in ORDINARY_WORDS:
                names |= {f"{shift} shift", f"shift {shift}"}
            else:
                names.add(shift)
        return {name for name in names if len(name) >= MIN_PLACE_LENGTH}

    def _get_foreign_suppliers(self):
        """:return: ``res.partner`` who supply the goods and are neither the customer nor we: who
        is customer and supplier may read his own name
        """
        complaint = self.complaint_id
        own = complaint.partner_id | complaint.contact_id | self.partner_id
        own |= complaint.company_id.partner_id
        suppliers = complaint.line_ids.product_id.seller_ids.partner_id
        return suppliers.filtered(
            lambda s: s.name and s.commercial_partner_id not in own.commercial_partner_id
        )

    def _iter_print_texts(self):
        """:return: every free text that the document prints"""
        complaint = self.complaint_id
        for section in self.section_ids:
            yield section.title or ""
            yield section.body or ""
        if self.kind == "8d":
            yield from self._iter_strings(self._get_print_8d())
            return
        # Measures, actions, requests and captions are printed in tables
        for row in (
            complaint._get_print_requests()
            + complaint._get_print_measures("corrective")
            + complaint._get_print_measures("preventive")
            + complaint._get_print_measures("verification")
            + complaint._get_print_immediate_actions()
            + complaint._get_print_points()
        ):
            yield from (value for value in row.values() if isinstance(value, str))
        yield from complaint._get_photo_evidence().mapped("name")

    @classmethod
    def _iter_strings(cls, values):
        """:return: every string of nested dicts and lists; pictures are none"""
        if isinstance(values, str):
            yield values
        elif isinstance(values, dict):
            for key, value in values.items():
                if key != "uri":
                    yield from cls._iter_strings(value)
        elif isinstance(values, list):
            for value in values:
                yield from cls._iter_strings(value)

    @staticmethod
    def _contains_word(text, term):
        """:return: whether ``term`` stands in ``text``, not merely inside a longer Latin word"""
        edge = r"(?<![A-Za-z0-9])%s(?![A-Za-z0-9])"
        return bool(re.search(edge % re.escape(term), text, re.IGNORECASE))
