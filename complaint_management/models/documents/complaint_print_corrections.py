from odoo import models


class ComplaintPrintCorrections(models.Model):
    """What was corrected since registration, on the internal form (T20)."""

    _inherit = "complaint.complaint"

    def _get_print_internal(self):
        return {**super()._get_print_internal(), "corrections": self._get_print_corrections()}

    def _get_print_corrections(self):
        """:return: list of dicts of strings, oldest first, with the user's own rights"""
        return [
            {
                "date": self._get_print_day(correction.date),
                "what": f"{correction.record_name}: {correction.field_label}",
                "old": correction.old_value or "",
                "new": correction.new_value or "",
                "reason": correction.reason,
                # sudo: the name of a colleague who works on the same case
                "by": correction.sudo().user_id.name,
            }
            for correction in self.correction_ids.sorted("id")
        ]
