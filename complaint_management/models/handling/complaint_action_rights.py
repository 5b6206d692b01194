from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .complaint_action_verbs import ACTION_TRANSITIONS

# What an owner may do with his own action, whatever his role.
OWNER_VERBS = ("accept", "object", "finish")
# What the plan says of an action: for those who may write the complaint.
PLAN_FIELDS = frozenset(
    {
        "complaint_id",
        "name",
        "description",
        "kind",
        "user_id",
        "deadline",
        "department_id",
        "cause_id",
        "effectiveness",
    }
)


class ComplaintActionRights(models.Model):
    """Who may do what with an action (R23, R60).

    The owner may accept, object to and finish his own; whoever may write the complaint may do
    everything. The ``can_…`` fields hide buttons with the same predicate that guards the verb.
    """

    _inherit = "complaint.action"

    can_accept = fields.Boolean(compute="_compute_can")
    can_object = fields.Boolean(compute="_compute_can")
    can_finish = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_restart = fields.Boolean(compute="_compute_can")
    can_steer = fields.Boolean(
        compute="_compute_can", help="Whether you may change owner, deadline and wording."
    )

    @api.depends_context("uid")
    @api.depends("state", "user_id", "kind", "complaint_id.state")
    def _compute_can(self):
        steerable = self._filtered_steerable()
        for action in self:
            action.can_steer = action in steerable
            for verb in ACTION_TRANSITIONS:
                # sudo: a supervisor may not read the complaint whose state decides
                action[f"can_{verb}"] = not action.sudo()._get_verb_obstacle(verb) and (
                    action in steerable or action._is_own(verb)
                )

    def _filtered_steerable(self):
        """:return: the actions the user may plan: he may write action and complaint"""
        if self.env.su:
            return self
        complaints = self.complaint_id._filtered_access("write")
        return self._filtered_access("write").filtered(lambda a: a.complaint_id in complaints)

    @api.model
    def _get_plan_fields(self):
        """:return: names of what the plan says of an action; aspects add theirs with super()"""
        return PLAN_FIELDS

    def _is_own(self, verb):
        return verb in OWNER_VERBS and self.user_id == self.env.user

    def write(self, vals):
        """The plan is the lead's: an owner finishes his action, he does not move its date.

        :raise AccessError: when somebody who may not write the complaint changes its plan
        """
        if not self._is_trusted() and self._get_plan_fields().intersection(vals):
            self._check_may_steer()
        return super().write(vals)

    def _check_deletable(self):
        """What people were told stays (T20): a released or finished action is cancelled."""
        super()._check_deletable()
        for action in self:
            told = action.complaint_id.state not in ("draft", "submitted", "registered")
            if told or action.state in ("done", "cancelled"):
                raise UserError(
                    self.env._("“%s” was told to its owner: cancel it instead.", action.name)
                )

    def _check_may_steer(self):
        """:raise AccessError: naming the first action the user may finish but not plan"""
        refused = self - self._filtered_steerable()
        if refused:
            # sudo: naming lead and action to somebody who may see his own activity of it
            action = refused[:1].sudo()
            raise AccessError(
                self.env._(
                    "Owner, deadline and wording of “%(action)s” belong to the plan: only %(lead)s "
                    "and those who may edit the complaint change them. If you cannot keep the "
                    "date, object.",
                    action=action.name,
                    lead=action.complaint_id.lead_user_id.name or self.env._("the lead"),
                )
            )
