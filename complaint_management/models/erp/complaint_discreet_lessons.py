from odoo import api, models


class ComplaintDiscreetLessons(models.AbstractModel):
    """Messages, activities and followers of lessons that are being written, too (R73)."""

    _inherit = "complaint.discreet.mixin"

    @api.model
    def _get_discreet_models(self):
        return [*super()._get_discreet_models(), "complaint.lesson"]
