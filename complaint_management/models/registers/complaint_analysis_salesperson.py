from datetime import datetime, timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..analysis.measure import Measure

# Figures of people, all of them shares: which facts they count is in ``_get_fact_selects``.
FIGURES = ("response", "handling", "report", "promise", "satisfaction", "repurchase")
# From this rating on a customer counts as satisfied.
SATISFIED = ("4", "5")


class ComplaintAnalysisSalesperson(models.Model):
    """How timely, reliable and well received people's work on complaints is (R56).

    One row a salesperson, team and month in which the complaint was received, in the reader's time
    zone. There are rates and no numbers of complaints: who has many is no worse for it, and nobody
    is ranked by it. A rate stays empty while less is decided than the company wants for one
    (``complaint_figures_minimum``); over several rows it is the share of all their cases together.

    Not among them: cases about a colleague (R73). A row is a sum, from which they could not be
    taken out for him alone.
    """

    _name = "complaint.analysis.salesperson"
    _description = "Figures of Salespeople"
    _inherit = ["complaint.grouping.mixin"]
    _auto = False
    _rec_name = "user_id"
    _order = "month desc, user_id, id"

    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    team_id = fields.Many2one("complaint.team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    month = fields.Date(readonly=True, help="In which the complaint was received; its first day.")
    response_rate = Measure(
        "First response on time (%)", readonly=True, digits=(5, 1), help="Share of what is decided."
    )
    handling_rate = Measure(
        "Handled on time (%)", readonly=True, digits=(5, 1), help="Share of what is decided."
    )
    report_rate = Measure(
        "Report on time (%)", readonly=True, digits=(5, 1), help="Share of what is decided."
    )
    promise_rate = Measure(
        "Promises kept (%)", readonly=True, digits=(5, 1), help="Of the promises the person made."
    )
    satisfaction_rate = Measure(
        "Satisfied customers (%)",
        readonly=True,
        digits=(5, 1),
        help="Who rated 4 or 5 of 5, of those who rated.",
    )
    repurchase_rate = Measure(
        "Bought again (%)",
        readonly=True,
        digits=(5, 1),
        help="Customers who ordered again after it was closed, within the days of the setting.",
    )

    _depends = {
        "complaint.clock": ["complaint_id", "kind", "state"],
        "complaint.complaint": [
            "active",
            "is_counted",
            "company_id",
            "user_id",
            "team_id",
            "date_received",
            "satisfaction",
            "concerned_user_ids",
            "date_closed",
            "date_resolved",
        ],
        "complaint.promise": ["complaint_id", "user_id", "state"],
        "res.company": ["complaint_figures_minimum"],
        "sale.order": ["company_id", "partner_id", "state", "date_order"],
    }

    # ------------------------------------------------------------
    # The query
    # ------------------------------------------------------------
    @property
    def _table_query(self) -> SQL:
        sums = [
            SQL(
                "SUM(fact.good) FILTER (WHERE fact.figure = %(figure)s) AS %(good)s, "
                "COUNT(*) FILTER (WHERE fact.figure = %(figure)s) AS %(decided)s",
                figure=figure,
                good=SQL.identifier(f"{figure}_good"),
                decided=SQL.identifier(f"{figure}_decided"),
            )
            for figure in FIGURES
        ]
        rates = [
            SQL(
                "%s AS %s",
                self._get_rate(
                    SQL.identifier("sums", f"{figure}_good"),
                    SQL.identifier("sums", f"{figure}_decided"),
                    SQL.identifier("sums", "minimum"),
                ),
                SQL.identifier(f"{figure}_rate"),
            )
            for figure in FIGURES
        ]
        # The ID is made of what makes a row one: months since 1900, company, team, person
        return SQL(
            """
            SELECT ((COALESCE(sums.user_id, 0)::bigint * 10000 + COALESCE(sums.team_id, 0)) * 1000
                       + sums.company_id) * 2400
                       + (EXTRACT(YEAR FROM sums.month)::int - 1900) * 12
                       + EXTRACT(MONTH FROM sums.month)::int AS id,
                   sums.*, %(rates)s
              FROM (
                SELECT fact.company_id, fact.user_id, fact.team_id,
                       DATE_TRUNC(
                           'month', fact.date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s
                       )::date AS month,
                       MAX(company.complaint_figures_minimum) AS minimum, %(sums)s
                  FROM (%(facts)s) fact
                  JOIN res_company company ON company.id = fact.company_id
              GROUP BY 1, 2, 3, 4
              ) sums
            """,
            rates=SQL(", ").join(rates),
            sums=SQL(", ").join(sums),
            zone=self._get_zone(),
            facts=SQL(" UNION ALL ").join(self._get_fact_selects()),
        )

    @api.model
    def _get_zone(self):
        """:return: name of the reader's time zone, in which his months begin"""
        zone = self.env.context.get("tz") or self.env.user.tz
        return zone if zone in pytz.all_timezones_set else "UTC"

    @api.model
    def _get_rate(self, good, decided, minimum):
        """:return: ``SQL`` of a share in per cent, empty where too little is decided

        :param good: ``SQL`` of how many were good
        :param decided: ``SQL`` of how many are decided
        :param minimum: ``SQL`` of how many it takes
        """
        return SQL(
            "CASE WHEN %(decided)s >= GREATEST(%(minimum)s, 1) "
            "THEN 100.0 * %(good)s / %(decided)s END",
            good=good,
            decided=decided,
            minimum=minimum,
        )

    def _read_group_select(self, aggregate_spec, query):
        """The rate of a group is that of all its cases, not the average of its months; whoever
        asks for another aggregate (a number of rows, their list) gets that.
        """
        name, _colon, function = aggregate_spec.partition(":")
        figure = name.removesuffix("_rate")
        if figure == name or figure not in FIGURES or function not in ("avg", "sum"):
            return super()._read_group_select(aggregate_spec, query)
        self._check_field_access(self._fields[f"{figure}_rate"], "read")
        return self._get_rate(
            SQL("SUM(%s)", SQL.identifier(self._table, f"{figure}_good")),
            SQL("SUM(%s)", SQL.identifier(self._table, f"{figure}_decided")),
            SQL("MAX(%s)", SQL.identifier(self._table, "minimum")),
        )

    def _get_total_parts(self, spec):
        """See super: the rate of several months does not follow from their rates."""
        is_rate = spec.partition(":")[0].removesuffix("_rate") in FIGURES
        return [] if is_rate else super()._get_total_parts(spec)

    # ------------------------------------------------------------
    # What is counted
    # ------------------------------------------------------------
    @api.model
    def _get_fact_selects(self):
        """Hook: what is counted, one row a decided thing.

        :return: list of ``SQL`` selects of ``company_id, user_id, team_id, date`` (the complaint's
            receipt, UTC), ``figure`` (one of ``FIGURES``) and ``good`` (1 or 0)
        """
        return [
            self._get_fact_select(
                SQL("fact.kind"),
                SQL("fact.state = 'met'"),
                SQL("JOIN complaint_clock fact ON fact.complaint_id = complaint.id"),
                SQL(
                    "fact.state IN ('met', 'breached') "
                    "AND fact.kind IN ('response', 'handling', 'report')"
                ),
            ),
            self._get_fact_select(
                SQL("'promise'"),
                SQL("fact.state = 'kept'"),
                SQL("JOIN complaint_promise fact ON fact.complaint_id = complaint.id"),
                SQL("fact.state IN ('kept', 'broken')"),
                # The promise is his who gave it
                user=SQL("fact.user_id"),
            ),
            self._get_fact_select(
                SQL("'satisfaction'"),
                SQL("complaint.satisfaction IN %s", SATISFIED),
                SQL(),
                SQL("complaint.satisfaction IS NOT NULL"),
            ),
            *self._get_repurchase_facts(),
        ]

    @api.model
    def _get_repurchase_facts(self):
        """:return: selects as of :meth:`_get_fact_selects`: customers whose time to buy again is
        over (R58)
        """
        # Rows go by the month of receipt, of as many years as somebody asks for
        windows = self.env["complaint.analysis.repurchase"]._get_windows(datetime(1970, 1, 1))
        return [
            self._get_fact_select(
                SQL("'repurchase'"),
                SQL("fact.bought_again > 0"),
                SQL("JOIN (%s) fact ON fact.complaint_id = complaint.id", windows),
                SQL("fact.bought_again IS NOT NULL"),
            )
        ]

    @api.model
    def _get_fact_select(self, figure, good, join, where, user=None):
        """:return: one select as :meth:`_get_fact_selects` wants it, of complaints that count

        :param figure: ``SQL`` of the name of the figure
        :param good: ``SQL`` of whether it was good
        :param join: ``SQL`` of the tables beside ``complaint``
        :param where: ``SQL`` of what is decided
        :param user: ``SQL`` of whose figure it is; default: the salesperson of the case
        """
        return SQL(
            """
            SELECT complaint.company_id, %(user)s AS user_id, complaint.team_id,
                   complaint.date_received AS date, %(figure)s::varchar AS figure,
                   (%(good)s)::int AS good
              FROM complaint_complaint complaint %(join)s
             WHERE complaint.active AND complaint.is_counted AND %(where)s
               AND NOT EXISTS (
                   SELECT FROM complaint_concerned_user_rel rel
                    WHERE rel.complaint_id = complaint.id
               )
            """,
            user=user or SQL("complaint.user_id"),
            figure=figure,
            good=good,
            join=join,
            where=where,
        )

    # ------------------------------------------------------------
    # From the figure to its cases
    # ------------------------------------------------------------
    def _get_complaint_domain(self):
        """:return: domain of the complaints a row is about; the reader's rights come on top"""
        self.ensure_one()
        zone = pytz.timezone(self._get_zone())
        months = (self.month, self.month + relativedelta(months=1))
        start, end = (
            zone.localize(fields.Datetime.to_datetime(day)).astimezone(pytz.utc) for day in months
        )
        return [
            ("is_counted", "=", True),
            ("user_id", "=", self.user_id.id),
            ("team_id", "=", self.team_id.id),
            ("company_id", "=", self.company_id.id),
            ("date_received", ">=", fields.Datetime.to_string(start)),
            ("date_received", "<=", fields.Datetime.to_string(end - timedelta(seconds=1))),
        ]

    def action_open_complaints(self):
        """Row: the complaints of the person in that month which the reader may open.

        :return: action that lists them
        :raise AccessError: for figures the reader may not see
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaints"),
            "res_model": "complaint.complaint",
            "views": [(False, "list"), (False, "form")],
            "domain": self._get_complaint_domain(),
        }
