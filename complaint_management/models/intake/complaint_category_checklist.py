from odoo import fields, models
from odoo.tools import ormcache


class ComplaintCategory(models.Model):
    """What evidence a kind of complaint is collected with (R8, R10)."""

    _inherit = "complaint.category"

    evidence_ids = fields.One2many(
        "complaint.category.evidence", "category_id", "Evidence to collect", copy=True
    )

    def _get_checklist(self):
        """:return: ``complaint.category.evidence`` of this category; empty without a category"""
        ids = self._get_checklist_ids(self.id) if self else ()
        return self.env["complaint.category.evidence"].browse(ids)

    @ormcache("category_id")
    def _get_checklist_ids(self, category_id):
        # sudo: configuration, remembered for everybody
        return tuple(self.sudo().browse(category_id).evidence_ids.ids)
