from odoo import fields, models


class ComplaintRound(models.Model):
    """One pass through the handling: why it was opened, its plan versions, how it ended (R47)."""

    _name = "complaint.round"
    _description = "Complaint Round"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, number"

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
    date_opened = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)
    date_planned = fields.Datetime(readonly=True)
    date_objection_end = fields.Datetime(
        "Objections until",
        readonly=True,
        index="btree_not_null",
        help="Silence is consent: after this moment (UTC) the plan is released by itself.",
    )
    date_resolved = fields.Datetime(readonly=True)
    date_ended = fields.Datetime(readonly=True)
    outcome = fields.Text(readonly=True)

    _number_unique = models.Constraint(
        "UNIQUE(complaint_id, number)", "A complaint has one round of each number."
    )
    _number_positive = models.Constraint("CHECK(number > 0)", "Rounds are counted from one.")
