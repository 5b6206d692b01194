from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS
from .complaint_action import OPEN_STATES


class ComplaintActionLabour(models.Model):
    """What the work costs us: planned and spent hours, and their price (R37).

    Hours are everybody's who works on the action; money is not for contributors (R60). Nothing of
    it is printed for the customer.
    """

    _inherit = "complaint.action"

    labour_hours = fields.Float(
        "Planned hours",
        digits=(16, 2),
        help="Working hours of all who take part, as estimated. Internal.",
    )
    labour_hours_done = fields.Float(
        "Hours spent",
        digits=(16, 2),
        copy=False,
        help="Working hours of all who took part. Internal.",
    )
    labour_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of labour"
    )
    labour_hourly_cost = fields.Monetary(
        "Cost of an hour",
        currency_field="labour_currency_id",
        compute="_compute_labour_hourly_cost",
        store=True,
        readonly=False,
        groups=INSIDE_GROUPS,
        help="In the company's currency; proposed by the settings when the action is made.",
    )
    labour_cost = fields.Monetary(
        "Cost of labour",
        currency_field="labour_currency_id",
        compute="_compute_labour_cost",
        store=True,
        groups=INSIDE_GROUPS,
        help="Hours spent, else planned hours, times the cost of an hour. What was cancelled costs "
        "what was spent on it.",
    )

    # Few of all actions cost anything: what labour costs is found without the others
    _labour_cost_idx = models.Index("(complaint_id) WHERE labour_cost <> 0")
    _labour_hours_sane = models.Constraint(
        "CHECK(labour_hours BETWEEN 0 AND 100000 AND labour_hours_done BETWEEN 0 AND 100000)",
        "Hours are a number from 0 to 100,000.",
    )
    _labour_hourly_cost_sane = models.Constraint(
        "CHECK(labour_hourly_cost BETWEEN 0 AND 1000000000)", "The cost of an hour is 0 or more."
    )

    @api.depends("complaint_id")
    def _compute_labour_hourly_cost(self):
        """As the settings say when the action is made: another rate changes no estimate."""
        for action in self:
            action.labour_hourly_cost = action.complaint_id.company_id.complaint_hourly_cost

    @api.depends("state", "labour_hours", "labour_hours_done", "labour_hourly_cost")
    def _compute_labour_cost(self):
        for action in self:
            action.labour_cost = action._get_labour_hours() * action.labour_hourly_cost

    def _get_labour_hours(self):
        """:return: hours that count: those spent, else those planned while it is not called off"""
        self.ensure_one()
        if self.labour_hours_done or self.state not in (*OPEN_STATES, "done"):
            return self.labour_hours_done
        return self.labour_hours

    @api.model
    def _get_plan_fields(self):
        return super()._get_plan_fields() | {"labour_hours", "labour_hourly_cost"}

    @api.model
    def _get_supervised_fields(self):
        return super()._get_supervised_fields() | {"labour_hours_done"}
