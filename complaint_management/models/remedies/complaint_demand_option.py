from odoo import fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import EVERYTHING


class ComplaintDemandOption(models.Model):
    """One of several ways we offer to meet a request; the customer chooses one (R35).

    What is here is read by the customer, side by side on his page: no limits, no names of
    colleagues. What it makes us do, and what that costs, is in ``complaint_demand_option_remedy``.
    """

    _name = "complaint.demand.option"
    _description = "Offered Option"
    _inherit = ["complaint.demand.part.mixin"]
    _order = "demand_id, sequence, id"
    _FROZEN_FIELDS = {
        "decided": frozenset(
            {
                "name",
                "description",
                "date",
                "demand_id",
                "remedy_kind",
                "amount",
                "product_id",
                "quantity",
                "cost",
            }
        ),
        "closed": EVERYTHING,
    }
    _VERSIONED_FIELDS = frozenset(
        {"name", "description", "date", "state", "remedy_kind", "amount", "product_id", "quantity"}
    )

    sequence = fields.Integer(default=10)
    name = fields.Char("What we offer", required=True, help="The customer reads it.")
    description = fields.Text(
        "How it goes on", help="The steps after the customer chose it. The customer reads it."
    )
    date = fields.Date("Ready by", help="By when the customer has it, if he chooses it.")
    state = fields.Selection(
        [("open", "Offered"), ("chosen", "Chosen"), ("declined", "Not chosen")],
        required=True,
        readonly=True,
        copy=False,
        default="open",
        help="Said by the customer, or noted for him.",
    )

    _chosen_unique = models.UniqueIndex(
        "(demand_id) WHERE state = 'chosen'", "Only one option of a request can be chosen."
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------
    def _get_moving_refusal(self):
        return self.env._("An option stays with its request: add another there.")

    def _check_joinable(self):
        """See super."""
        for option in self:
            if option.demand_id.state not in ("open", "offered"):
                raise UserError(
                    self.env._(
                        "“%s” has its answer: take that back before you offer something else.",
                        option.demand_id.display_name,
                    )
                )

    def _check_deletable(self):
        """What the customer decided on stays (T20)."""
        super()._check_deletable()
        decided = self.filtered(lambda o: o.state != "open")
        if decided and decided.demand_id.exists():
            raise UserError(
                self.env._(
                    "The customer decided about “%s”: it stays. Take the answer back first.",
                    decided[0].name,
                )
            )

    def _get_frozen_stages(self):
        """Frozen too as soon as the customer has decided."""
        stages = super()._get_frozen_stages()
        return stages | ({"decided"} if self.state != "open" else set())

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_choose(self):
        """Note that the customer chose this option, when he said so by phone or letter (R35).

        :raise AccessError: without write access to the request
        :raise UserError: when the request has its answer, or the case is over
        """
        self.ensure_one()
        self.demand_id.check_access("write")
        self._choose()

    def _choose(self):
        """Accept the request with this option, decline the others; callers checked the rights.

        :raise UserError: when the request has its answer, or the case is over
        """
        self.ensure_one()
        demand = self.demand_id
        if self.state != "open":
            raise UserError(self.env._("“%s” is decided already.", self.name))
        demand._set_state("accepted")
        self._write_trusted({"state": "chosen"})
        (demand.option_ids - self)._write_trusted({"state": "declined"})
