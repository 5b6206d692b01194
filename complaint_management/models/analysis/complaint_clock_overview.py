from odoo import models


class ComplaintClockOverview(models.Model):
    """Of a million deadlines the header of the list reads those that run, and those just due."""

    _inherit = "complaint.clock"

    _unstopped_idx = models.Index(
        "(complaint_id, kind, state, date_deadline) WHERE date_stopped IS NULL"
        " AND state IN ('running', 'breached', 'paused')"
    )
    _decided_idx = models.Index(
        "(date_deadline, complaint_id, state) WHERE state IN ('met', 'breached')"
    )
