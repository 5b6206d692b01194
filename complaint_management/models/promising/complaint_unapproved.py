from odoo import models

from ..complaint.complaint_complaint import OVER_STATES


class ComplaintUnapproved(models.Model):
    """What was promised or asked for and is not covered any more."""

    _inherit = "complaint.complaint"

    def _after_close(self):
        result = super()._after_close()
        self._void_pending_approvals()
        return result

    def _after_cancel(self):
        result = super()._after_cancel()
        self._void_pending_approvals()
        return result

    def _void_pending_approvals(self):
        """Nobody decides about a case that is over."""
        # sudo: the verb was checked; approvals are written by code
        over = self.sudo().filtered(lambda c: c.state in OVER_STATES)
        pending = over.demand_ids.approval_ids.filtered(lambda a: a.state == "requested")
        pending._void(self.env._("The case is over."))
