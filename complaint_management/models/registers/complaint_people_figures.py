from dateutil.relativedelta import relativedelta

from odoo import api, models

from .complaint_analysis_salesperson import FIGURES

# A colleague of two would read the other's figures off the average.
AVERAGE_OF = 3


class ComplaintPeopleFigures(models.Model):
    """Figures of people and teams over a period, against the period before it (R56).

    Who sees which person is in the record rules. A team's figures are shown to whoever sees all of
    its people, and to its own people where the average hides each of them.
    """

    _inherit = "complaint.analysis.salesperson"

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
        months = (end.year - start.year) * 12 + end.month - start.month
        before = start - relativedelta(months=months)
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
        known = []
        for domain in periods:
            groups = every._read_group(
                [*domain, ("company_id", "in", self.env.companies.ids)],
                ["team_id"],
                ["user_id:count_distinct", *self._get_rate_specs()],
            )
            known.append({team.with_env(self.env): figures for team, *figures in groups})
        seen = self._get_seen_teams(periods[0], people)
        rows = []
        for team, (count, *_rates) in known[0].items():
            is_whole = seen.get(team)
            if is_whole is None or not (is_whole or count >= AVERAGE_OF):
                continue
            rates = [
                figures[1:] if figures and (is_whole or figures[0] >= AVERAGE_OF) else None
                for figures in (groups.get(team) for groups in known)
            ]
            rows.append(self._make_row(team, self.env["res.users"], *rates))
        return rows

    def _get_seen_teams(self, domain, people):
        """:return: dict team the reader may see → whether he sees all of its people"""
        own = {row["team"] for row in people}
        member = self.env["complaint.team"].search(
            ["|", ("member_ids", "in", self.env.uid), ("user_id", "=", self.env.uid)]
        )
        own.update(member)
        # sudo: only counted, to compare with what the reader sees
        everybody = self.sudo()._read_group(
            [*domain, ("company_id", "in", self.env.companies.ids)], ["team_id"], ["__count"]
        )
        visible = dict(self._read_group(domain, ["team_id"], ["__count"]))
        return {
            team: visible.get(team) == count
            for team, count in everybody
            if team in own or visible.get(team)
        }

    def _make_row(self, team, user, now, before):
        """:param now: list of shares as in ``FIGURES``, or None; ``before`` the same"""
        nothing = [None] * len(FIGURES)
        pairs = zip(FIGURES, now or nothing, before or nothing, strict=True)
        return {
            "team": team,
            "user": user,
            # What nobody knows comes as False; a share of 0 is one
            "rates": {
                figure: tuple(None if share is False else share for share in shares)
                for figure, *shares in pairs
            },
        }

    @api.model
    def _get_change(self, pair):
        """:return: percentage points a share rose, rounded, or None"""
        now, before = pair
        if now is None or before is None:
            return None
        return round(100 * now) - round(100 * before)
