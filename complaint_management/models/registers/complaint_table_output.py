import re

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from .layout.book import TableBook
from .layout.page import TablePage

MIMETYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
REPORT = "complaint_management.action_report_table"
# Seconds the engine may take for a table (T11): some for each row, and less than Odoo grants a
# request.
SECONDS_PER_ROW = 0.25
MIN_SECONDS, MAX_SECONDS = 30, 100


class TableTime:
    """What the engine is granted for one table."""

    def __init__(self, rows):
        """:param int rows: of the table"""
        self.seconds = int(min(max(rows * SECONDS_PER_ROW, MIN_SECONDS), MAX_SECONDS))


class ComplaintTableOutput(models.AbstractModel):
    """A table as a file: workbook, or PDF by the one template for all tables."""

    _inherit = "complaint.table"

    def _make_file(self, request):
        """Make the file of a request.

        :param request: ``TableRequest``
        :return: ``(bytes, file name)``
        :raise AccessError: for who may not read the table
        :raise UserError: for too many rows, or a filter that cannot be read
        """
        table = self._for_reader(request)
        document = table._make_document(request)
        if request.format == "pdf":
            content = table._make_pdf(document)
        else:
            content = TableBook(document).make()
        return content, table._get_file_name(document, request)

    def _get_file_name(self, document, request):
        """:return: name of the file: title and day"""
        title = re.sub(r'[\\/:*?"<>|\s]+', " ", document.title).strip()
        return f"{title} {fields.Date.context_today(self)}.{request.format}"

    def _make_pdf(self, document):
        """:return: bytes; HTML where tests do without the PDF engine"""
        time = TableTime(document.count)
        report = self.env["ir.actions.report"].with_context(complaint_table_time=time)
        content, _kind = report._render_qweb_pdf(
            REPORT, [], data={"table": self._get_page(document)}
        )
        return content

    def _get_page(self, document):
        """:return: the document as :class:`~.layout.page.TablePage`"""
        return TablePage(document, self._format_cell, self.env.lang or "en_US")

    def _format_cell(self, column, value):
        """:return: what a cell says in print, in the reader's language"""
        if value is None or value is False or value == "":
            return ""
        return getattr(self, f"_format_{column.kind}")(column, value)

    def _format_text(self, column, value):
        return str(value).strip()

    def _format_state(self, column, value):
        return value[0] if isinstance(value, tuple) else value

    def _format_date(self, column, value):
        return format_date(self.env, value)

    def _format_integer(self, column, value):
        return formatLang(self.env, value, digits=0)

    def _format_number(self, column, value):
        return formatLang(self.env, value, digits=column.digits)

    def _format_percent(self, column, value):
        return f"{formatLang(self.env, 100 * value, digits=column.digits)} %"


class ReportTable(models.AbstractModel):
    """Values of the template; only :meth:`complaint.table._make_file` calls it with a table."""

    _name = "report.complaint_management.report_table"
    _description = "Values of a Printed Table"

    def _get_report_values(self, docids, data=None):
        """:raise UserError: when somebody opens core's address of the report without a table"""
        table = (data or {}).get("table")
        if not isinstance(table, TablePage):
            raise UserError(self.env._("Open the table in its list and print it there."))
        return {"table": table, "company": self.env.company}
