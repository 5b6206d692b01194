from odoo import fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import EVERYTHING

DEMAND_KINDS = [
    ("explanation", "Explanation"),
    ("apology", "Apology"),
    ("onsite", "On-site handling"),
    ("cause_prevention", "Cause and prevention"),
    ("return", "Return"),
    ("exchange", "Exchange"),
    ("free_goods", "Free goods"),
    ("discount", "Discount"),
    ("credit", "Credit"),
    ("compensation", "Compensation"),
    ("deduction", "Deduction"),
    ("gift", "Gift"),
    ("rework", "Rework"),
    ("repair", "Repair"),
    ("service", "Service"),
]
# States in which the customer still waits for something.
OPEN_STATES = ("open", "offered", "accepted")


class ComplaintDemand(models.Model):
    """One thing the customer asks for, and our answer to it (R12, R41). UI: customer request.

    Each is handled until the customer is satisfied or it is declined with a reason.
    """

    _name = "complaint.demand"
    _description = "Customer Request"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, sequence, id"
    _IS_SAID = True
    _OUTLIVES_CLOSING = False
    _FROZEN_FIELDS = {
        "registered": frozenset({"kind", "name"}),
        # Documents were made of it
        "executed": frozenset(
            {
                "remedy_kind",
                "amount",
                "currency_id",
                "deduction_number",
                "deduction_date",
                "deduction_claimed",
            }
        ),
        "closed": EVERYTHING,
    }
    _VERSIONED_FIELDS = frozenset(
        {
            "kind",
            "name",
            "state",
            "answer",
            "alternative",
            "remedy_kind",
            "amount",
            "currency_id",
        }
    )

    sequence = fields.Integer(default=10)
    kind = fields.Selection(DEMAND_KINDS, required=True, default="cause_prevention", index=True)
    name = fields.Char("In the customer's words")
    state = fields.Selection(
        [
            ("open", "Open"),
            ("offered", "Offered"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
    )
    answer = fields.Text("Our answer", copy=False, help="Printed for the customer.")
    date_answered = fields.Datetime(readonly=True, copy=False)

    _TRANSITIONS = {
        "offered": ("open",),
        "accepted": ("open", "offered"),
        "declined": ("open", "offered", "accepted"),
        "done": ("open", "offered", "accepted"),
        "cancelled": ("open", "offered", "accepted", "declined"),
        "open": ("offered", "accepted", "declined", "done", "cancelled"),
    }

    def action_offer(self):
        """What we offer stands in ``answer``; the customer has not decided yet (R35)."""
        self._set_state("offered", needs_answer=True)

    def action_accept(self):
        """We agree to the request; it is still to be carried out."""
        self._set_state("accepted")

    def action_decline(self):
        """We cannot meet the request; ``answer`` says why (R41)."""
        self._set_state("declined", needs_answer=True)

    def action_done(self):
        """The request is fulfilled."""
        self._set_state("done")

    def action_cancel(self):
        """The customer does not ask for it any more."""
        self._set_state("cancelled")

    def action_reopen(self):
        """Take an answer back."""
        self._set_state("open")

    def _set_state(self, state, needs_answer=False):
        """Move to ``state`` or say what stands in the way.

        :raise UserError: from a state that does not lead there, or without the answer it needs
        """
        self.check_access("write")
        self._check_case_open()
        self._check_move(state, needs_answer)
        self._write_trusted(
            {"state": state, "date_answered": state != "open" and fields.Datetime.now()}
        )

    def _check_move(self, state, needs_answer=False):
        """:raise UserError: from a state that does not lead to ``state``, or without the answer it
        needs; a request that follows its documents (trusted) is not asked
        """
        for demand in self if not self._is_trusted() else ():
            if demand.state not in self._TRANSITIONS[state]:
                raise UserError(
                    self.env._(
                        "The request “%(name)s” is %(state)s and cannot be changed that way.",
                        name=demand.display_name,
                        state=demand._fields["state"].convert_to_export(demand.state, demand),
                    )
                )
            if needs_answer and not demand._has_answer(state):
                raise UserError(
                    self.env._(
                        "Write our answer to “%s” first: the customer will read it.",
                        demand.display_name,
                    )
                )

    def _has_answer(self, state):
        """:param str state: the state it shall take
        :return: whether the customer has something to read about it
        """
        self.ensure_one()
        return bool((self.answer or "").strip())

    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for demand in self:
            demand.display_name = demand.name or kinds.get(demand.kind, "")
