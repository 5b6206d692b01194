from dataclasses import dataclass

from odoo import models
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from ...analysis.month_text import get_month_text
from ...clocks.complaint_clock import KINDS
from ..layout.table import TableColumn, TablePart

CLOCK_KINDS = tuple(key for key, _label in KINDS)


@dataclass(frozen=True)
class Figure:
    """``label``, ``unit``: in the reader's language. ``values``: of the month, the month before and
    the same month last year; None: not known. ``better``: 1 where more is better, -1 where less is.
    """

    label: str
    unit: str
    values: tuple
    digits: int = 0
    better: int = 0


class ComplaintMeetingFigures(models.AbstractModel):
    """Key figures of a month against last month and the same month last year."""

    _inherit = "complaint.table.meeting"

    def _make_figures(self, request):
        # Months by name: the pack is printed when the month it is about is over
        now, last, year = (month.first for month in self._get_months(request))
        last_text, year_text = (get_month_text(self.env, day, "MMM") for day in (last, year))
        columns = [
            ("now", get_month_text(self.env, now)),
            ("last", get_month_text(self.env, last)),
            ("last_change", self.env._("Change against %s", last_text)),
            ("year", get_month_text(self.env, year)),
            ("year_change", self.env._("Change against %s", year_text)),
        ]
        kind = (
            {"kind": "state"}
            if request.format == "pdf"
            else {"kind": "number", "digits_key": "digits"}
        )
        return TablePart(
            title=self.env._("Key figures"),
            columns=[
                TableColumn("figure", self.env._("Figure"), width=44),
                *(
                    TableColumn(key, label, width=16, align="right", **kind)
                    for key, label in columns
                ),
                TableColumn("unit", self.env._("Unit"), width=16),
            ],
            rows=[
                self._prepare_figure_row(figure, request) for figure in self._get_figures(request)
            ],
            notes=[
                self.env._(
                    "On time: deadlines met of those that fell due in the month and are decided. "
                    "Open and overdue: at the end of the month, or now."
                )
            ],
        )

    def _get_months(self, request):
        """:return: tuple of the months compared: the one asked for, that before, a year before"""
        month = self._get_month(request)
        return month, month.before(1), month.before(12)

    def _prepare_figure_row(self, figure, request):
        """:return: dict column key → value: text with its tone in print, else the number"""
        now, last, year = figure.values
        row = {"figure": figure.label, "unit": figure.unit, "now": now, "last": last, "year": year}
        for key, before in (("last", last), ("year", year)):
            known = now is not None and before is not None
            row[f"{key}_change"] = round(now - before, 6) if known else None
        if request.format != "pdf":
            return {**row, "digits": figure.digits}
        return {
            key: value
            if key in ("figure", "unit")
            else self._get_figure_cell(figure, value, key.endswith("_change"))
            for key, value in row.items()
        }

    def _get_figure_cell(self, figure, value, is_change):
        """:return: ``(text, tone)`` of a figure in print"""
        if value is None:
            return ("–", "muted")
        text = formatLang(self.env, value, digits=figure.digits)
        if not is_change:
            return (text, "")
        tone = "good" if value * figure.better > 0 else "bad" if value * figure.better < 0 else ""
        return (f"+{text}" if value > 0 else text, tone)

    # ------------------------------------------------------------
    # The figures
    # ------------------------------------------------------------
    def _get_figures(self, request):
        """Hook: :return: list of :class:`Figure`, in print order"""
        months = self._get_months(request)
        cases = self._get_case_domain(request)
        number = self.env._("complaints")
        count = self.env["complaint.complaint"].search_count
        figures = [
            Figure(label, number, tuple(count(cases & Domain(get(m))) for m in months), 0, better)
            for label, get, better in (
                (self.env._("Received"), lambda m: m.within("date_received"), 0),
                (self.env._("Closed"), self._get_closed_domain, 0),
                (self.env._("Open"), self._get_open_domain, -1),
                (self.env._("Overdue by clock"), self._get_late_domain, -1),
            )
        ]
        figures += self._get_clock_figures(request, months)
        figures += self._get_quantity_figures(request, months)
        return (
            figures
            + self._get_ppm_figures(request, months)
            + self._get_cost_figures(request, months)
        )

    def _get_open_domain(self, month):
        """:return: ``Domain`` of cases open when the month ended, or now while it goes on"""
        return self.env["complaint.complaint"]._get_open_domain(month.until())

    def _get_closed_domain(self, month):
        """:return: ``Domain`` of cases that were closed in the month"""
        return self.env["complaint.complaint"]._get_closed_domain(month.start, month.end)

    def _get_late_domain(self, month):
        """:return: ``Domain`` of open cases with a deadline that had passed and was not stopped"""
        return self.env["complaint.complaint"]._get_late_domain(month.until())

    def _get_clock_figures(self, request, months):
        """:return: list of :class:`Figure`: share of deadlines met, a kind each"""
        rates = []
        for month in months:
            domain = self._get_part_domain(request) & Domain(
                [("state", "in", ("met", "breached")), *month.within("date_deadline")]
            )
            groups = self.env["complaint.clock"]._read_group(domain, ["kind", "state"], ["__count"])
            rates.append({(kind, state): count for kind, state, count in groups})
        labels = dict(self.env["complaint.clock"]._fields["kind"]._description_selection(self.env))
        return [
            Figure(
                self.env._("On time: %s", labels[kind]),
                "%",
                tuple(_get_share(rate, kind) for rate in rates),
                1,
                1,
            )
            for kind in CLOCK_KINDS
        ]

    def _get_quantity_figures(self, request, months):
        """:return: list of :class:`Figure`: confirmed quantity (R63), a unit each"""
        sums = []
        for month in months:
            domain = self._get_part_domain(request) & Domain(
                [("quantity_confirmed", ">", 0), *month.within("complaint_id.date_received")]
            )
            groups = self.env["complaint.line"]._read_group(
                domain, ["product_uom_id"], ["quantity_confirmed:sum"]
            )
            sums.append(dict(groups))
        units = sorted({unit for each in sums for unit in each}, key=lambda u: (u.name or "", u.id))
        quantities = [(unit, tuple(float(each.get(unit, 0)) for each in sums)) for unit in units]
        return [
            Figure(
                self.env._("Confirmed quantity, complaints received"),
                unit.name or "",
                values,
                0 if all(value.is_integer() for value in values) else 2,
                -1,
            )
            for unit, values in quantities
        ]

    def _get_ppm_figures(self, request, months):
        """:return: list of :class:`Figure`: bad parts in a million shipped in the month; of the
        whole company only, and for those who may read it
        """
        goods = self.env["complaint.analysis.ppm"]
        if self._get_team(request) or not goods.has_access("read"):
            return []
        values = tuple(
            goods._read_group(month.within("date", is_date=True), [], ["ppm:avg"])[0][0]
            for month in months
        )
        # Nothing shipped comes as False; 0 is the best there is
        known = tuple(None if value is False else value for value in values)
        return [Figure(self.env._("Bad parts of goods shipped"), "ppm", known, 1, -1)]

    def _get_cost_figures(self, request, months):
        """:return: list of :class:`Figure`: what complaints cost in the month (R37)"""
        costs = self.env["complaint.analysis.cost"]
        if not costs.has_access("read"):
            return []
        values = tuple(
            costs._read_group(
                self._get_part_domain(request) & Domain(month.within("date", is_date=True)),
                [],
                ["amount:sum"],
            )[0][0]
            or 0.0
            for month in months
        )
        currency = self.env.company.currency_id
        return [
            Figure(
                self.env._("Cost of complaints"), currency.name, values, currency.decimal_places, -1
            )
        ]


def _get_share(counts, kind):
    """:return: per cent of deadlines met of those decided, or None"""
    met, breached = counts.get((kind, "met"), 0), counts.get((kind, "breached"), 0)
    return 100.0 * met / (met + breached) if met + breached else None
