from odoo import api, fields, models
from odoo.exceptions import ValidationError

ACTION_KINDS = [
    ("containment", "Containment"),
    ("correction", "Correction"),
    ("investigation", "Investigation"),
    ("corrective", "Corrective action"),
    ("preventive", "Preventive action"),
    ("verification", "Verification"),
    ("communication", "Communication"),
    ("followup", "Follow-up"),
]
# What the customer's "preventive measures" are: both stop it from happening again.
MEASURE_KINDS = ("corrective", "preventive")
# What may still run after the case is resolved.
OUTLIVING_KINDS = ("corrective", "preventive", "verification", "followup")
OPEN_STATES = ("open", "objected", "in_progress")
# Marks actions a verb makes with the plan it starts. Only code of this process can hold it:
# compared with ``is``, no context of a browser or an API can forge it.
PLAN_OF_VERB = object()


class ComplaintAction(models.Model):
    """One step somebody must take by a date (R23-R26, R32).

    The action is the truth; its open ``mail.activity`` on the complaint is its shadow (see
    ``complaint_action_activity``). Its verbs are in ``complaint_action_verbs``.
    """

    _name = "complaint.action"
    _description = "Complaint Action"
    _inherit = ["complaint.child.mixin"]
    _order = "deadline, id"
    _VERSIONED_FIELDS = frozenset(
        {"name", "kind", "user_id", "deadline", "state", "cause_id", "evidence_note"}
    )
    # What somebody was asked to do stays beside what he did (T20).
    _FROZEN_FIELDS = {
        "done": frozenset(
            {"name", "description", "kind", "user_id", "deadline", "department_id", "cause_id"}
        ),
        # Done, and the case is over: what it cost was reported
        "settled": frozenset({"labour_hours", "labour_hours_done", "labour_hourly_cost"}),
    }

    name = fields.Char("What", required=True)
    description = fields.Text("Instructions", help="Internal; never printed for the customer.")
    kind = fields.Selection(ACTION_KINDS, required=True, default="correction", index=True)
    user_id = fields.Many2one(
        "res.users", "Owner", index=True, domain="[('share', '=', False)]", check_company=True
    )
    deadline = fields.Date(required=True, index=True)
    state = fields.Selection(
        [
            ("open", "To Do"),
            ("objected", "Objected"),
            ("in_progress", "Accepted"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
    )
    department_id = fields.Many2one(
        "complaint.department", index="btree_not_null", check_company=True
    )
    cause_id = fields.Many2one(
        "complaint.cause",
        "Removes cause",
        index="btree_not_null",
        domain="[('complaint_id', '=', complaint_id)]",
    )
    template_id = fields.Many2one(
        "mail.activity.plan.template", readonly=True, copy=False, ondelete="set null"
    )
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )
    objection_reason = fields.Text(readonly=True, copy=False)
    completion_note = fields.Text("Result", readonly=True, copy=False)
    date_done = fields.Datetime("Done on", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", "Done by", readonly=True, copy=False)
    effectiveness = fields.Selection(
        [("pending", "Pending"), ("effective", "Effective"), ("ineffective", "Ineffective")],
        compute="_compute_effectiveness",
        store=True,
        readonly=False,
    )
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")

    # Whose actions a case has, as record rules ask it, read off the index
    _user_complaint_idx = models.Index("(user_id, complaint_id)")
    _open_deadline_idx = models.Index(
        "(company_id, deadline) WHERE state IN ('open', 'objected', 'in_progress')"
    )

    def _get_frozen_stages(self):
        stages = super()._get_frozen_stages()
        if self.state in OPEN_STATES:
            return stages
        return stages | ({"done", "settled"} if "closed" in stages else {"done"})

    def _bump_complaint_version(self):
        """Actions of the plan a verb starts come with the version the verb makes."""
        if self.env.context.get("complaint_plan_of_verb") is not PLAN_OF_VERB:
            super()._bump_complaint_version()

    @api.constrains("cause_id", "complaint_id")
    def _check_cause(self):
        """A measure removes a cause of its own case.

        :raise ValidationError: naming the action
        """
        for action in self:
            if action.cause_id and action.cause_id.complaint_id != action.complaint_id:
                raise ValidationError(
                    self.env._(
                        "“%s” is to remove a cause of another complaint: choose one of its own.",
                        action.name,
                    )
                )

    @api.constrains("complaint_id", "kind")
    def _check_complaint_goes_on(self):
        """A cancelled case asks nothing of anybody, a closed one only what outlives it.

        Actions that are over come with imported cases and stand for what was done.

        :raise ValidationError: naming complaint and action
        """
        for action in self.filtered(lambda a: a.state in OPEN_STATES):
            state = action.complaint_id.state
            if state == "cancelled" or (state == "closed" and action.kind not in OUTLIVING_KINDS):
                raise ValidationError(
                    self.env._(
                        "%(complaint)s is over: “%(action)s” cannot be added. After closing there "
                        "are only corrective and preventive actions, verification and follow-up; "
                        "for anything else reopen the complaint.",
                        complaint=action.complaint_id.name,
                        action=action.name,
                    )
                )

    @api.depends("kind")
    def _compute_effectiveness(self):
        for action in self:
            if action.kind not in MEASURE_KINDS:
                action.effectiveness = False
            elif not action.effectiveness:
                action.effectiveness = "pending"

    @api.depends("deadline", "state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for action in self:
            action.is_overdue = (
                action.state in OPEN_STATES and bool(action.deadline) and action.deadline < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = [("state", "in", OPEN_STATES), ("deadline", "<", "today")]
        domain = fields.Domain(overdue)
        return domain if True in value else ~domain

    def _blocks_resolution(self):
        """:return: whether the case cannot be resolved while this action is open"""
        self.ensure_one()
        return self.state in OPEN_STATES and self.kind not in OUTLIVING_KINDS
