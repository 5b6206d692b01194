from odoo import models
from odoo.fields import Domain

from ..layout.table import TableColumn, TablePart
from .page import BAR

# Of more nobody asks in a meeting; the others are one row.
TOP = 10


class ComplaintMeetingPareto(models.AbstractModel):
    """Which few defects and causes make up most of a month's complaints: with cumulative share."""

    _inherit = "complaint.table.meeting"

    def _make_defects(self, request):
        """:return: complaints received in the month by their main defect"""
        cases = self._get_case_domain(request) & Domain(
            self._get_month(request).within("date_received")
        )
        groups = self.env["complaint.complaint"]._read_group(cases, ["defect_id"], ["__count"])
        return self._make_pareto(
            self.env._("Defects"), self.env._("Defect"), groups, sum(n for _d, n in groups), request
        )

    def _make_causes(self, request):
        """:return: complaints received in the month by the categories of their proven causes; one
        with several causes is among each
        """
        domain = self._get_part_domain(request) & Domain(
            [
                ("state", "=", "verified"),
                *self._get_month(request).within("complaint_id.date_received"),
            ]
        )
        groups = self.env["complaint.cause"]._read_group(
            domain, ["category_id"], ["complaint_id:count_distinct"]
        )
        title = self.env._("Proven causes")
        part = self._make_pareto(
            title, self.env._("Cause"), groups, sum(n for _c, n in groups), request
        )
        part.notes.append(self.env._("A complaint with several causes counts for each of them."))
        return part

    def _make_pareto(self, title, label, groups, total, request):
        """:param groups: list of ``(record, number)``
        :return: table: the most frequent first, with shares and their running total
        """
        columns = [
            TableColumn("name", label, width=40),
            TableColumn("count", self.env._("Complaints"), kind="integer", width=12, total=True),
            TableColumn("share", self.env._("Share"), kind="percent", width=10, digits=1),
            TableColumn("sum", self.env._("Cumulative"), kind="percent", width=12, digits=1),
        ]
        if request.format == "pdf":
            columns.append(TableColumn(BAR, "", width=60))
        return TablePart(title=title, columns=columns, rows=self._get_pareto_rows(groups, total))

    def _get_pareto_rows(self, groups, total):
        """:return: list of rows; the longest bar fills its cell"""
        ordered = sorted(
            ((record.display_name or self.env._("Not said"), count) for record, count in groups),
            key=lambda row: (-row[1], row[0].casefold()),
        )
        if len(ordered) > TOP + 1:
            others = sum(count for _name, count in ordered[TOP:])
            name = self.env._("%s others", len(ordered) - TOP)
            ordered = [*ordered[:TOP], (name, others)]
        rows, so_far = [], 0
        longest = max((count for _name, count in ordered), default=0)
        for name, count in ordered:
            so_far += count
            rows.append(
                {
                    "name": name,
                    "count": count,
                    "share": count / total,
                    "sum": so_far / total,
                    BAR: count / longest,
                }
            )
        return rows
