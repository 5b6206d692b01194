from odoo import api, models


class ComplaintReportText8d(models.Model):
    """Titles and texts of an 8D report; its tables are in ``complaint_print_8d_*`` (R44)."""

    _inherit = "complaint.report"

    @api.model
    def _get_titles_8d(self):
        """The disciplines as customers number them."""
        return {
            "opening": self.env._("Opening"),
            "d0": self.env._("D0 Immediate protection of the customer"),
            "d1": self.env._("D1 Team"),
            "d2": self.env._("D2 Problem description"),
            "d3": self.env._("D3 Containment actions"),
            "d4": self.env._("D4 Root causes"),
            "d5": self.env._("D5 Measures chosen and verified"),
            "d6": self.env._("D6 Measures introduced and validated"),
            "d7": self.env._("D7 Recurrence prevented"),
            "d8": self.env._("D8 Closure"),
        }

    def _get_bodies_8d(self):
        """Words of each discipline; an interim version is silent about what comes later."""
        complaint = self._get_safe_complaint()
        bodies = {
            "d2": complaint._get_print_words(),
            "d4": complaint._get_print_investigation(),
            "d7": (complaint.lesson_learned or "").strip(),
            "d8": self._get_text_8d_closing(),
        }
        return {code: body for code, body in bodies.items() if code in self._get_stage_codes()}

    def _get_generated_sections(self):
        """Leave out what is not asked for yet at this stage."""
        sections = super()._get_generated_sections()
        if self.kind != "8d":
            return sections
        codes = self._get_stage_codes()
        return [row for row in sections if row[0] in codes]

    def _get_stage_codes(self):
        """:return: set of the sections that belong to this version"""
        codes = list(self._get_titles_8d())
        last = {"d3": "d3", "d5": "d5"}.get(self.stage, codes[-1])
        return set(codes[: codes.index(last) + 1])

    def _get_text_8d_closing(self):
        """Thanks, without a word about liability."""
        return self.env._(
            "We thank you for the information and the samples that helped us to find the causes, "
            "and for your trust."
        )
