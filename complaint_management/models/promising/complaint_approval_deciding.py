from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..complaint.complaint_complaint import OVER_STATES


class ComplaintApprovalDeciding(models.Model):
    """Approving and refusing: by whoever may, at the version he saw (R38, R66, T16, T17)."""

    _inherit = "complaint.approval"

    can_decide = fields.Boolean(compute="_compute_can_decide", search="_search_can_decide")

    @api.depends("state", "complaint_id.state", "complaint_id.team_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for approval in self:
            approval.can_decide = (
                approval.state == "requested"
                and approval.complaint_id.state not in OVER_STATES
                and not approval._get_refusal(self.env.user)
            )

    @api.model
    def _search_can_decide(self, operator, value):
        """Who may decide is looked up one by one: few wait at a time."""
        if operator != "in":
            return NotImplemented
        waiting = self.search(
            [("state", "=", "requested"), ("complaint_id.state", "not in", OVER_STATES)]
        )
        mine = Domain("id", "in", waiting.filtered("can_decide").ids)
        return mine if True in value else ~mine

    def _get_refusal(self, user):
        """:return: why ``user`` may not decide, or an empty text"""
        self.ensure_one()
        return self.demand_id._get_decision_refusal(user, self.sudo().requested_by_id)

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_approve(self, note=None):
        """Grant it. What was asked for may be promised now, by whoever works on the case.

        :param str note: remark or instruction, internal, may be empty; without it the wizard is
            returned
        :raise AccessError: without read access, or for who may not decide; it names who may
        :raise UserError: stale version, decided already, or the case is over
        """
        self.ensure_one()
        self.check_access("read")
        self._check_decidable()
        if note is None:
            return self.demand_id._open_approval_wizard("approve", self)
        self._decide("approved", note)
        self._after_approve()
        return True

    def action_refuse(self, reason=None):
        """Do not grant it; whoever asked is told.

        :param str reason: why, internal; without it the wizard is returned
        :raise AccessError: as :meth:`action_approve`
        :raise UserError: as there, or without a reason
        """
        self.ensure_one()
        self.check_access("read")
        self._check_decidable()
        if reason is None:
            return self.demand_id._open_approval_wizard("refuse", self)
        if not reason.strip():
            raise UserError(self.env._("Write why you refuse: whoever asked reads it."))
        self._decide("refused", reason)
        return True

    def _check_decidable(self):
        """:raise UserError: when it is decided, changed, or over
        :raise AccessError: when the user may not decide
        """
        self.ensure_one()
        self.complaint_id._check_seen_version()
        self.lock_for_update()
        self._check_case_open()
        demand = self.demand_id
        if refusal := self._get_refusal(self.env.user):
            _function, user = demand._find_decider(self.sudo().requested_by_id)
            hint = self.env._("May decide: %s", user.sudo().name or "–")  # sudo: his name
            raise AccessError(self.env._("%(refusal)s\n%(hint)s", refusal=refusal, hint=hint))
        if self.state != "requested" or not self._covers(demand._get_promise_variants()):
            raise UserError(
                self.env._("“%s” does not wait for this decision any more.", demand.display_name)
            )
        if obstacle := demand._get_finding_obstacle(demand._get_policy_demands()):
            raise UserError(obstacle)

    def _decide(self, state, note):
        """Write the decision, with the amounts of today; callers checked everything."""
        # sudo: leadership reads only; approvals are written by verbs
        approval = self.sudo()
        demand, complaint = approval.demand_id, approval.complaint_id
        approval._write_trusted(
            {
                **demand._prepare_approval_content(),
                "state": state,
                "note": (note or "").strip() or False,
                "decided_by_id": self.env.uid,
                "decided_by_leadership": complaint._is_leadership(self.env.user),
                "date_decided": fields.Datetime.now(),
            }
        )
        # Who promises it at the same moment, or carries on with it, saw another state (T17)
        complaint._bump_version()
        labels = dict(self._fields["state"]._description_selection(self.env))
        approval._close_activity(labels[state])
        # What contributors read, too: neither amounts nor reasons
        complaint._message_log(
            body=self.env._(
                "%(user)s decided about “%(request)s”: %(decision)s.",
                user=self.env.user.name,
                request=demand.display_name,
                decision=labels[state].lower(),
            )
        )
        people = approval.requested_by_id | complaint.lead_user_id
        complaint._announce("approval_decided", {complaint: people}, approval._get_decision_text)

    def _get_decision_text(self, complaints, env):
        """:return: sentence for whoever asked; reasons are on the approval"""
        approval = self.with_env(env)
        return env._(
            "%(complaint)s, “%(request)s”: %(decision)s by %(user)s.",
            complaint=complaints[:1].display_name,
            request=approval.demand_id.display_name,
            decision=dict(self._fields["state"]._description_selection(env))[
                approval.state
            ].lower(),
            user=approval.decided_by_id.name,
        )

    def _after_approve(self):
        """What an approval starts; extend with super(). Callers checked everything."""
