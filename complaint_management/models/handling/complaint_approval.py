from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .complaint_action import MEASURE_KINDS

APPROVABLE_STATES = ("registered", "planned", "executing", "resolved")


class ComplaintApproval(models.Model):
    """Cause and measures are approved by the sales manager before they leave the house (R33).

    Any later change of what was approved voids it (see ``complaint.measure.mixin``). Who may
    approve is in ``complaint_approver``.
    """

    _inherit = "complaint.complaint"

    measures_state = fields.Selection(
        [("draft", "Not asked for"), ("requested", "To approve"), ("approved", "Approved")],
        "Cause and measures",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    measures_requested_by_id = fields.Many2one(
        "res.users", "Approval asked by", readonly=True, copy=False
    )
    measures_requested_on = fields.Datetime("Approval asked on", readonly=True, copy=False)
    measures_approved_by_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False)
    measures_approved_on = fields.Datetime("Approved on", readonly=True, copy=False)
    measures_author_ids = fields.Many2many(
        "res.users",
        "complaint_measures_author_rel",
        "complaint_id",
        "user_id",
        "Wrote cause or measures",
        help="Also whoever led the case while they were written.",
        readonly=True,
        copy=False,
    )
    measures_activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {
            "measures_state",
            "measures_requested_by_id",
            "measures_requested_on",
            "measures_approved_by_id",
            "measures_approved_on",
            "measures_author_ids",
            "measures_activity_id",
        }

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_request_approval(self):
        """Ask the approver for cause and measures: he gets an activity (R33).

        :raise AccessError: when pressed by neither lead nor quality
        :raise UserError: stale version, wrong state, or nothing to approve
        """
        self.check_access("write")
        for complaint in self:
            complaint._check_seen_version()
            complaint._check_approvable()
            if not complaint._may_request_approval():
                raise AccessError(
                    self.env._(
                        "Only the lead (%s) or quality asks for this approval.",
                        complaint.lead_user_id.name or "–",
                    )
                )
        self._write_trusted(
            {
                "measures_state": "requested",
                "measures_requested_by_id": self.env.uid,
                "measures_requested_on": fields.Datetime.now(),
                "measures_approved_by_id": False,
                "measures_approved_on": False,
            }
        )
        for complaint in self:
            complaint._notify_approver()

    def action_approve_measures(self):
        """Approve cause and measures; they may leave the house (R33, T16, T17).

        The approver needs to read the complaint, not to write it.

        :raise AccessError: when the user may not approve; the message names who may
        :raise UserError: stale version, wrong state, or nothing to approve
        """
        self.check_access("read")
        open_ = self.filtered(lambda c: c.measures_state != "approved")
        for complaint in open_:
            complaint._check_seen_version()
            complaint._check_approvable()
            complaint._check_approver()
        open_._approve_measures()

    def _approve_measures(self):
        """Write the approval and close the approver's activity; callers checked who it is."""
        # sudo: holders of the function approve cases they may read but not edit
        complaints = self.sudo()
        complaints._write_trusted(
            {
                "measures_state": "approved",
                "measures_approved_by_id": self.env.uid,
                "measures_approved_on": fields.Datetime.now(),
            }
        )
        for complaint in complaints:
            complaint._message_log(
                body=self.env._("%s approved cause and measures.", self.env.user.name)
            )
            complaint.measures_activity_id.action_feedback(feedback=self.env._("Approved."))

    # ------------------------------------------------------------
    # What is approved
    # ------------------------------------------------------------
    def _check_approvable(self):
        """:raise UserError: in a state without approval, or without anything to approve"""
        self.ensure_one()
        if self.state not in APPROVABLE_STATES:
            raise UserError(
                self.env._(
                    "%s: cause and measures are approved between registration and closing.",
                    self.name,
                )
            )
        if not self._get_approval_causes() and not self._get_approval_measures():
            raise UserError(
                self.env._("%s has neither a cause nor a measure to approve.", self.name)
            )

    def _get_approval_causes(self):
        return self.cause_ids.filtered(lambda cause: cause.state != "rejected")

    def _get_approval_measures(self):
        return self.action_ids.filtered(
            lambda action: action.kind in MEASURE_KINDS and action.state != "cancelled"
        )

    # ------------------------------------------------------------
    # Telling, voiding
    # ------------------------------------------------------------
    def _notify_approver(self):
        """Give the first approver who may open the complaint an activity, due today."""
        self.ensure_one()
        self.measures_activity_id.unlink()
        user = self._get_first_approver()
        if not user:
            self._message_log(body=self._get_approver_hint())
            return
        activity = self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=self.env._("Approve cause and measures"),
        )
        self._write_trusted({"measures_activity_id": activity.id})

    def _after_close(self):
        result = super()._after_close()
        self._close_approval_activities()
        return result

    def _after_cancel(self):
        result = super()._after_cancel()
        self._close_approval_activities()
        return result

    def _close_approval_activities(self):
        """Nothing is approved any more: the approvers' activities go."""
        # sudo: the verb was checked; the activities are the approvers'
        activities = self.sudo().measures_activity_id.filtered("active")
        activities._as_mirror().write(
            {"active": False, "feedback": self.env._("No longer needed.")}
        )

    def _void_measures_approval(self):
        """Take the approval back because what was approved is no longer what stands there."""
        approved = self.filtered(lambda c: c.measures_state == "approved")
        if not approved:
            return
        # sudo: whoever may change a measure voids the approval, also who may not write the rest
        approved = approved.sudo()
        approved._write_trusted(
            {
                "measures_state": "draft",
                "measures_requested_by_id": False,
                "measures_requested_on": False,
                "measures_approved_by_id": False,
                "measures_approved_on": False,
            }
        )
        for complaint in approved:
            complaint._message_log(
                body=self.env._(
                    "%s changed cause or measures: their approval is void.", self.env.user.name
                )
            )

    def write(self, vals):
        """Remember leads of the time before: handing the lead over opens no second pair of eyes."""
        if "lead_user_id" in vals:
            for complaint in self.sudo():  # sudo: authors are ids to compare, shown to nobody
                former = complaint.lead_user_id
                if former.id in (False, vals["lead_user_id"]):
                    continue
                if complaint.measures_author_ids:
                    complaint._add_measures_author(former)
        return super().write(vals)

    def _add_measures_author(self, user):
        """Remember who wrote cause or measures: he does not approve them."""
        # sudo: owners of an action write it without any right on the complaint
        complaints = self.sudo().filtered(lambda c: user and user not in c.measures_author_ids)
        if complaints:
            complaints._write_trusted({"measures_author_ids": [fields.Command.link(user.id)]})
