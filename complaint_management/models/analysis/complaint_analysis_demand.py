from odoo import api, fields, models
from odoo.tools import SQL

from ..complaint.complaint_complaint import STATES
from ..complaint.same_options import same_options
from ..remedies.complaint_demand import DEMAND_KINDS
from ..remedies.complaint_demand_decline import DECLINE_REASONS
from ..remedies.complaint_demand_remedy import MONEY_KINDS
from .measure import Measure


class ComplaintAnalysisDemand(models.Model):
    """What customers asked for and what they got, one row a request (R12, R37, R41).

    Amounts are in the company's currency, at the rate of the day we answered (else of receipt).

    * Claimed: what was deducted from us; else the amount in question of the case, which counts once
      for its first request of money.
    * Offered: money we offered or promised; goods have no offered amount.
    * Granted: what settled requests were worth to the customer that day, goods at what he paid.
    * Cost: what documents and work of the request cost us, as in the cost of complaints.

    Days are days of 24 hours from receipt (of a request added later: from then) to the answer that
    settled it; requests that are not settled have none.
    """

    _name = "complaint.analysis.demand"
    _description = "Customer Requests and Money"
    _inherit = ["complaint.own.figures.mixin", "complaint.figure.mixin"]
    _auto = False
    _rec_name = "demand_id"
    _order = "date_received desc, id desc"
    _UNITS = {
        "amount_claimed": "currency_id",
        "amount_offered": "currency_id",
        "amount_granted": "currency_id",
        "amount_cost": "currency_id",
    }

    demand_id = fields.Many2one("complaint.demand", "Customer request", readonly=True)
    complaint_id = fields.Many2one(
        "complaint.complaint", readonly=True, aggregator="count_distinct"
    )
    active = fields.Boolean(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_received = fields.Datetime("Received", readonly=True)
    date_answered = fields.Datetime("Answered", readonly=True)
    kind = fields.Selection(DEMAND_KINDS, "Asked for", readonly=True)
    remedy_kind = fields.Selection(DEMAND_KINDS, "Carried out as", readonly=True)
    state = fields.Selection(same_options("complaint.demand", "state"), readonly=True)
    result = fields.Selection(
        [
            ("open", "Open"),
            ("granted", "Granted"),
            ("declined", "Declined"),
            ("withdrawn", "Withdrawn"),
        ],
        readonly=True,
    )
    decline_reason = fields.Selection(DECLINE_REASONS, "Declined because", readonly=True)
    granted_share = Measure(
        "Requests granted (%)",
        readonly=True,
        help="100 for a request that was granted, 0 for a declined one, empty for others: the "
        "average is granted ÷ (granted + declined).",
    )
    days_to_done = Measure(
        "Days to settle", digits=(16, 1), readonly=True, help="Days of 24 hours from receipt."
    )
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    category_id = fields.Many2one("complaint.category", "Complaint category", readonly=True)
    complaint_state = fields.Selection(STATES, "State of the complaint", readonly=True)
    team_id = fields.Many2one("complaint.team", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount_claimed = fields.Monetary("Claimed", readonly=True)
    amount_offered = fields.Monetary("Offered", readonly=True, help="Money, before taxes.")
    amount_granted = fields.Monetary(
        "Granted", readonly=True, help="What settled requests were worth to the customer."
    )
    amount_cost = fields.Monetary("Cost", readonly=True, help="What its documents cost us.")

    _depends = {
        "complaint.complaint": [
            "active",
            "company_id",
            "date_received",
            "partner_id",
            "commercial_partner_id",
            "category_id",
            "claimed_amount",
            "team_id",
            "user_id",
            "state",
            "is_counted",
        ],
        "complaint.demand": [
            "complaint_id",
            "kind",
            "remedy_kind",
            "state",
            "decline_reason",
            "date_answered",
            "currency_id",
            "amount",
            "granted_value",
            "deduction_claimed",
        ],
        "complaint.analysis.cost": ["demand_id", "amount"],
        "res.company": ["currency_id"],
        "res.currency.rate": ["currency_id", "company_id", "name", "rate"],
    }

    # ------------------------------------------------------------
    # The query
    # ------------------------------------------------------------
    @property
    def _table_query(self) -> SQL:
        columns = [
            SQL("%s AS %s", column, SQL.identifier(name))
            for name, column in self._get_demand_dimensions().items()
        ]
        return SQL(
            "SELECT demand.id, %s FROM complaint_demand demand %s"
            # In the words of the index of what counts (``_figures_idx``)
            " WHERE complaint.is_counted IS TRUE",
            SQL(", ").join(columns),
            self._get_demand_joins(),
        )

    @api.model
    def _get_demand_dimensions(self):
        """Hook: :return: dict name of a stored field → ``SQL`` of its value"""
        start = SQL(
            """CASE WHEN demand.create_date BETWEEN complaint.date_received AND demand.date_answered
               THEN demand.create_date ELSE complaint.date_received END"""
        )
        return {
            "demand_id": SQL("demand.id"),
            "complaint_id": SQL("demand.complaint_id"),
            "active": SQL("complaint.active"),
            "company_id": SQL("complaint.company_id"),
            "date_received": SQL("complaint.date_received"),
            "date_answered": SQL("demand.date_answered"),
            "kind": SQL("demand.kind"),
            "remedy_kind": SQL("demand.remedy_kind"),
            "state": SQL("demand.state"),
            "result": SQL(
                """CASE demand.state WHEN 'done' THEN 'granted' WHEN 'declined' THEN 'declined'
                   WHEN 'cancelled' THEN 'withdrawn' ELSE 'open' END"""
            ),
            "decline_reason": SQL(
                "CASE WHEN demand.state = 'declined' THEN demand.decline_reason END"
            ),
            "granted_share": SQL(
                "CASE demand.state WHEN 'done' THEN 100.0 WHEN 'declined' THEN 0.0 END"
            ),
            "days_to_done": SQL(
                """CASE WHEN demand.state IN ('done', 'declined')
                   THEN EXTRACT(EPOCH FROM demand.date_answered - %s) / 86400.0 END""",
                start,
            ),
            "partner_id": SQL("complaint.partner_id"),
            "commercial_partner_id": SQL("complaint.commercial_partner_id"),
            "category_id": SQL("complaint.category_id"),
            "complaint_state": SQL("complaint.state"),
            "team_id": SQL("complaint.team_id"),
            "user_id": SQL("complaint.user_id"),
            "currency_id": SQL("company.currency_id"),
            **self._get_demand_amounts(),
        }

    @api.model
    def _get_demand_amounts(self):
        """:return: dict as of :meth:`_get_demand_dimensions`: amounts in the company's currency"""
        rate = self._get_demand_rate()
        return {
            "amount_claimed": SQL(
                """CASE WHEN demand.deduction_claimed > 0 THEN demand.deduction_claimed * %s
                   WHEN complaint.claimed_amount > 0 AND %s
                   THEN complaint.claimed_amount ELSE 0 END""",
                rate,
                self._get_first_claim(),
            ),
            "amount_offered": SQL(
                """CASE WHEN demand.state IN ('offered', 'accepted', 'done')
                         AND demand.remedy_kind IN %s
                   THEN demand.amount * %s ELSE 0 END""",
                MONEY_KINDS,
                rate,
            ),
            "amount_granted": SQL("demand.granted_value * %s", rate),
            "amount_cost": SQL("COALESCE(cost.amount, 0)"),
        }

    @api.model
    def _get_first_claim(self):
        """:return: ``SQL`` condition: the first request of its case, those of money before others,
        and nothing was deducted. Asked of cases with an amount in question only.
        """
        return SQL(
            """NOT EXISTS (
                SELECT FROM complaint_demand other
                 WHERE other.complaint_id = demand.complaint_id
                   AND (other.deduction_claimed > 0
                        OR (other.remedy_kind NOT IN %(money)s, other.id)
                         < (demand.remedy_kind NOT IN %(money)s, demand.id)))""",
            money=MONEY_KINDS,
        )

    @api.model
    def _get_demand_rate(self):
        """:return: ``SQL``: what one unit of the request's currency is in the company's, on the
        day of the answer; rates as core chooses them: the company's own before shared ones
        """

        def rate_of(currency):
            rates = SQL(
                """SELECT rate.rate FROM res_currency_rate rate
                    WHERE rate.currency_id = %s
                      AND COALESCE(rate.company_id, SPLIT_PART(company.parent_path, '/', 1)::int)
                        = SPLIT_PART(company.parent_path, '/', 1)::int""",
                currency,
            )
            return SQL(
                """COALESCE(
                    (%(rates)s AND rate.name <= COALESCE(demand.date_answered,
                                                         complaint.date_received)::date
                     ORDER BY rate.company_id, rate.name DESC LIMIT 1),
                    (%(rates)s ORDER BY rate.company_id, rate.name LIMIT 1), 1.0)""",
                rates=rates,
            )

        return SQL(
            """CASE WHEN demand.currency_id = company.currency_id THEN 1.0
               ELSE %s / %s END""",
            rate_of(SQL("company.currency_id")),
            rate_of(SQL("demand.currency_id")),
        )

    @api.model
    def _get_demand_joins(self):
        """Hook: :return: ``SQL`` of the joins to ``demand``; each finds one row at most, and
        Postgres leaves out those nobody asks for
        """
        return SQL(
            """
            JOIN complaint_complaint complaint ON complaint.id = demand.complaint_id
            JOIN res_company company ON company.id = complaint.company_id
            LEFT JOIN (
                SELECT demand_id, SUM(amount) AS amount
                  FROM (%s) item
                 WHERE demand_id IS NOT NULL
              GROUP BY demand_id
            ) cost ON cost.demand_id = demand.id
            """,
            self.env["complaint.analysis.cost"]._table_query,
        )

    # ------------------------------------------------------------
    # Where it comes from
    # ------------------------------------------------------------
    def action_open_complaint(self):
        """Row: the case of this request.

        :return: action that opens it
        """
        self.ensure_one()
        return self.complaint_id.get_formview_action()
