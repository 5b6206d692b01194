from odoo import fields, models
from odoo.exceptions import UserError

from .complaint_complaint import INSIDE_GROUPS, UNREGISTERED_STATES
from .complaint_findings import OUTCOMES
from .complaint_state_guard import EVERYTHING

# Stamps of the complaint that are its current round's.
ROUND_STAMPS = (
    "date_responded",
    "date_planned",
    "date_handled",
    "date_reported",
    "date_resolved",
)


class ComplaintRound(models.Model):
    """One pass through the handling: why it was opened, its plan versions, how it ended (R47)."""

    _name = "complaint.round"
    _description = "Complaint Round"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, number"
    # A round that ended stays as it was, also for code with all rights.
    _FROZEN_FIELDS = {"ended": EVERYTHING}
    _CORRECTABLE = False

    number = fields.Integer(required=True, readonly=True)
    kind = fields.Selection(
        [
            ("first", "First handling"),
            ("objection", "Customer's objection"),
            ("dissatisfied", "Dissatisfied follow-up"),
            ("reopened", "Reopened"),
        ],
        required=True,
        readonly=True,
        default="first",
    )
    reason = fields.Text(readonly=True)
    plan_summary = fields.Text("Handling plan", readonly=True)
    plan_version = fields.Integer(readonly=True, default=0)
    plan_version_ids = fields.One2many(
        "complaint.plan.version", "round_id", "Plan versions", readonly=True, groups=INSIDE_GROUPS
    )
    date_opened = fields.Datetime(
        "Opened on", readonly=True, required=True, default=fields.Datetime.now
    )
    date_responded = fields.Datetime("First answered", readonly=True)
    date_planned = fields.Datetime("Planned on", readonly=True)
    date_objection_end = fields.Datetime(
        "Objections until",
        readonly=True,
        index="btree_not_null",
        help="Silence is consent: after this moment (UTC) the plan is released by itself.",
    )
    date_handled = fields.Datetime("Handled on", readonly=True)
    date_reported = fields.Datetime("Reported on", readonly=True)
    date_resolved = fields.Datetime("Resolved on", readonly=True)
    date_ended = fields.Datetime("Ended on", readonly=True)
    ending = fields.Selection(
        [
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
            ("objection", "Customer objected"),
            ("dissatisfied", "Customer dissatisfied"),
        ],
        "Ended by",
        readonly=True,
    )
    closing_outcome = fields.Selection(OUTCOMES, readonly=True)
    outcome = fields.Text("How it ended", readonly=True)

    _number_unique = models.Constraint(
        "UNIQUE(complaint_id, number)", "A complaint has one round of each number."
    )
    _number_positive = models.Constraint("CHECK(number > 0)", "Rounds are counted from one.")

    def _prepare_end_vals(self, moment, ending, outcome=None):
        """Values of a round that ends; called by ``complaint.complaint._end_round``.

        What the complaint shows is the current round's: it is kept here, with the plan even where
        nobody released it.
        """
        self.ensure_one()
        complaint = self.complaint_id
        return {
            "date_ended": moment,
            "ending": ending,
            "outcome": outcome or False,
            "plan_summary": self.plan_summary or complaint.plan_summary,
            **{name: complaint[name] for name in ROUND_STAMPS},
        }

    def _get_frozen_stages(self):
        stages = super()._get_frozen_stages()
        # Without the case's own stages: a closing case still ends its round
        return {"ended"} if self.date_ended else stages & set(self._FROZEN_FIELDS)

    def _is_blank(self, name):
        """What a round ended without stays empty."""
        return not self.date_ended and super()._is_blank(name)

    def _check_deletable(self):
        """Every round is kept (R47, T20)."""
        super()._check_deletable()
        if any(r.complaint_id.state not in UNREGISTERED_STATES for r in self):
            raise UserError(self.env._("Rounds of a registered complaint are kept."))
