from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError

from ..analysis.month_text import get_months_text
from .complaint_analysis_salesperson import FIGURES
from .layout.table import TableColumn, TablePart

# Longer periods say nothing about how somebody works today.
MAX_MONTHS = 36
# Years anybody means, and with which days can be reckoned.
FIRST_YEAR, LAST_YEAR = 1901, 9000


class ComplaintTablePeople(models.AbstractModel):
    """Figures of salespeople, or of teams, over some months against as many before (R56).

    Options: ``by`` (``user`` or ``team``), ``start`` and ``end`` (first days of months, the latter
    not included, ISO), ``team`` (ID). In the order of names and without any number of complaints.
    """

    _name = "complaint.table.people"
    _description = "Figures of Salespeople and Teams"
    _inherit = ["complaint.table"]

    _table_model = "complaint.analysis.salesperson"

    # ------------------------------------------------------------
    # What is asked for
    # ------------------------------------------------------------
    def _get_period(self, request):
        """:return: ``(first day, first day after)`` of the months asked for
        :raise UserError: for what is no period
        """
        try:
            start, end = (
                date.fromisoformat(str(request.options.get(name))).replace(day=1)
                for name in ("start", "end")
            )
        except ValueError as error:
            raise UserError(self.env._("Choose the months of this table.")) from error
        self._check_period(start, end)
        return start, end

    def _check_period(self, start, end):
        """:raise UserError: for months nobody means, that end before they begin, or too many"""
        self._check_years(start, end)
        if start >= end:
            raise UserError(self.env._("The last month comes before the first one."))
        if start + relativedelta(months=MAX_MONTHS) < end:
            raise UserError(self.env._("Choose %s months at most.", MAX_MONTHS))

    def _check_years(self, *days):
        """:raise UserError: for years nobody means"""
        if any(not FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
            raise UserError(self.env._("Choose the months of this table."))

    def _get_team(self, request):
        """:return: ``complaint.team`` asked for, or None
        :raise AccessError: for one the reader may not see
        """
        number = request.options.get("team")
        if type(number) is not int:
            return None
        team = self.env["complaint.team"].browse(number)
        team.check_access("read")
        return team.exists() or None

    def _get_by(self, request):
        return "team" if request.options.get("by") == "team" else "user"

    def _find_records(self, request):
        """A table of sums: its rows are made in one go (``_get_parts``)."""
        return self.env[self._table_model]

    # ------------------------------------------------------------
    # The table
    # ------------------------------------------------------------
    def _get_title(self, request):
        if self._get_by(request) == "team":
            return self.env._("Figures of Teams")
        return self.env._("Figures of Salespeople")

    def _get_subtitle(self, records, request):
        start, end = self._get_period(request)
        before = self.env["complaint.analysis.salesperson"]._get_start_before(start, end)
        lines = [
            self.env._(
                "Complaints received %(months)s, change against %(before)s in percentage points",
                months=self._get_months_text(start, end),
                before=self._get_months_text(before, start),
            )
        ]
        team = self._get_team(request)
        return [*lines, self.env._("Team: %s", team.name)] if team else lines

    def _get_months_text(self, start, end):
        """:return: the months from ``start`` to before ``end`` in the reader's language"""
        return get_months_text(self.env, start, end - relativedelta(months=1))

    def _get_figure_labels(self):
        """:return: dict figure → label in the reader's language"""
        described = self.env["complaint.people.sheet.line"].fields_get(FIGURES, ["string"])
        return {figure: described[figure]["string"] for figure in FIGURES}

    def _get_columns(self, request):
        columns = [TableColumn("name", self.env._("Name"), width=24)]
        if self._get_by(request) == "team":
            columns = [TableColumn("name", self.env._("Team"), width=24)]
        for figure, label in self._get_figure_labels().items():
            columns.append(TableColumn(figure, label, kind="percent", width=11, digits=0))
            change = self.env._("Change: %s", label)
            columns.append(TableColumn(f"{figure}_change", change, kind="integer", width=11))
        return columns

    def _get_group_label(self, request):
        return self.env._("Team") if self._get_by(request) == "user" else ""

    def _get_parts(self, records, request):
        rows = self.env[self._table_model]._get_people(
            *self._get_period(request), self._get_by(request), self._get_team(request)
        )
        return [
            TablePart(
                title=self._get_title(request),
                columns=self._get_columns(request),
                rows=[self._prepare_people_row(row, request) for row in rows],
                group_label=self._get_group_label(request),
                notes=self._get_notes(request),
            )
        ]

    def _prepare_people_row(self, row, request):
        """:return: dict column key → value of a row of ``_get_people``"""
        team = row["team"].name or self.env._("Without team")
        values = {"group": team, "name": team}
        if self._get_by(request) == "user":
            values["name"] = row["user"].name or self.env._("Whole team")
        for figure, pair in row["rates"].items():
            values[figure] = pair[0]
            values[f"{figure}_change"] = self.env[self._table_model]._get_change(pair)
        return values

    def _get_notes(self, request):
        minimum = max(self.env.companies.mapped("complaint_figures_minimum"))
        return [
            self.env._(
                "Shares of what is decided; empty: fewer than %s decided cases, too few to say "
                "anything. Cases about a colleague are not in it.",
                minimum,
            ),
            self.env._("Promises count for whoever gave them. In the order of names."),
        ]

    def _format_integer(self, column, value):
        """Changes say their direction."""
        if column.key.endswith("_change") and value > 0:
            return f"+{value}"
        return super()._format_integer(column, value)
