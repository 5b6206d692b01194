from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .complaint_overview import (
    DUE_FROM,
    LAST_MONTH_START,
    MONTH_START,
    SAME_SPAN_END,
)

# Beside those that were stopped or cancelled; the words of the index ``_unstopped_idx``
UNSTOPPED_STATES = ("running", "breached", "paused")


class ComplaintOverviewCounting(models.Model):
    """Counting for the header of the list (R25): three queries, however many cards there are.

    Each row is asked once which scopes and figures it belongs to; rows of the same answers are
    counted together, and the few groups are added up here.
    """

    _inherit = "complaint.complaint"

    @api.model
    def _count_overview_open(self, scopes, figures):
        """Count complaints that are open to whoever counts complaints.

        :param dict scopes: name → ``Domain``
        :param dict figures: name of the scope → figures to add to
        """
        query = self._search(self._get_open_domain())
        facts = self._prepare_overview_flags(self._get_overview_domains(), query)
        domains = self._get_overview_clock_domains()
        self._join_clocks("LEFT JOIN", query, self._select_unstopped_clocks(domains))
        for name in domains:
            by_clock = SQL.identifier("clocks", name)
            facts[name] = SQL("%s OR %s", facts[name], by_clock) if name in facts else by_clock
        for (number,), in_scopes, is_true in self._group_overview(query, scopes, facts):
            for scope in in_scopes:
                figures[scope]["open"] += number
                for fact in is_true:
                    figures[scope][fact] += number

    @api.model
    def _count_overview_received(self, scopes, figures):
        """Count what was received since last month; parameters as above."""
        received = Domain("date_received", ">=", LAST_MONTH_START)
        received &= Domain("date_received", "<=", "now")
        query = self._search(received & Domain("is_counted", "=", True))
        facts = {
            "month": Domain("date_received", ">=", MONTH_START),
            "same_span": Domain("date_received", "<", SAME_SPAN_END),
            "last_month": Domain("date_received", "<", MONTH_START),
        }
        facts = self._prepare_overview_flags(facts, query)
        for (number,), in_scopes, is_true in self._group_overview(query, scopes, facts):
            for scope in in_scopes:
                for fact in is_true:
                    figures[scope]["received"][fact] += number

    @api.model
    def _count_overview_on_time(self, scopes, figures):
        """Count the decided deadlines that were due since last month; parameters as above.

        Due, not started: of what began this month only the quick part is decided already.
        """
        recent = Domain("date_received", ">=", DUE_FROM)
        query = self._search(recent & Domain("is_counted", "=", True))
        self._join_clocks("JOIN", query, self._select_due_clocks())
        columns = ("month_kept", "month_decided", "last_kept", "last_decided")
        sums = [SQL("SUM(%s)::int", SQL.identifier("clocks", column)) for column in columns]
        for numbers, in_scopes, _facts in self._group_overview(query, scopes, {}, sums):
            month_kept, month_decided, last_kept, last_decided = numbers
            for scope in in_scopes:
                on_time = figures[scope]["on_time"]
                on_time["month"]["kept"] += month_kept
                on_time["month"]["decided"] += month_decided
                on_time["last_month"]["kept"] += last_kept
                on_time["last_month"]["decided"] += last_decided

    # ------------------------------------------------------------
    # Deadlines, one row a complaint
    # ------------------------------------------------------------
    @api.model
    def _join_clocks(self, kind, query, select):
        """Join a subselect on deadlines to a query on complaints, as ``clocks``."""
        complaint = SQL.identifier(query.table, "id")
        query.add_join(kind, "clocks", select, SQL("clocks.complaint_id = %s", complaint))

    @api.model
    def _select_unstopped_clocks(self, domains):
        """:return: ``SQL`` of a subselect: per complaint which domains a deadline is in

        :param dict domains: name → ``Domain`` of ``complaint.clock``
        """
        # sudo: clocks follow their complaint, to which the caller's rules are applied
        clocks = self.env["complaint.clock"].sudo()
        query = clocks._search(
            Domain("state", "in", UNSTOPPED_STATES) & Domain("date_stopped", "=", False)
        )
        return self._group_clocks(
            query,
            [
                SQL(
                    "BOOL_OR(%s) AS %s",
                    domain.optimize_full(clocks)._to_sql(clocks, query.table, query),
                    SQL.identifier(name),
                )
                for name, domain in domains.items()
            ],
        )

    @api.model
    def _select_due_clocks(self):
        """:return: ``SQL`` of a subselect: per complaint the deadlines due this month and last"""
        # sudo: as above
        clocks = self.env["complaint.clock"].sudo()
        query = clocks._search(
            Domain("state", "in", ("met", "breached"))
            & Domain("date_deadline", ">=", LAST_MONTH_START)
            & Domain("date_deadline", "<", "now")
        )
        is_kept = SQL("%s = 'met'", SQL.identifier(query.table, "state"))
        is_new = Domain("date_deadline", ">=", MONTH_START).optimize_full(clocks)
        is_new = is_new._to_sql(clocks, query.table, query)
        return self._group_clocks(
            query,
            [
                SQL("COUNT(*) FILTER (WHERE %s AND %s) AS month_kept", is_new, is_kept),
                SQL("COUNT(*) FILTER (WHERE %s) AS month_decided", is_new),
                SQL("COUNT(*) FILTER (WHERE NOT %s AND %s) AS last_kept", is_new, is_kept),
                SQL("COUNT(*) FILTER (WHERE NOT %s) AS last_decided", is_new),
            ],
        )

    @api.model
    def _group_clocks(self, query, columns):
        query.groupby = complaint = SQL.identifier(query.table, "complaint_id")
        return SQL("(%s)", query.select(complaint, *columns))

    # ------------------------------------------------------------
    # Groups of complaints
    # ------------------------------------------------------------
    @api.model
    def _prepare_overview_flags(self, domains, query):
        """:return: dict name → ``SQL`` of a condition on the rows of ``query``"""
        return {
            name: domain.optimize_full(self)._to_sql(self, query.table, query)
            for name, domain in domains.items()
        }

    @api.model
    def _group_overview(self, query, scopes, facts, measures=None):
        """Ask each row of a query where it belongs, and measure what belongs together.

        :param query: ``Query`` on complaints, with the user's rules
        :param dict scopes: name → ``Domain``
        :param dict facts: name → ``SQL`` of a condition
        :param list measures: aggregates, as ``SQL``; default: the number of rows
        :return: list of (tuple of measured values, names of scopes, names of facts)
        """
        measures = measures or [SQL("COUNT(*)")]
        flags = {**self._prepare_overview_flags(scopes, query), **facts}
        positions = range(len(measures) + 1, len(measures) + len(flags) + 1)
        query.groupby = SQL(", ").join(SQL(str(position)) for position in positions)
        columns = [SQL("(%s) IS TRUE", flag) for flag in flags.values()]
        groups = []
        for row in self.env.execute_query(query.select(*measures, *columns)):
            answers = row[len(measures) :]
            names = [name for name, answer in zip(flags, answers, strict=True) if answer]
            groups.append(
                (
                    row[: len(measures)],
                    [name for name in names if name in scopes],
                    [name for name in names if name in facts],
                )
            )
        return groups
