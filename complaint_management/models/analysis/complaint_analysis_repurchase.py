from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..complaint.same_options import same_options
from .measure import Measure
from .repurchase_query import get_repurchase_query

SPEEDS = [
    ("fast", "Resolved fast"),
    ("resolved", "Resolved"),
    ("unresolved", "Not resolved"),
    ("none", "No complaint"),
]


class ComplaintAnalysisRepurchase(models.Model):
    """Who bought again: after a complaint, and without one (R58).

    A customer is a company with all its contacts (``commercial_partner_id``). An order is a
    confirmed sales order of the company; what we send for a request of a complaint is none.

    * One row for each complaint that counts and was not cancelled, of a customer who had ordered
      before. Its window begins when the case was closed, else resolved, else received, and is as
      long as the company's setting says (``complaint_repurchase_days``, calendar days). One that
      was archived has none, and leaves its customer out of the baseline.
    * Speed: *fast* within the company's working days (``complaint_fast_days``, in hours of the
      team's calendar, from receipt), *resolved* later, *not resolved* without a resolution.
    * Baseline: customers who never had a complaint that counts. One row a customer and quarter in
      which a complaint's window begins, where he had ordered in the 365 days before the quarter;
      his window begins with the quarter (UTC). So both are compared over the same seasons.

    ``bought_again`` is 100 where an order was confirmed within the window, ``amount`` what was
    ordered in it before taxes in the company's currency. Both are empty until the window is over:
    counting the quick ones only would flatter. Averages are those of rows: one complaint, one
    customer.

    Windows that began this year or last have a row (:meth:`_get_since`).

    Whole customers with their sales are shown: for managers and the leadership.
    """

    _name = "complaint.analysis.repurchase"
    _description = "Repurchase after Complaints"
    _inherit = ["complaint.figure.mixin"]
    _auto = False
    _rec_name = "commercial_partner_id"
    _order = "date_start desc, id desc"
    _UNITS = {"amount": "currency_id"}

    complaint_id = fields.Many2one("complaint.complaint", readonly=True)
    commercial_partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, aggregator="count_distinct"
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    speed = fields.Selection(SPEEDS, "After what", readonly=True)
    outcome = fields.Selection(same_options("complaint.complaint", "outcome"), readonly=True)
    category_id = fields.Many2one("complaint.category", "Complaint category", readonly=True)
    severity = fields.Selection(same_options("complaint.complaint", "severity"), readonly=True)
    team_id = fields.Many2one("complaint.team", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    date_start = fields.Datetime("Window from", readonly=True)
    date_end = fields.Datetime("Window until", readonly=True)
    is_over = fields.Boolean("Window is over", readonly=True)
    order_count = fields.Integer("Orders", readonly=True, help="Within the window so far.")
    bought_again = Measure(
        "Bought again (%)",
        readonly=True,
        help="100 for a window with an order, 0 for one without, empty until it is over: the "
        "average is the share of those that are over.",
    )
    amount = fields.Monetary(
        "Ordered per customer",
        readonly=True,
        aggregator="avg",
        help="Within the window, before taxes; of windows that are over.",
    )

    _depends = {
        "complaint.complaint": [
            "active",
            "company_id",
            "commercial_partner_id",
            "state",
            "is_counted",
            "outcome",
            "category_id",
            "severity",
            "team_id",
            "user_id",
            "date_received",
            "date_resolved",
            "date_closed",
            "hours_to_resolve",
        ],
        "complaint.team": ["resource_calendar_id"],
        "resource.calendar": ["hours_per_day"],
        "res.company": [
            "currency_id",
            "resource_calendar_id",
            "complaint_repurchase_days",
            "complaint_fast_days",
        ],
        "res.partner": ["commercial_partner_id"],
        "sale.order": [
            "company_id",
            "partner_id",
            "state",
            "date_order",
            "amount_untaxed",
            "currency_rate",
            "complaint_demand_id",
        ],
    }

    @property
    def _table_query(self) -> SQL:
        return self._get_windows(self._get_since(fields.Datetime.now()))

    @api.model
    def _get_windows(self, since):
        """:param since: UTC moment: windows that began before have no row
        :return: ``SQL`` of the whole table
        """
        return get_repurchase_query(since, fields.Datetime.now(), self._get_order_condition())

    @api.model
    def _get_since(self, now):
        """Hook: who goes on wants to know what is; orders of ten years are not matched for it.

        :param now: UTC moment
        :return: UTC moment from which on windows begin that are looked at: this year and last, as
            years begin and end anywhere on earth
        """
        day = timedelta(days=1)
        return datetime((now - day).year - 1, 1, 1) - day

    @api.model
    def _get_order_condition(self):
        """Hook: :return: ``SQL``: which orders ``sale`` show that a customer came back"""
        return SQL("sale.state = 'sale' AND sale.complaint_demand_id IS NULL")

    def action_open(self):
        """Row: the case, or the customer who had none.

        :return: action that opens it
        """
        self.ensure_one()
        return (self.complaint_id or self.commercial_partner_id).get_formview_action()
