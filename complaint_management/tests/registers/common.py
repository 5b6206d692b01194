"""Documents, workbooks and cases for the tests of the tables."""

import io

from openpyxl import load_workbook

from odoo import Command

from ...models.registers.layout.request import TableRequest
from ...models.registers.layout.table import (
    TableColumn,
    TableDocument,
    TablePart,
)
from ..common import ComplaintCommon

LABELS = {"page": "Page", "total": "Total", "empty": "Nothing to list."}
LIVE_TEXTS = ("=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1", "\uff1d1+1", " =2")


def column(key, **values):
    """:return: a column labelled as its key"""
    return TableColumn(key, values.pop("label", key.capitalize()), **values)


def document(*parts, title="A table", lines=("Filters: none",)):
    """:return: a document of tables"""
    return TableDocument(title, list(lines), list(parts), "Our Company", LABELS)


def part(columns, rows, **values):
    """:return: a table"""
    return TablePart(values.pop("title", "A table"), columns, rows, **values)


def read_book(content):
    """:return: workbook of openpyxl; nothing in it may be a formula or a link"""
    book = load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (cell.coordinate, cell.value)
                assert not cell.hyperlink, (cell.coordinate, cell.value)
    return book


def read_rows(sheet, head):
    """:param str head: label of any column
    :return: list of dicts, label → value, of the rows under the line of labels that holds ``head``
    """
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    start = next(number for number, line in enumerate(lines) if head in line)
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


class RegisterCommon(ComplaintCommon):
    """Cases with something in each column, and tables asked for by somebody."""

    @classmethod
    def _full_case(cls, **vals):
        """A registered complaint with findings, a cause, measures and the customer's answer."""
        complaint = cls._registered_complaint(
            **{
                "validity": "justified",
                "investigation_result": "Salt on the tips.",
                "plan_summary": "Exchange, then change the packing.",
                "customer_feedback": "Thank you.",
                **vals,
            }
        )
        complaint.cause_ids = [
            Command.create(
                {
                    "name": "Packed while damp",
                    "department_id": cls._department("Packing").id,
                    "operator_name": "Otto Operator",
                    "penalty": "Fifty",
                    "machine": "Machine 7",
                }
            )
        ]
        complaint.action_ids = [
            Command.create(
                {
                    "name": name,
                    "kind": kind,
                    "deadline": "2026-06-15",
                    "user_id": cls.user_quality.id,
                    "department_id": cls._department("Packing").id,
                }
            )
            for name, kind in (
                ("Dry before packing", "corrective"),
                ("Same for pliers", "preventive"),
            )
        ]
        return complaint

    @classmethod
    def _department(cls, name):
        departments = cls.env["complaint.department"]
        return departments.search([("name", "=", name)], limit=1) or departments.create(
            {"name": name}
        )

    def _request(self, table, file_format="xlsx", records=None, **values):
        """:return: request for a table of ``records``"""
        ids = list(records.ids) if records else []
        fields = {"table": table, "format": file_format, "ids": ids, **values}
        return TableRequest.from_values(fields)

    def _book(self, table, records=None, user=None, **values):
        """:return: workbook of a table, made by ``user``"""
        model = self.env[table].with_user(user or self.user_manager)
        content, _name = model._make_file(self._request(table, "xlsx", records, **values))
        return read_book(content)

    def _html(self, table, records=None, user=None, **values):
        """:return: what is printed, as text of the page"""
        model = self.env[table].with_user(user or self.user_manager)
        content, _name = model._make_file(self._request(table, "pdf", records, **values))
        return content.decode() if isinstance(content, bytes) else content
