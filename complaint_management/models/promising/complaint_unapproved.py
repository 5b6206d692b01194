from odoo import models

from ..complaint.complaint_complaint import OVER_STATES


class ComplaintUnapproved(models.Model):
    """What was promised or asked for and is not covered any more."""

    _inherit = "complaint.complaint"

    def _ask_lead(self, summary, note=None):
        """Give the lead, else the salesperson, a to-do, once while it is open.

        :param str summary: what is to be done
        :param str note: more of it; no amounts
        """
        self.ensure_one()
        # sudo: the to-do may be a colleague's
        complaint = self.sudo()
        user = complaint.lead_user_id or complaint.user_id or complaint.create_uid
        if any(a.summary == summary and a.user_id == user for a in complaint.activity_ids):
            return
        complaint.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=summary,
            note=note,
            automated=True,
        )

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
