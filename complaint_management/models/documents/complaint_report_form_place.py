from odoo import models

from .office.sheet import MAX_SPAN


class ComplaintReportFormPlace(models.Model):
    """Whether a form has a place, and writing there."""

    _inherit = "complaint.report.form.field"

    def _get_problems(self, form, text):
        """:param form: :class:`~.office.book.SheetForm` or :class:`~.office.word.WordForm`
        :param str text: all texts of the form
        :return: list of translated reasons why this line cannot be filled
        """
        self.ensure_one()
        place = self._get_place()
        if place is not None:
            return self._get_cell_problems(form, place)
        if len(self.target.strip()) < 2 or self.target.strip() not in text:
            return [
                self.env._(
                    "“%s” is neither a cell nor a text of the form. Write a cell like Sheet1!B7, "
                    "or a text exactly as it stands there.",
                    self.target,
                )
            ]
        return []

    def _get_cell_problems(self, form, place):
        """:return: list of translated reasons: no such sheet, far outside, calculated"""
        sheet = form.find_sheet(place.sheet)
        if sheet is None:
            return [
                self.env._(
                    "%(place)s: the form has no such sheet, only %(sheets)s",
                    place=self.target,
                    sheets=", ".join(form.sheet_names),
                )
            ]
        if not sheet.is_near(place.row, place.column):
            return [
                self.env._(
                    "%(place)s is more than %(span)s rows or columns outside the form",
                    place=self.target,
                    span=MAX_SPAN,
                )
            ]
        return [
            self.env._("%s is calculated by a formula: choose another cell", cell)
            for cell in sheet.iter_formulas(place.row, place.column, self._get_row_count())
        ]

    def _fill_cells(self, form, values, tables):
        """Write the value, or the list from this cell downwards; rows without a value are emptied.

        What has no room is in the last row, so that nothing is lost.
        """
        self.ensure_one()
        place = self._get_place()
        sheet = form.find_sheet(place.sheet)
        rows = self._get_row_count()
        lines = [values.get(self.source) or ""]
        if rows > 1:
            name, _dot, column = self.source.partition(".")
            cells = [row.get(column) or "" for row in tables.get(name, ())]
            lines = [*cells[: rows - 1], "\n".join(cells[rows - 1 :])]
            lines += [""] * (rows - len(lines))
        for (row, column), line in zip(
            sheet.iter_down(place.row, place.column, rows), lines, strict=False
        ):
            sheet.write_text(row, column, line)

    def _get_row_count(self):
        """:return: number of rows this line writes: several only for a list"""
        self.ensure_one()
        return self.rows if self.is_list else 1

    def _get_cells(self, form):
        """:return: list of (part of the sheet, row, column) this line writes; empty for a text"""
        self.ensure_one()
        place = self._get_place()
        sheet = form.find_sheet(place.sheet) if place else None
        if sheet is None:
            return []
        down = sheet.iter_down(place.row, place.column, self._get_row_count())
        return [(sheet.part, row, column) for row, column in down]
