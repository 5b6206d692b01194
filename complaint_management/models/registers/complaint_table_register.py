from odoo import models
from odoo.tools import format_date

from .layout.table import TableColumn


class ComplaintTableRegister(models.AbstractModel):
    """The register of complaints: the nine columns of R57, with number, customer and goods.

    It lists what is asked for: the screen begins with what counts (``is_counted``) and leaves it to
    its reader, who may take drafts or duplicates, too. The order is the day it was received, as in
    a book. Option ``rounds``: a column with what earlier rounds said.
    """

    _name = "complaint.table.register"
    _description = "Register of Complaints"
    _inherit = ["complaint.table"]

    _table_model = "complaint.complaint"
    _table_order = "date_received, id"

    def _get_title(self, request):
        return self.env._("Register of Complaints")

    def _get_columns(self, request):
        columns = [
            TableColumn("date", self.env._("Date"), kind="date", width=13),
            TableColumn("number", self.env._("Number"), width=16, repeat=True),
            TableColumn("customer", self.env._("Customer"), width=19),
            TableColumn("goods", self.env._("Goods"), width=18),
            TableColumn("opinion", self.env._("Customer's opinion"), width=34),
            TableColumn("result", self.env._("Result of the investigation"), width=30),
            TableColumn("plan", self.env._("Handling opinion"), width=28),
            TableColumn("cause", self.env._("Cause analysis"), width=28),
            TableColumn("department", self.env._("Responsible department"), width=19),
            TableColumn("measures", self.env._("Corrective and preventive measures"), width=32),
            TableColumn("feedback", self.env._("Customer's feedback"), width=21),
        ]
        if request.options.get("rounds"):
            columns.append(TableColumn("rounds", self.env._("Earlier rounds"), width=26))
        return columns

    def _prepare_rows(self, records, request):
        return [self._prepare_row(complaint) for complaint in records]

    def _prepare_row(self, complaint):
        """Hook: one row of the register; called by :meth:`_prepare_rows`.

        :return: dict column key → value
        """
        return {
            "date": self._get_day(complaint.date_received),
            "number": complaint.name,
            "customer": complaint._get_register_customer(),
            "goods": complaint.register_goods,
            "opinion": complaint.description or complaint.subject,
            "result": complaint.register_result,
            "plan": complaint.plan_summary,
            "cause": complaint.register_cause,
            "department": complaint.register_department,
            "measures": complaint.register_measures,
            "feedback": complaint.register_feedback,
            "rounds": complaint.register_rounds,
        }

    def _get_subtitle(self, records, request):
        """The period the register covers, and how many cases."""
        if not records:
            return []
        first, last = records[:1], records[-1:]
        return [
            self.env._(
                "%(count)s complaints, received %(first)s – %(last)s",
                count=len(records),
                first=format_date(self.env, self._get_day(first.date_received)),
                last=format_date(self.env, self._get_day(last.date_received)),
            )
        ]
