from odoo import models
from odoo.tools import format_date

from .layout.table import TableColumn

TAKEN_TONES = {"taken": "good", "late": "bad"}
EFFECT_TONES = {"effective": "good", "ineffective": "bad", "reopened": "bad"}
TOLD_TONES = {"acknowledged": "good", "not_sent": "warn"}


class ComplaintTableMeasure(models.AbstractModel):
    """Preventive-measure report over all cases: taken? effective? sent? acknowledged? (R55)"""

    _name = "complaint.table.measure"
    _description = "Preventive-Measure Report"
    _inherit = ["complaint.table"]

    _table_model = "complaint.analysis.measure"
    _table_order = "deadline, id"

    def _get_title(self, request):
        return self.env._("Preventive-Measure Report")

    def _get_columns(self, request):
        return self._get_print_columns() if request.format == "pdf" else self._get_book_columns()

    def _get_common_columns(self):
        return [
            TableColumn("complaint", self.env._("Complaint"), width=17),
            TableColumn("customer", self.env._("Customer"), width=19),
            TableColumn("goods", self.env._("Product"), width=21),
            TableColumn("cause", self.env._("Cause"), width=25),
            TableColumn("measure", self.env._("Measure"), width=34),
        ]

    def _get_print_columns(self):
        """Hook: :return: columns in print: a day stands below what happened on it"""
        return [
            *self._get_common_columns(),
            TableColumn("department", self.env._("Department"), width=17),
            TableColumn("owner", self.env._("Owner"), width=16),
            TableColumn("due", self.env._("Due"), kind="date", width=14),
            TableColumn("taken_on", self.env._("Taken?"), kind="state", width=14),
            TableColumn("effective_on", self.env._("Effective?"), kind="state", width=14),
            TableColumn("told_on", self.env._("Customer told?"), kind="state", width=18),
        ]

    def _get_book_columns(self):
        """Hook: :return: columns of the workbook"""
        return [
            *self._get_common_columns(),
            TableColumn("kind", self.env._("Kind"), width=18),
            TableColumn("department", self.env._("Department"), width=16),
            TableColumn("owner", self.env._("Owner"), width=16),
            TableColumn("due", self.env._("Due"), kind="date", width=12),
            TableColumn("taken", self.env._("Taken?"), kind="state", width=14),
            TableColumn("done", self.env._("Done on"), kind="date", width=12),
            TableColumn("effective", self.env._("Effective?"), kind="state", width=12),
            TableColumn("check", self.env._("Check of effect"), kind="date", width=12),
            TableColumn("told", self.env._("Customer told?"), kind="state", width=15),
            TableColumn("sent", self.env._("Sent on"), kind="date", width=12),
            TableColumn("acknowledged", self.env._("Acknowledged on"), kind="date", width=14),
        ]

    def _prepare_rows(self, records, request):
        labels = {
            name: dict(records._fields[name]._description_selection(self.env))
            for name in ("kind", "taken", "effectiveness", "told")
        }
        return [self._prepare_row(measure, labels) for measure in records]

    def _prepare_row(self, measure, labels):
        """Hook: one row; called by :meth:`_prepare_rows`.

        :param dict labels: selection field → dict key → label
        :return: dict column key → value
        """
        complaint = measure.complaint_id
        taken = self._get_state(measure, "taken", labels, TAKEN_TONES)
        told = self._get_state(measure, "told", labels, TOLD_TONES)
        effective = self._get_state(measure, "effectiveness", labels, EFFECT_TONES)
        days = {
            "done": self._get_day(measure.date_done),
            "sent": self._get_day(measure.date_sent),
            "acknowledged": self._get_day(measure.date_acknowledged),
        }
        return {
            **days,
            "complaint": complaint.name,
            "customer": measure.commercial_partner_id.name or complaint.complainant_name,
            "goods": measure.goods,
            "cause": measure.cause_id.name or measure.cause_category_id.name,
            "measure": measure.name,
            "kind": labels["kind"].get(measure.kind),
            "department": measure.department_id.name,
            "owner": measure.user_id.name,
            "due": measure.deadline,
            "taken": taken,
            "taken_on": self._add_day(taken, days["done"]),
            "effective": effective,
            "effective_on": self._add_day(effective, measure.check_date),
            "check": measure.check_date,
            "told": told,
            "told_on": self._add_day(told, days["acknowledged"] or days["sent"]),
        }

    def _get_state(self, measure, name, labels, tones):
        """:return: ``(label, tone)`` of a selection field"""
        key = measure[name]
        return (labels[name].get(key, ""), tones.get(key, ""))

    def _add_day(self, state, day):
        """:return: ``(label, tone)`` with the day below"""
        return (f"{state[0]}\n{format_date(self.env, day)}", state[1]) if day else state

    def _get_notes(self, request):
        return [
            self.env._(
                "Late: due before today and not done. Sent: a document went out that says this "
                "measure; one approved before the measure existed does not say it."
            )
        ]


class ComplaintAnalysisMeasure(models.Model):
    """The report's buttons in the list of measures."""

    _inherit = "complaint.analysis.measure"

    def action_measures_xlsx(self):
        """Button of the list: the report as a workbook, ticked rows or all the list shows.

        :return: client action that fetches it
        :raise AccessError: for contributors and people outside
        """
        return self.env["complaint.table.measure"]._open_from_list("xlsx", self)

    def action_measures_pdf(self):
        """Button of the list: the report on paper; parameters as :meth:`action_measures_xlsx`."""
        return self.env["complaint.table.measure"]._open_from_list("pdf", self)
