from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..handling.complaint_approval import APPROVABLE_STATES


class ComplaintReportRequest(models.Model):
    """Who made a report asks for its approval; who approves it gets an activity (R33, R44)."""

    _inherit = "complaint.report"

    approval_activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )
    approval_waits_for = fields.Char(compute="_compute_approval_waits_for")
    can_request_approval = fields.Boolean(compute="_compute_can_request_approval")

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"approval_activity_id"}

    @api.depends("state", "approval_activity_id.active", "approval_activity_id.user_id")
    def _compute_approval_waits_for(self):
        for report in self:
            # sudo: the name of a colleague, so that the user knows who was asked
            activity = report.sudo().approval_activity_id
            waits = report.state == "draft" and activity.active
            report.approval_waits_for = activity.user_id.name if waits else False

    @api.depends("state", "complaint_id.state", "complaint_id.lead_user_id")
    @api.depends_context("uid")
    def _compute_can_request_approval(self):
        for report in self:
            report.can_request_approval = (
                report.state == "draft"
                and report.complaint_id.state in APPROVABLE_STATES
                and report.complaint_id._may_request_approval()
            )

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_request_approval(self):
        """Ask for the approval of complete drafts: the first who may gets an activity, due today.

        :raise AccessError: when pressed by neither lead nor quality
        :raise UserError: no draft, naming what it lacks, or when nobody may approve it
        """
        self.check_access("write")
        for report in self:
            report._check_draft()
            if not report.complaint_id._may_request_approval():
                raise AccessError(
                    self.env._(
                        "Only the lead (%s) or quality asks for this approval.",
                        report.complaint_id.lead_user_id.name or "–",
                    )
                )
            report._check_complete()
        for report in self:
            report._notify_approver()

    def _get_first_approver(self):
        """:return: the first of ``res.users`` beside the user who may approve and open it"""
        self.ensure_one()
        candidates = self.complaint_id._get_approver_candidates() - self.env.user
        nobody = self.env["res.users"]
        return next(
            (
                user.sudo(False)
                for user in candidates
                if not self._get_approval_refusal(user) and self.with_user(user).has_access("read")
            ),
            nobody,
        )

    def _notify_approver(self):
        """Give the approver an activity on the complaint, in place of an earlier one."""
        self.ensure_one()
        # sudo: the verb was checked; the activity is the approver's
        self.sudo().approval_activity_id.unlink()
        complaint = self.complaint_id
        user = self._get_first_approver()
        if not user:
            complaint._message_log(body=complaint._get_approver_hint())
            return
        activity = complaint.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=self.env._("Approve the report %s", self.name),
            note=self._get_html_link(title=self.name),
        )
        self._write_trusted({"approval_activity_id": activity.id})

    # ------------------------------------------------------------
    # The activity goes with its reason
    # ------------------------------------------------------------
    def _freeze(self):
        result = super()._freeze()
        # sudo: whoever approves closes the activity of whoever was asked
        activity = self.sudo().approval_activity_id
        activity.filtered("active").action_feedback(feedback=self.env._("Approved."))
        return result

    def unlink(self):
        """Who was asked about a draft that is gone is asked no longer."""
        activities = self.sudo().approval_activity_id  # sudo: as in :meth:`_notify_approver`
        result = super().unlink()
        activities.filtered("active").unlink()
        return result


class ComplaintReportRequests(models.Model):
    """A case that is over has nothing left to approve."""

    _inherit = "complaint.complaint"

    def _close_approval_activities(self):
        result = super()._close_approval_activities()
        # sudo: the verb was checked; the activities are the approvers'
        activities = self.sudo().report_ids.approval_activity_id.filtered("active")
        activities._as_mirror().write(
            {"active": False, "feedback": self.env._("No longer needed.")}
        )
        return result
