from odoo import api, models

# The form sends its action's context with whatever it does later: a ``default_line_ids`` would be
# taken for the lines of requests, proposals and all else that has lines.
STARTED_LINES = "complaint_started_lines"


class ComplaintStarted(models.Model):
    """A complaint that a call started, and that is not saved yet, has its first goods (R61)."""

    _inherit = "complaint.complaint"

    @api.model
    def default_get(self, fields):
        """Add the goods of the call, see ``complaint.call.start_complaint``."""
        defaults = super().default_get(fields)
        started = self.env.context.get(STARTED_LINES)
        if started and "line_ids" in fields:
            defaults.setdefault("line_ids", started)
        return defaults
