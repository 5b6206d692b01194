from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..complaint.complaint_complaint import OVER_STATES, UNREGISTERED_STATES
from ..handling.complaint_action import OPEN_STATES

# Responsible type of plan lines that mean the lead, whoever he is.
LEAD_LINE = "complaint_lead"


class ComplaintTransfer(models.Model):
    """The lead goes to somebody else, with what was waiting for the lead as such (R27).

    Four eyes remember the former lead (``complaint_approval``); old and new lead are told by the
    event ``lead_changed`` (``complaint_occasions``).
    """

    _inherit = "complaint.complaint"

    can_transfer_lead = fields.Boolean(compute="_compute_can_transfer_lead")

    @api.depends_context("uid")
    @api.depends("state", "lead_user_id")
    def _compute_can_transfer_lead(self):
        writable = self._filtered_access("write") if self.ids else self.browse()
        for complaint in self:
            complaint.can_transfer_lead = (
                complaint in writable and not complaint._get_transfer_obstacle()
            )

    def _get_transfer_obstacle(self):
        """:return: translated sentence why the user cannot give the lead away, or an empty text"""
        self.ensure_one()
        if self.state in UNREGISTERED_STATES or self.state in OVER_STATES:
            return self.env._("%s has no lead now: register or reopen it first.", self.name)
        if not self.can_name_lead:
            return self.env._(
                "%s: customer service, quality or the present lead give the lead away.", self.name
            )
        return ""

    def action_transfer_lead(self, user_id=None, reason=None):
        """Give the lead to somebody else.

        :param int user_id: the new lead; without him or the reason the wizard is returned
        :param str reason: kept in the chatter
        :raise AccessError: for those who may not name the lead
        :raise UserError: before registration, after the end, or when he cannot take it
        """
        self.check_access("write")
        self._check_seen_version()
        for complaint in self:
            if obstacle := complaint._get_transfer_obstacle():
                raise (UserError if complaint.can_name_lead else AccessError)(obstacle)
        if not user_id or not (reason or "").strip():
            return self._open_people_wizard("transfer")
        user = self.env["res.users"].browse(user_id)
        self._check_can_take(user)
        notes = {}
        for complaint in self.filtered(lambda c: c.lead_user_id != user):
            notes[complaint] = [
                self.env._(
                    "Lead transferred from %(old)s to %(new)s: %(reason)s",
                    old=complaint.lead_user_id.name or "–",
                    new=user.name,
                    reason=reason,
                )
            ]
        self._note_in_chatter(notes)
        self.browse().concat(*notes).write({"lead_user_id": user.id})

    def _check_can_take(self, user):
        """:raise UserError: when ``user`` left, works elsewhere or is concerned by the case"""
        for complaint in self:
            if user in complaint._get_concerned_users():
                complaint._refuse_concerned(user)
            if not complaint.team_id._is_available(user, complaint.company_id):
                raise UserError(
                    self.env._(
                        "%(user)s cannot take %(complaint)s: choose somebody with a login who "
                        "works for %(company)s.",
                        # sudo: the name of the colleague the user chose, the company of his case
                        user=user.sudo().name or "–",
                        complaint=complaint.name,
                        company=complaint.company_id.sudo().name,
                    )
                )

    def write(self, vals):
        """What waits for the lead goes along, however the lead is changed."""
        before = {}
        if "lead_user_id" in vals:
            before = {c: c.lead_user_id for c in self if c.state not in UNREGISTERED_STATES}
        result = super().write(vals)
        for complaint, lead in before.items():
            if lead and complaint.lead_user_id and lead != complaint.lead_user_id:
                # sudo: naming the lead was checked; activities may be of other departments
                complaint.sudo()._move_lead_work(lead)
        return result

    def _move_lead_work(self, former):
        """Give the new lead what ``former`` had as lead: the plan to write, objections to answer,
        lines of the activity plan that mean the lead. His own actions stay his.
        """
        self.ensure_one()
        lead = self.lead_user_id
        actions = self.action_ids.filtered(lambda a: a.state in OPEN_STATES)
        led = actions.filtered(
            lambda a: a.user_id == former and a.template_id.responsible_type == LEAD_LINE
        )
        led.write({"user_id": lead.id})
        (actions - led).filtered(lambda a: a.state == "objected")._sync_activities()
        waiting = self.activity_ids.filtered(
            lambda a: a.user_id == former and a.complaint_until == "release"
        )
        waiting._as_mirror().write({"user_id": lead.id})
        waiting._tell_complaint_owners()
        if self.measures_activity_id.active and self.measures_activity_id.user_id == lead:
            self._notify_approver()  # four eyes: the new lead approves nothing
