from odoo import models


class ComplaintPromiseFigures(models.Model):
    """The figures of promises read those of their months, by an index that has all they ask."""

    _inherit = "complaint.promise"

    _figures_idx = models.Index(
        "(deadline) INCLUDE (complaint_id, state, user_id, date_kept) WHERE state != 'moved'"
    )
