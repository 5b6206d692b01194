from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from .complaint_analysis_salesperson import FIGURES

# A colleague of two would read the other's share off the average.
AVERAGE_OF = 3


class ComplaintPeopleFigures(models.Model):
    """Figures of people and teams over a period, against the period before it (R56).

    Who sees which person is in the record rules. A team's figures are shown to whoever sees all of
    its people, and to its own people each figure where the average hides each of those it is of.
    """

    _inherit = "complaint.analysis.salesperson"

    @api.model
    def _get_start_before(self, start, end):
        """:return: date: first day of the as many months before ``start`` that the months from
        ``start`` to ``end``, the day after them, are compared with
        """
        months = (end.year - start.year) * 12 + end.month - start.month
        return start - relativedelta(months=months)

    @api.model
    def _get_people(self, start, end, by="user", team=None):
        """Rows of the registers of salespeople and teams, in the order of names.

        :param date start: first day of the first month
        :param date end: first day of the month after the last one
        :param str by: ``user`` (each person of each team, then the team) or ``team``
        :param team: ``complaint.team`` to restrict them to, or None
        :return: list of dicts ``user, team, rates`` with dict figure → (share, share before); a
            team has no user, a share may be None
        """
        before = self._get_start_before(start, end)
        periods = [
            self._get_period_domain(*period, team) for period in ((start, end), (before, start))
        ]
        people = self._get_person_rows(periods)
        teams = self._get_team_rows(periods, people)
        rows = [*people, *teams] if by == "user" else teams
        # Names of all of them at once, not one by one
        self.env["res.users"].union(*(row["user"] for row in rows)).mapped("name")
        self.env["complaint.team"].union(*(row["team"] for row in rows)).mapped("name")
        return sorted(rows, key=self._get_row_order)

    @api.model
    def _get_period_domain(self, start, end, team):
        domain = [("month", ">=", start), ("month", "<", end)]
        return [*domain, ("team_id", "=", team.id)] if team else domain

    @api.model
    def _get_row_order(self, row):
        """Hook: :return: key of a row's place: names, and the team below its people"""
        team, user = row["team"], row["user"]
        return (
            (team.name or "").casefold(),
            team.id,
            not user,
            (user.name or "").casefold(),
            user.id,
        )

    @api.model
    def _get_rate_specs(self):
        return [f"{figure}_rate:avg" for figure in FIGURES]

    def _get_person_rows(self, periods):
        """:return: rows of the people the reader may see; ``periods`` are two domains"""
        known = [
            {
                (team, user): rates
                for team, user, *rates in self._read_group(
                    [*domain, ("user_id", "!=", False)],
                    ["team_id", "user_id"],
                    self._get_rate_specs(),
                )
            }
            for domain in periods
        ]
        return [self._make_row(*key, *(rates.get(key) for rates in known)) for key in known[0]]

    def _get_team_rows(self, periods, people):
        """:return: rows of the teams the reader may see
        :param people: rows of the people he may see
        """
        # sudo: sums over a team; who may see which is decided below
        every = self.sudo()
        known = [
            every._read_teams([*domain, ("company_id", "in", self.env.companies.ids)])
            for domain in periods
        ]
        seen = self._get_seen_teams(people)
        wholes = [self._get_whole_teams(domain) for domain in periods]
        rows = []
        for team in (team.with_env(self.env) for team in known[0]):
            hidden = team not in wholes[0]
            if hidden and not (team in seen and self._is_average(known[0][team])):
                continue
            rates = [
                self._get_shown_rates(groups.get(team), team in whole)
                for groups, whole in zip(known, wholes, strict=True)
            ]
            rows.append(self._make_row(team, self.env["res.users"], *rates))
        return rows

    def _read_teams(self, domain):
        """:return: dict team → list of ``(rate in %, of how many people)``, a figure each"""
        query = self._search(domain)
        team = SQL.identifier(self._table, "team_id")
        rates = [self._read_group_select(spec, query) for spec in self._get_rate_specs()]
        people = [
            SQL(
                "COUNT(DISTINCT %s) FILTER (WHERE %s > 0)",
                SQL.identifier(self._table, "user_id"),
                SQL.identifier(self._table, f"{figure}_decided"),
            )
            for figure in FIGURES
        ]
        query.groupby = team
        found = {}
        for number, *figures in self.env.execute_query(query.select(team, *rates, *people)):
            pairs = zip(figures[: len(rates)], figures[len(rates) :], strict=True)
            found[self.env["complaint.team"].browse(number)] = list(pairs)
        return found

    @api.model
    def _is_average(self, figures):
        """:return: whether any figure of a team is of so many people that it tells of none"""
        return any(people >= AVERAGE_OF for _rate, people in figures)

    @api.model
    def _get_shown_rates(self, figures, is_whole):
        """:param figures: list of ``(rate, of how many people)`` of a team, or None
        :param is_whole: whether the reader sees all of its people
        :return: list of its rates, None for each that would tell about one of its people
        """
        return [
            rate if is_whole or people >= AVERAGE_OF else None for rate, people in figures or ()
        ]

    def _get_seen_teams(self, people):
        """:return: set of the teams that are the reader's own: he has cases in it, belongs to or
        leads it
        """
        teams = self.env["complaint.team"].search(
            ["|", ("member_ids", "in", self.env.uid), ("user_id", "=", self.env.uid)]
        )
        return {row["team"] for row in people}.union(teams)

    def _get_whole_teams(self, domain):
        """:return: set of the teams of whose people in a period the reader sees all"""
        # sudo: only counted, to compare with what the reader sees
        everybody = self.sudo()._read_group(
            [*domain, ("company_id", "in", self.env.companies.ids)], ["team_id"], ["__count"]
        )
        visible = dict(self._read_group(domain, ["team_id"], ["__count"]))
        return {team for team, count in everybody if visible.get(team) == count}

    def _make_row(self, team, user, now, before):
        """:param now: list of rates (%) as in ``FIGURES``, or None; ``before`` the same"""
        nothing = [None] * len(FIGURES)
        pairs = zip(FIGURES, now or nothing, before or nothing, strict=True)
        return {
            "team": team,
            "user": user,
            # What nobody knows comes as False; a share of 0 is one
            "rates": {
                figure: tuple(
                    None if rate is False or rate is None else rate / 100 for rate in rates
                )
                for figure, *rates in pairs
            },
        }

    @api.model
    def _get_change(self, pair):
        """:return: percentage points a share rose, rounded, or None"""
        now, before = pair
        if now is None or before is None:
            return None
        return round(100 * now) - round(100 * before)
