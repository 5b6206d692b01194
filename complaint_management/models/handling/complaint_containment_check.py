from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..complaint.complaint_state_guard import EVERYTHING

PLACES = [
    ("customer", "At the customer"),
    ("transit", "In transit"),
    ("warehouse", "Finished goods warehouse"),
    ("wip", "Work in progress"),
    ("components", "Components"),
]


class ComplaintContainmentCheck(models.Model):
    """What was sorted where, with what result (8D D3)."""

    _name = "complaint.containment.check"
    _description = "Containment Check"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, sequence, id"
    _OUTLIVES_CLOSING = False
    _FROZEN_FIELDS = {"closed": EVERYTHING}
    _VERSIONED_FIELDS = frozenset({"place", "quantity_checked", "quantity_nok", "action", "date"})

    sequence = fields.Integer(default=10)
    place = fields.Selection(PLACES, required=True, default="warehouse")
    quantity_checked = fields.Float("Pieces checked", digits="Product Unit")
    quantity_nok = fields.Float("Not OK", digits="Product Unit")
    action = fields.Char("What was done", help="E.g. sorted, blocked, reworked, replaced.")
    date = fields.Date("Checked on", help="Empty: not checked yet.")

    _quantities = models.Constraint(
        "CHECK(quantity_checked >= 0 AND quantity_nok >= 0 AND quantity_nok <= quantity_checked)",
        "Pieces not OK cannot be more than pieces checked, and no number may be negative.",
    )

    @api.constrains("date")
    def _check_date(self):
        """Nothing was checked tomorrow: a customer reads this as done.

        :raise ValidationError: for a day in the future
        """
        today = fields.Date.context_today(self)
        if any(check.date and check.date > today for check in self):
            raise ValidationError(
                self.env._(
                    "“Checked on” is a day in the future: leave it empty until it is checked."
                )
            )
