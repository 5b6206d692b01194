from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS, QUALITY_GROUP


class ComplaintFoundOurs(models.Model):
    """Quality found that it is our responsibility: what a dealer's return waits for (R66).

    Anybody who works on a case may note a responsibility; here stands whether quality did.
    """

    _inherit = "complaint.complaint"

    found_ours_by_id = fields.Many2one(
        "res.users", "Found “ours”", readonly=True, copy=False, groups=INSIDE_GROUPS
    )
    date_found_ours = fields.Datetime(readonly=True, copy=False, groups=INSIDE_GROUPS)

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"found_ours_by_id", "date_found_ours"}

    def write(self, vals):
        """Whoever says whose responsibility it is, is remembered where quality says “ours”."""
        result = super().write(vals)
        if "responsibility" in vals:
            self._note_found_ours()
        return result

    def _note_found_ours(self):
        # sudo: a fact about who wrote, noted by code
        for complaint in self.sudo():
            ours = complaint.responsibility == "ours" and self._finds_for_quality(complaint)
            if bool(complaint.found_ours_by_id) != ours:
                complaint._write_trusted(
                    {
                        "found_ours_by_id": ours and self.env.uid,
                        "date_found_ours": ours and fields.Datetime.now(),
                    }
                )

    def _finds_for_quality(self, complaint):
        """:return: whether the acting user is quality in this case"""
        user = self.env.user
        return user.has_group(QUALITY_GROUP) or "quality" in complaint._get_user_functions(user)

    def _is_found_ours(self):
        """:return: whether quality said that it is ours, and that still stands"""
        self.ensure_one()
        complaint = self.sudo()  # sudo: whether it was said
        return complaint.responsibility == "ours" and bool(complaint.found_ours_by_id)
