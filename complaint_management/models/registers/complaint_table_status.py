from odoo import models
from odoo.fields import Domain

from .layout.table import TableColumn, TablePart

TONES = {"draft": "muted", "closed": "muted", "cancelled": "muted", "resolved": "good"}


class ComplaintTableStatus(models.AbstractModel):
    """Handling status per customer (R54): a row a customer, and under it a row a case."""

    _name = "complaint.table.status"
    _description = "Handling Status of Complaints"
    _inherit = ["complaint.table"]

    _table_model = "complaint.analysis.status"
    _table_order = "commercial_partner_id, date_received, id"

    def _get_title(self, request):
        return self.env._("Handling Status of Complaints")

    def _get_parts(self, records, request):
        return [self._get_customer_part(records, request), self._get_case_part(records, request)]

    # ------------------------------------------------------------
    # A row a customer
    # ------------------------------------------------------------
    def _get_customer_part(self, records, request):
        """:return: :class:`TablePart` of the customers, those that wait longest first"""
        columns = [
            TableColumn("customer", self.env._("Customer"), width=36),
            TableColumn("count", self.env._("Complaints"), kind="integer", total=True),
            TableColumn("done", self.env._("Done"), kind="integer", total=True),
            TableColumn("open", self.env._("In progress"), kind="integer", total=True),
            TableColumn("overdue", self.env._("Overdue"), kind="integer", total=True),
            TableColumn(
                "waiting", self.env._("Waiting for the customer"), kind="integer", total=True
            ),
            TableColumn("oldest", self.env._("Oldest open (days)"), kind="integer"),
            TableColumn("last", self.env._("Last received"), kind="date", align="right"),
        ]
        rows = [self._prepare_customer_row(*group) for group in self._read_customers(records)]
        rows.sort(key=lambda row: (-(row["oldest"] or 0), row["customer"]))
        return TablePart(title=self.env._("Customers"), columns=columns, rows=rows)

    def _read_customers(self, records):
        """:return: list of (customer, figures …) of the records"""
        return self.env[self._table_model]._read_group(
            Domain("id", "in", records.ids),
            ["commercial_partner_id"],
            [
                "__count",
                "count_done:sum",
                "count_open:sum",
                "count_overdue:sum",
                "count_waiting:sum",
                "days_open:max",
                "date_received:max",
            ],
        )

    def _prepare_customer_row(self, customer, count, done, is_open, overdue, waiting, oldest, last):
        """Hook: one row of the customers; called by :meth:`_get_customer_part`."""
        return {
            "customer": self._get_customer_label(customer),
            "count": count,
            "done": done,
            "open": is_open,
            "overdue": overdue,
            "waiting": waiting,
            "oldest": oldest,
            "last": self._get_day(last),
        }

    def _get_customer_label(self, customer):
        # sudo: the name of the customer of a case one may read
        return customer.sudo().name or self.env._("Without customer")

    # ------------------------------------------------------------
    # A row a case
    # ------------------------------------------------------------
    def _get_case_part(self, records, request):
        """:return: :class:`TablePart` of the cases, by customer"""
        return TablePart(
            title=self.env._("Cases"),
            columns=self._get_columns(request),
            rows=self._iter_rows(records, request),
            count=len(records),
            group_label=self.env._("Customer"),
        )

    def _get_columns(self, request):
        return [
            TableColumn("number", self.env._("Number"), width=15, repeat=True),
            TableColumn("received", self.env._("Received"), kind="date", width=12),
            TableColumn("subject", self.env._("Subject"), width=42),
            TableColumn("state", self.env._("State"), kind="state", width=14),
            TableColumn("next", self.env._("Next step"), width=36),
            TableColumn("who", self.env._("Who"), width=18),
            TableColumn("due", self.env._("Due"), kind="date", width=12),
            TableColumn("late", self.env._("Late"), kind="state", width=14),
            TableColumn("days", self.env._("Days open"), kind="integer", width=10),
            TableColumn("lead", self.env._("Lead"), width=18),
        ]

    def _prepare_rows(self, records, request):
        states = dict(records._fields["state"]._description_selection(self.env))
        return [self._prepare_row(status, states) for status in records]

    def _prepare_row(self, status, states):
        """Hook: one case; called by :meth:`_prepare_rows`.

        :return: dict column key → value
        """
        customer = status.commercial_partner_id
        # sudo: names of colleagues who work on a case one may read
        names = status.sudo()
        return {
            "group": self._get_customer_label(customer),
            "group_key": customer.id,
            "number": status.name,
            "received": self._get_day(status.date_received),
            "subject": status.subject,
            "state": (states.get(status.state), TONES.get(status.state, "")),
            "next": status.next_step,
            "who": names.next_user_id.name,
            "due": status.next_deadline,
            "late": self._get_late(status),
            "days": status.days_open if status.count_open else None,
            "lead": names.lead_user_id.name,
        }

    def _get_late(self, status):
        """:return: cell that says whether it is late, or whose turn it is"""
        if status.count_overdue:
            return self.env._("Overdue"), "bad"
        if status.count_waiting:
            return self.env._("Customer's turn"), "warn"
        return ""
