from odoo import fields, models

from ..complaint.complaint_state_guard import EVERYTHING

# The seven questions of 5W2H, in the order they are printed.
QUESTIONS = [
    ("what", "What"),
    ("who", "Who noticed it"),
    ("where", "Where"),
    ("when", "When"),
    ("why", "Why is it a problem"),
    ("how", "How was it found"),
    ("how_many", "How many"),
]


class ComplaintComparison(models.Model):
    """Where the problem is and where it is not, question by question (5W2H, is/is-not, 8D D2)."""

    _name = "complaint.comparison"
    _description = "Is / Is Not"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, sequence, id"
    _OUTLIVES_CLOSING = False
    _FROZEN_FIELDS = {"closed": EVERYTHING}
    _VERSIONED_FIELDS = frozenset({"question", "observed", "not_observed"})

    sequence = fields.Integer(default=10)
    question = fields.Selection(QUESTIONS, required=True, default="what")
    observed = fields.Text("Is", required=True, help="Facts only; printed for the customer.")
    not_observed = fields.Text("Is not", help="Where one would expect it and it is not.")
