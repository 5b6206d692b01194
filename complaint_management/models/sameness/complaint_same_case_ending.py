from odoo import models

from ..handling.complaint_action import OPEN_STATES as OPEN_ACTION_STATES


class ComplaintSameCaseEnding(models.Model):
    """How a duplicate ends: nothing of it waits for anybody any more (R13, R47, T20)."""

    _inherit = "complaint.complaint"

    def _end_as_duplicate(self, goes_on, take_requests=True):
        """Close as duplicate; callers checked everything and hold both rows.

        :param goes_on: the complaint it is a duplicate of
        :param bool take_requests: whether its requests are asked for there
        """
        self.ensure_one()
        left = goes_on._get_left_behind(self, take_requests)
        came = goes_on._take_over(self, take_requests)
        note = self.env._("Same case as %s", goes_on.name)
        # Taken over, or not asked for any more: nobody answers them here
        self.demand_ids.filtered(lambda d: d.state == "open").action_cancel()
        self._end_work(note)
        self.write({"duplicate_of_id": goes_on.id})
        self._end_round("closed", note, "duplicate")
        self._move("same_case", outcome="duplicate", closing_note=note)
        goes_on._note_same_case(self, came, left)
        goes_on._bump_version()

    def _end_work(self, note):
        """Cancel open actions with the reason; what outlives other cases, too: it is done there."""
        # sudo: ending the complaint was checked; actions may be of other departments' people
        actions = self.sudo().action_ids.filtered(lambda a: a.state in OPEN_ACTION_STATES)
        actions._write_trusted({"state": "cancelled", "completion_note": note})

    def _after_same_case(self):
        """End clocks, approvals, reminders as closing does. A draft was nobody's case: nobody is
        told that it ended.
        """
        result = super()._after_same_case()
        registered = self.filtered("round")
        if registered:
            registered._after_close()
        drafts = self - registered
        drafts._void_pending_approvals()
        drafts._close_approval_activities()
        self._close_to_dos()
        return result

    def _close_to_dos(self):
        """To-dos of the duplicate are done in the case that goes on."""
        # sudo: other people's to-dos; ending the complaint was checked
        for complaint in self.sudo():
            complaint.activity_ids._as_mirror().write(
                {
                    "active": False,
                    "feedback": self.env._("Same case as %s", complaint.duplicate_of_id.name),
                }
            )
