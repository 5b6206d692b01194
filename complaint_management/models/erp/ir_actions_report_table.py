from odoo import api, models

from ..registers.complaint_table_output import TableTime


class IrActionsReportTable(models.Model):
    """A table of many rows may take the engine longer than a letter (T11)."""

    _inherit = "ir.actions.report"

    @api.model
    def _get_table_time(self):
        """:return: :class:`TableTime`, or None; an object no caller's context can hold"""
        time = self.env.context.get("complaint_table_time")
        return time if isinstance(time, TableTime) else None

    @api.model
    def _get_complaint_seconds(self, documents):
        """As for each document, for tables what their rows need if that is more."""
        time = self._get_table_time()
        return max(super()._get_complaint_seconds(documents), time.seconds if time else 0)

    @api.model
    def _get_complaint_late_message(self, report, seconds):
        if not self._get_table_time():
            return super()._get_complaint_late_message(report, seconds)
        return self.env._(
            "The printed table was not ready after %s seconds and was stopped. Print fewer rows at "
            "once: tick them, or choose a shorter period or another filter. For all of them take "
            "the workbook.",
            seconds,
        )
