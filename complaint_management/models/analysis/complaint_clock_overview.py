from odoo import models


class ComplaintClockOverview(models.Model):
    """Of a million deadlines the header of the list reads those that run, and those just due; the
    figures of deadlines read those of their months, by an index that has all they ask.
    """

    _inherit = "complaint.clock"

    _unstopped_idx = models.Index(
        "(complaint_id, kind, state, date_deadline) WHERE date_stopped IS NULL"
        " AND state IN ('running', 'breached', 'paused')"
    )
    _figures_idx = models.Index(
        "(date_deadline) INCLUDE (complaint_id, kind, state, date_stopped, hours_taken,"
        " allowed_hours) WHERE state != 'cancelled'"
    )
