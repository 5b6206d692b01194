from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..complaint.complaint_complaint import QUALITY_GROUP
from .complaint_approval import APPROVABLE_STATES

# Names listed in a refusal: enough to find somebody, short enough to read.
MAX_NAMES = 6


class ComplaintApprover(models.Model):
    """Who approves cause and measures: the sales manager, his backup, a complaint manager (R33).

    Four eyes (T16): who asked for the approval, who wrote cause or measures, the lead, and who was
    lead while they were written do not approve; the company may switch that off. Nothing here
    reads a permission from the context.
    """

    _inherit = "complaint.complaint"

    can_request_approval = fields.Boolean(compute="_compute_can_approve")
    can_approve_measures = fields.Boolean(compute="_compute_can_approve")
    measures_approver_names = fields.Char(
        "Waits for",
        compute="_compute_measures_approver_names",
        help="Who may approve cause and measures now, while they wait for it.",
    )

    @api.depends("state", "measures_state", "lead_user_id", "team_id", "measures_author_ids")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for complaint in self:
            open_ = complaint.state in APPROVABLE_STATES and complaint.measures_state != "approved"
            complaint.can_request_approval = open_ and complaint._may_request_approval()
            complaint.can_approve_measures = open_ and not complaint._get_approval_refusal(
                self.env.user
            )

    @api.depends("measures_state", "lead_user_id", "team_id", "measures_author_ids")
    def _compute_measures_approver_names(self):
        for complaint in self:
            waits = complaint.measures_state == "requested"
            # sudo: names of colleagues, so that the user knows who is asked
            names = complaint._get_approvers().sudo().mapped("name") if waits else []
            complaint.measures_approver_names = ", ".join(names[:MAX_NAMES]) or (
                self.env._("nobody yet: four eyes leave no one") if waits else False
            )

    def _may_request_approval(self):
        self.ensure_one()
        user = self.env.user
        return self.lead_user_id == user or user.has_group(QUALITY_GROUP)

    def _check_approver(self):
        """:raise AccessError: when the user may not approve; it names who may"""
        refusal = self._get_approval_refusal(self.env.user)
        if refusal:
            hint = self._get_approver_hint()
            raise AccessError(self.env._("%(refusal)s\n%(hint)s", refusal=refusal, hint=hint))

    def _get_approval_refusal(self, user):
        """Why ``user`` may not approve cause and measures of this complaint.

        :return: translated sentence, or None when he may
        """
        self.ensure_one()
        if user in self._get_concerned_users():
            return self.env._("Whom a complaint is about does not approve its measures.")
        if user not in self._get_function_approvers() and not user.has_group(
            "complaint_management.group_complaint_manager"
        ):
            return self.env._(
                "Cause and measures are approved by the sales manager, the backup or a complaint "
                "manager."
            )
        # sudo: a company setting, read whoever asks
        if not self.company_id.sudo().complaint_four_eyes:
            return None
        if user == self.lead_user_id:
            return self.env._("Four eyes: the lead of a complaint does not approve its measures.")
        if user == self.measures_requested_by_id:
            return self.env._("Four eyes: who asked for the approval does not give it.")
        if user in self.sudo().measures_author_ids:  # sudo: ids only; users may be of others
            return self.env._("Four eyes: nobody approves their own cause or measures.")
        return None

    def _get_function_approvers(self):
        """:return: active users who hold the team's function, and their backups"""
        # sudo: who holds a function decides here, whether or not the user may read teams
        row = self.team_id.sudo().function_ids.filtered(lambda f: f.function == "sales_manager")
        return (row.user_id | row.backup_user_id).filtered("active").sudo(False)

    def _get_approver_candidates(self):
        """:return: users who could approve but for four eyes, holders of the function first"""
        self.ensure_one()
        group = self.env.ref("complaint_management.group_complaint_manager")
        # sudo: lists of users are not everybody's to read; only names are shown
        managers = group.sudo().all_user_ids.filtered(
            lambda u: u.active and not u.share and self.company_id in u.company_ids
        )
        return self._get_function_approvers().sudo() | managers.sorted("name")

    def _get_approvers(self):
        """:return: users who may approve this complaint now, holders of the function first"""
        candidates = self._get_approver_candidates()
        return candidates.filtered(lambda u: not self._get_approval_refusal(u)).sudo(False)

    def _get_first_approver(self):
        """:return: the first who may approve and open the complaint; looks no further"""
        nobody = self.env["res.users"]
        return next(
            (
                user.sudo(False)
                for user in self._get_approver_candidates()
                if not self._get_approval_refusal(user) and self.with_user(user).has_access("read")
            ),
            nobody,
        )

    def _get_approver_hint(self):
        """:return: translated sentence naming who may approve instead"""
        # sudo: names of colleagues, so that the user knows whom to ask
        names = self._get_approvers().sudo().mapped("name")
        if not names:
            return self.env._(
                "Nobody else may: give the team's sales manager a backup, or somebody the "
                "complaint manager's role."
            )
        return self.env._("Ask: %s.", ", ".join(names[:MAX_NAMES]))
