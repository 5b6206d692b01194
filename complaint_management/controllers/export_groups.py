from odoo.addons.web.controllers.export import ExcelExport, GroupExportXlsxWriter

from ..models.documents.office.safe import is_live


class SafeGroupWriter(GroupExportXlsxWriter):
    """Writes texts as texts: core lets XlsxWriter make a formula of what begins with “=” (T13)."""

    def write(self, row, column, cell_value, style=None):
        """Write a text that looks like a formula as a string; all else as core does."""
        if isinstance(cell_value, str) and is_live(cell_value):
            self.worksheet.write_string(row, column, cell_value, style)
        else:
            super().write(row, column, cell_value, style)


class ComplaintExcelExport(ExcelExport):
    """Names of groups in an exported list: they are no cells of a record, whose texts
    ``complaint_exporting`` quotes, and may be a customer's words too (T13).
    """

    def from_group_data(self, fields, columns_headers, groups):
        """:return: bytes of the workbook"""
        with SafeGroupWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value
