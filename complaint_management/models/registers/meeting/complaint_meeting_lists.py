from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from ..layout.table import TableColumn, TablePart
from .complaint_table_meeting import MAX_ROWS

# Empty rows to write decisions into.
DECISIONS = 13


class ComplaintMeetingLists(models.AbstractModel):
    """What a meeting goes through line by line: customers, measures, lessons, decisions."""

    _inherit = "complaint.table.meeting"

    # ------------------------------------------------------------
    # Customers (R54)
    # ------------------------------------------------------------
    def _make_customers(self, request):
        month = self._get_month(request)
        cases = self._get_case_domain(request)
        domains = {
            "received": Domain(month.within("date_received")),
            "closed": self._get_closed_domain(month),
            "open": self._get_open_domain(month),
        }
        counts = defaultdict(lambda: dict.fromkeys(domains, 0))
        for key, domain in domains.items():
            for customer, count in self.env["complaint.complaint"]._read_group(
                cases & domain, ["commercial_partner_id"], ["__count"]
            ):
                # sudo: names of the customers of cases one may read
                counts[customer.sudo()][key] = count
        rows = [
            {"name": customer.name or self.env._("Without customer"), **counts[customer]}
            for customer in counts
        ]
        # Who waits for most comes first: the others may have no room
        rows.sort(key=lambda row: (-row["open"], -row["received"], row["name"].casefold()))
        others = rows[MAX_ROWS:]
        if others:
            # A row, so that the total is that of all of them
            sums = {key: sum(row[key] for row in others) for key in domains}
            rows = [*rows[:MAX_ROWS], {"name": self.env._("%s others", len(others)), **sums}]
        return TablePart(
            title=self.env._("Customers"),
            columns=[
                TableColumn("name", self.env._("Customer"), width=50),
                *(
                    TableColumn(key, label, kind="integer", width=16, total=True)
                    for key, label in (
                        ("received", self.env._("Received")),
                        ("closed", self.env._("Closed")),
                        ("open", self.env._("Open at the end")),
                    )
                ),
            ],
            rows=rows,
            notes=self._get_left_out_notes(MAX_ROWS + len(others)),
        )

    # ------------------------------------------------------------
    # Measures (R55)
    # ------------------------------------------------------------
    def _make_measures(self, request):
        """:return: measures that ask for a word: not taken yet, or without effect"""
        table = self.env["complaint.table.measure"]
        domain = Domain("taken", "in", ("open", "late")) | Domain(
            "effectiveness", "=", "ineffective"
        )
        team = self._get_team(request)
        if team:
            domain &= Domain("team_id", "=", team.id)
        measures, count = self._find_rows(
            self.env["complaint.analysis.measure"], domain, table._table_order
        )
        return TablePart(
            title=self.env._("Measures: open or not effective"),
            columns=table._get_columns(request),
            rows=table._prepare_rows(measures, request),
            # Of a month that is over, too: what is still to be done is looked at now
            notes=[
                self.env._("As they stand on %s.", self._format_today()),
                *table._get_notes(request),
                *self._get_left_out_notes(count),
            ],
        )

    # ------------------------------------------------------------
    # Repetitions (R53), lessons (R52)
    # ------------------------------------------------------------
    def _make_repetitions(self, request):
        """:return: what was proposed in the month because it came again, or is still undecided"""
        repetitions = self.env["complaint.repetition"]
        if self._get_team(request) or not repetitions.has_access("read"):
            return None
        month = self._get_month(request)
        found, count = self._find_rows(
            repetitions, Domain(month.within("date_proposed")) | Domain("state", "=", "proposed")
        )
        if not found:
            return None
        labels = dict(repetitions._fields["state"]._description_selection(self.env))
        return TablePart(
            title=self.env._("Came again"),
            columns=[
                TableColumn("product", self.env._("Product"), width=36),
                TableColumn("what", self.env._("Defect or cause"), width=36),
                TableColumn("count", self.env._("Complaints"), kind="integer", width=12),
                TableColumn("last", self.env._("Last one"), kind="date", width=12),
                TableColumn("state", self.env._("State"), width=16),
            ],
            rows=[
                {
                    "product": row.product_id.display_name,
                    "what": row.defect_id.name or row.cause_category_id.name,
                    "count": row.complaint_count,
                    "last": self._get_day(row.date_last),
                    "state": labels.get(row.state),
                }
                for row in found
            ],
            notes=self._get_left_out_notes(count),
        )

    def _make_lessons(self, request):
        """:return: lessons written in the month"""
        lessons = self.env["complaint.lesson"]
        if not lessons.has_access("read"):
            return None
        domain = Domain(self._get_month(request).within("create_date"))
        team = self._get_team(request)
        if team:
            domain &= Domain("team_id", "=", team.id)
        found, count = self._find_rows(lessons, domain)
        if not found:
            return None
        labels = dict(lessons._fields["state"]._description_selection(self.env))
        return TablePart(
            title=self.env._("Lessons"),
            columns=[
                TableColumn("name", self.env._("Lesson"), width=40),
                TableColumn("advice", self.env._("What to do next time"), width=60),
                TableColumn("state", self.env._("State"), width=16),
            ],
            rows=[
                {"name": row.name, "advice": row.advice, "state": labels.get(row.state)}
                for row in found
            ],
            notes=self._get_left_out_notes(count),
        )

    def _find_rows(self, model, domain, order=None):
        """:return: ``(records, number)``: those there is room for, and how many there are"""
        found = model.search(domain, order=order, limit=MAX_ROWS)
        return found, len(found) if len(found) < MAX_ROWS else model.search_count(domain)

    # ------------------------------------------------------------
    # To write on
    # ------------------------------------------------------------
    def _make_agenda(self, request):
        return TablePart(
            title=self.env._("Decisions"),
            columns=[
                TableColumn("number", self.env._("No."), kind="integer", width=5, align="center"),
                TableColumn("decision", self.env._("Subject and decision"), width=90),
                TableColumn("responsible", self.env._("Who"), width=24),
                TableColumn("until", self.env._("By when"), width=18),
            ],
            rows=[{"number": number} for number in range(1, DECISIONS + 1)],
        )
