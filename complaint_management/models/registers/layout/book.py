"""A table as a workbook: texts are texts (T13), days are days, and it prints as it looks."""

import io
import re

import xlsxwriter

from ...documents.office.safe import clean_text, is_live
from ...documents.office.style import count_lines
from .table import NUMBERS

A4 = 9
NAVY, PALE, LINE = "#1F3A5F", "#EEF2F7", "#9AA5B4"
TONES = {"good": "#2E7D32", "bad": "#B3261E", "warn": "#B26A00", "muted": "#6B7280"}
# Number of the format every spreadsheet program shows in its reader's own way.
DAY = 14
MAX_SHEET_NAME = 31
# Of Arial 9; a row is never higher than this
POINTS_PER_LINE, MAX_POINTS = 12, 409
# Of the column of groups, in signs
GROUP_WIDTH = 24


class TableBook:
    """Writes one document, row by row and never holding it as a whole; :meth:`make` does it."""

    def __init__(self, document):
        """:param document: :class:`~.table.TableDocument`"""
        self.document = document
        self._stream = io.BytesIO()
        # No text is ever made a formula or a link; rows leave the memory once they are written
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(self._stream, options)
        self._formats = {}
        self._names = set()

    def make(self):
        """:return: bytes of the workbook"""
        document = self.document
        self._book.set_properties(
            {"title": clean_text(document.title, 255), "author": clean_text(document.company, 255)}
        )
        for part in document.parts:
            _Sheet(self, self._book.add_worksheet(self._get_name(part.title)), part).fill()
        self._book.close()
        return self._stream.getvalue()

    def _get_name(self, title):
        """:return: name of a sheet: no sign a workbook refuses, no name twice, cut between words"""
        plain = " ".join(re.sub(r"[\[\]:*?/\\']", " ", clean_text(title)).split()) or "1"
        if len(plain) > MAX_SHEET_NAME:
            words = plain[:MAX_SHEET_NAME].rpartition(" ")[0].rstrip(" ,;.-–")
            plain = f"{words}…" if words else plain
        name, number = plain[:MAX_SHEET_NAME], 1
        while name.lower() in self._names:
            number += 1
            ending = f" {number}"
            name = plain[: MAX_SHEET_NAME - len(ending)] + ending
        self._names.add(name.lower())
        return name

    def get_format(self, **properties):
        """:return: the one cell format with these properties"""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": "Arial", "font_size": 9, "valign": "top"}
            self._formats[key] = self._book.add_format({**base, **properties})
        return self._formats[key]


class _Sheet:
    """One table on its sheet."""

    def __init__(self, book, sheet, part):
        self._book = book
        self._sheet = sheet
        self._part = part
        self._columns = part.columns
        # Where the groups' column stands first, the others are one to the right
        self._left = 1 if part.group_label else 0
        self._row = 0

    def fill(self):
        self._set_widths()
        self._write_title()
        head = self._row
        self._write_head()
        for group in self._part.iter_groups():
            self._write_group(group)
        last = self._row - 1
        if last == head:
            self._write_text(self._left, self._book.document.labels["empty"], italic=True)
            self._row += 1
        elif self._part.has_totals:
            self._write_totals(self._book.document.labels["total"], self._part.totals)
        self._sheet.freeze_panes(head + 1, self._left)
        self._sheet.autofilter(head, 0, max(last, head), self._left + len(self._columns) - 1)
        for note in self._part.notes:
            self._write_text(0, note, font_color=TONES["muted"])
            self._row += 1
        self._set_page(head)

    # ------------------------------------------------------------
    # Page
    # ------------------------------------------------------------
    def _set_widths(self):
        if self._left:
            self._sheet.set_column(0, 0, GROUP_WIDTH)
        for number, column in enumerate(self._columns, self._left):
            self._sheet.set_column(number, number, column.width)

    def _set_page(self, head):
        """A4 across, as wide as the page, the head on each page."""
        sheet, document = self._sheet, self._book.document
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        name = f"{document.company} · {document.title}".replace("&", "&&")
        page = document.labels["page"].replace("&", "&&")
        # A footer holds 255 signs
        sheet.set_footer(f"&L&8{clean_text(name, 180)}&R&8{page} &P / &N")

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------
    def _write_title(self):
        document = self._book.document
        self._write_text(0, document.title, bold=True, font_size=14, font_color=NAVY)
        self._row += 1
        if self._part.title and self._part.title != document.title:
            self._write_text(0, self._part.title, bold=True, font_size=11)
            self._row += 1
        for line in document.lines:
            self._write_text(0, line, font_color=TONES["muted"])
            self._row += 1
        self._row += 1

    def _write_head(self):
        form = {
            "bold": True, "font_color": "#FFFFFF", "bg_color": NAVY, "text_wrap": True,
            "border": 1, "border_color": LINE, "valign": "vcenter",
        }  # fmt: skip
        if self._left:
            self._write_text(0, self._part.group_label, **form)
        for number, column in enumerate(self._columns, self._left):
            self._write_text(number, column.label, align=column.alignment, **form)
        self._row += 1

    def _write_group(self, group):
        label = group.label
        if label is not None:
            form = {"bold": True, "bg_color": PALE, "top": 1, "border_color": LINE}
            self._write_text(0, label, **form)
            for number in range(self._left, self._left + len(self._columns)):
                self._write_text(number, "", **form)
            self._row += 1
        for row in group:
            self._write_row(row, label)
        if label is not None and self._part.has_totals:
            self._write_totals(label, group.totals)

    def _write_row(self, row, label):
        self._sheet.set_row(self._row, self._get_height(row, label))
        if label is not None:
            # Beside each row, so that filtering by it works
            self._write_text(0, label, font_color=TONES["muted"], text_wrap=True)
        for number, column in enumerate(self._columns, self._left):
            form = {"bottom": 4, "border_color": LINE}
            if column.kind in NUMBERS:
                digits = row.get(column.digits_key, column.digits)
                form["num_format"] = _get_number_format(column, digits)
            self._write_value(number, column, row.get(column.key), **form)
        self._row += 1

    def _get_height(self, row, label):
        """:return: points for all lines of a row: not every program finds the height itself"""
        texts = [(label or "", GROUP_WIDTH)]
        for column in self._columns:
            value = row.get(column.key)
            value = value[0] if isinstance(value, tuple) else value
            if isinstance(value, str):
                texts.append((value, column.width))
        # Lines break at words, so that none is full
        lines = max(count_lines(clean_text(text), 0.9 * width) for text, width in texts)
        return min(POINTS_PER_LINE * lines + 3, MAX_POINTS)

    def _write_totals(self, label, totals):
        form = {"bold": True, "top": 1, "border_color": LINE}
        first = self._columns[0]
        if self._left or not (first.total or first.key in totals):
            self._write_text(0, label, **form)
        for number, column in enumerate(self._columns, self._left):
            if number or column.key in totals:
                self._write_value(number, column, totals.get(column.key), **form)
        self._row += 1

    # ------------------------------------------------------------
    # Cells
    # ------------------------------------------------------------
    def _write_text(self, number, text, **form):
        text = clean_text(text)
        if not text:
            self._sheet.write_blank(self._row, number, None, self._book.get_format(**form))
            return
        if is_live(text):
            form["quote_prefix"] = True
        self._sheet.write_string(self._row, number, text, self._book.get_format(**form))

    def _write_value(self, number, column, value, **form):
        """Write what a row holds, as what its column says."""
        form["align"] = column.alignment
        if value is None or value is False or value == "":
            self._write_text(number, "", **form)
        elif column.kind in NUMBERS:
            form.setdefault("num_format", _get_number_format(column, column.digits))
            self._sheet.write_number(self._row, number, value, self._book.get_format(**form))
        elif column.kind == "date":
            form["num_format"] = DAY
            self._sheet.write_datetime(self._row, number, value, self._book.get_format(**form))
        else:
            if isinstance(value, tuple):
                value, tone = value
                form["font_color"] = TONES.get(tone, "#000000")
            self._write_text(number, value, text_wrap=True, **form)


def _get_number_format(column, digits):
    if column.kind == "integer":
        return "#,##0"
    places = f".{'0' * digits}" if digits else ""
    return f"0{places}%" if column.kind == "percent" else f"#,##0{places}"
