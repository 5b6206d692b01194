"""An 8D report as a workbook that looks like its PDF: header box, a numbered box for each D.

All is text (``safe``): customers go on working in it, and nothing of it calculates.
"""

import base64
import io
from itertools import zip_longest
from math import ceil

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.units import pixels_to_EMU

from .safe import clean_text, set_text
from .style import get_width

# The page is a grid of narrow columns; boxes and tables span as many as they need.
COLUMNS = 24
COLUMN_WIDTH = 4.0
PHOTOS_IN_ROW = 4
PHOTO_SIZE = (158, 118)
NAVY, STEEL, RED, GREEN, PALE = "1F3A5F", "5B7391", "B3261E", "2E7D32", "EEF2F7"
LINE = Side(style="thin", color="9AA5B4")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
# Points of one line of text at 9 points, and lines a row can be high at most.
LINE_HEIGHT = 12.4
MAX_LINES = 30
A4 = 9


class Sheet8d:
    """Writes one report; :meth:`make` is all there is to call."""

    def __init__(self, values, labels):
        """:param dict values: ``complaint.report._get_print_8d()``
        :param dict labels: translated words: ``version, due, sent, draft, page``; ``draft`` is
            empty for an approved report
        """
        self._values = values
        self._labels = labels
        self._book = Workbook()
        self._page = self._book.active
        self._row = 1

    def make(self):
        """:return: bytes of the workbook"""
        self._set_up()
        self._write_title()
        self._write_header()
        for section in self._values["sections"]:
            self._write_section(section)
        self._write_signatures()
        self._page.print_area = f"A1:{get_column_letter(COLUMNS)}{self._row - 1}"
        stream = io.BytesIO()
        self._book.save(stream)
        return stream.getvalue()

    # ------------------------------------------------------------
    # Page
    # ------------------------------------------------------------
    def _set_up(self):
        """A4 upright, as wide as the page, numbered."""
        values, page = self._values, self._page
        page.title = "8D"
        for number in range(1, COLUMNS + 1):
            page.column_dimensions[get_column_letter(number)].width = COLUMN_WIDTH
        page.sheet_view.showGridLines = False
        page.page_setup.paperSize = A4
        page.page_setup.orientation = "portrait"
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToWidth = 1
        page.page_setup.fitToHeight = 0
        page.print_options.horizontalCentered = True
        margins = page.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.25, 0.3
        number = f"{values['number']}, {self._labels['version']} {values['version']}"
        page.oddFooter.left.text = _escape(f"{values['company']} · {number}")
        page.oddFooter.right.text = f"{_escape(self._labels['page'])} &P / &N"
        if self._labels["draft"]:
            page.oddHeader.center.text = _escape(self._labels["draft"])
        properties = self._book.properties
        properties.title = clean_text(f"{values['title']} {values['number']}")
        properties.creator = clean_text(values["company"])

    # ------------------------------------------------------------
    # Cells
    # ------------------------------------------------------------
    def _write(self, first, last, text, *, bold=False, colour="000000", fill=None, size=9, **more):
        """Write into the merged columns ``first`` to ``last`` of the current row.

        :param more: ``border`` (default the box), ``align`` (default left)
        """
        border = more.get("border", BOX)
        for number in range(first, last + 1):
            cell = self._page.cell(self._row, number)
            cell.border = border or Border()
            if fill:
                cell.fill = PatternFill("solid", fgColor=fill)
        cell = self._page.cell(self._row, first)
        set_text(cell, text)
        cell.font = Font(name="Arial", size=size, bold=bold, color=colour)
        cell.alignment = Alignment(
            wrap_text=True,
            vertical="center" if fill in (NAVY, STEEL) else "top",
            horizontal=more.get("align", "left"),
        )
        if last > first:
            self._page.merge_cells(
                start_row=self._row, end_row=self._row, start_column=first, end_column=last
            )

    def _next(self, lines=1, height=None):
        """Make the current row high enough and go to the next one."""
        self._page.row_dimensions[self._row].height = height or max(lines, 1) * LINE_HEIGHT + 3
        self._row += 1

    def _write_text(self, text):
        """Write a text over the whole width, in as many rows as it needs."""
        for piece in _split(text, COLUMNS):
            self._write(1, COLUMNS, piece)
            self._next(_count(piece, COLUMNS))

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------
    def _write_title(self):
        values, labels = self._values, self._labels
        is_final = values["stage_code"] == "final"
        self._write(1, 15, values["title"], bold=True, size=17, border=None)
        self._write(
            16, COLUMNS, values["stage"], bold=True, align="center",
            colour="FFFFFF", fill=NAVY if is_final else STEEL,
        )  # fmt: skip
        self._next(height=25)
        line = f"{values['number']}, {labels['version']} {values['version']}, {values['date']}"
        self._write(1, 12, labels["draft"], bold=True, colour=RED, border=None)
        self._write(13, COLUMNS, line, border=None, align="right")
        self._next(2 if len(labels["draft"]) > 40 else 1)
        if values["form"]:
            self._write(1, COLUMNS, values["form"], size=8, border=None, align="right")
            self._next()

    def _write_header(self):
        """The header box, his side and ours; below, when each stage is due."""
        half = COLUMNS // 2
        sides = [
            [row for row in self._values["header"] if row["side"] == side]
            for side in ("left", "right")
        ]
        for rows in zip_longest(*sides):
            labels = [row["label"] if row else "" for row in rows]
            values = [_split(row["value"] if row else "", half - 5) for row in rows]
            # A value longer than a row may be high goes on in the next one
            for pieces in zip_longest(*values, fillvalue=""):
                self._write_header_row(half, labels, pieces)
                labels = ["", ""]
        stages = self._values["stages"]
        if stages:
            self._write_stages(stages)

    def _write_header_row(self, half, labels, values):
        lines = 1
        for offset, label, value in zip((0, half), labels, values, strict=True):
            self._write(offset + 1, offset + 5, label, bold=True, colour=NAVY, fill=PALE)
            self._write(offset + 6, offset + half, value)
            lines = max(lines, _count(label, 5), _count(value, half - 5))
        self._next(lines)

    def _write_stages(self, stages):
        lines = 1
        for place, stage in zip(_divide([1] * len(stages)), stages, strict=True):
            first, last = place
            self._write(first, first + 1, stage["label"], bold=True, colour=NAVY, fill=PALE)
            days = [f"{self._labels[key]} {stage[key]}" for key in ("due", "sent") if stage[key]]
            self._write(first + 2, last, "  ".join(days))
            lines = max(lines, _count("  ".join(days), last - first - 1))
        self._next(lines)

    def _write_section(self, section):
        self._next(height=5)
        self._write(1, COLUMNS, section["title"], bold=True, colour="FFFFFF", fill=NAVY, size=10)
        self._next(_count(section["title"], COLUMNS))
        if section["text"]:
            self._write_text(section["text"])
        for label, value in section["pairs"]:
            self._write(1, 6, label, colour=NAVY, fill=PALE)
            for piece in _split(value, COLUMNS - 6):
                self._write(7, COLUMNS, piece)
                self._next(max(_count(piece, COLUMNS - 6), _count(label, 6)))
        for table in section["tables"]:
            self._write_table(table)
        for start in range(0, len(section["photos"]), PHOTOS_IN_ROW):
            self._write_photos(section["photos"][start : start + PHOTOS_IN_ROW])

    def _write_table(self, table):
        if table["title"]:
            self._write(1, COLUMNS, table["title"], bold=True)
            self._next()
        places = _divide(table["widths"])
        self._write_row(places, table["columns"], bold=True, colour=NAVY, fill=PALE)
        for row in table["rows"]:
            pieces = [
                _split(cell, last - first + 1)
                for (first, last), cell in zip(places, row, strict=True)
            ]
            for number in range(max(map(len, pieces))):
                cells = [piece[number] if number < len(piece) else "" for piece in pieces]
                self._write_row(places, cells)

    def _write_row(self, places, cells, **form):
        lines = 1
        for (first, last), cell in zip(places, cells, strict=True):
            self._write(first, last, cell, **form)
            lines = max(lines, _count(cell, last - first + 1))
        self._next(lines)

    def _write_photos(self, photos):
        """Up to four pictures beside each other, marked OK or not OK, with what they show."""
        places = _divide([1] * PHOTOS_IN_ROW)[: len(photos)]
        if any(photo["condition"] for photo in photos):
            colours = {"nok": RED, "ok": GREEN}
            for (first, last), photo in zip(places, photos, strict=True):
                fill = colours.get(photo["condition_code"])
                self._write(
                    first, last, photo["condition"], bold=True, colour="FFFFFF", fill=fill,
                    align="center",
                )  # fmt: skip
            self._next()
        for (first, last), photo in zip(places, photos, strict=True):
            self._write(first, last, "")
            self._add_picture(photo["uri"], first)
        self._next(height=PHOTO_SIZE[1] * 0.75 + 9)
        self._write_row(places, [photo["caption"] for photo in photos])

    def _add_picture(self, uri, column):
        """Put a picture of a data URI into the current row."""
        image = Image(io.BytesIO(base64.b64decode(uri.partition(",")[2])))
        scale = min(PHOTO_SIZE[0] / image.width, PHOTO_SIZE[1] / image.height)
        width, height = max(int(image.width * scale), 1), max(int(image.height * scale), 1)
        space = pixels_to_EMU(6)
        image.anchor = OneCellAnchor(
            _from=AnchorMarker(col=column - 1, colOff=space, row=self._row - 1, rowOff=space),
            ext=XDRPositiveSize2D(pixels_to_EMU(width), pixels_to_EMU(height)),
        )
        self._page.add_image(image)

    def _write_signatures(self):
        self._next(height=8)
        signatures = self._values["signatures"]
        places = _divide([1] * len(signatures))
        texts = [
            "\n".join(filter(None, (row["role"], row["name"], row["date"]))) for row in signatures
        ]
        for (first, last), text in zip(places, texts, strict=True):
            self._write(first, last, text)
        self._next(height=46)


def _escape(text):
    """:return: ``text`` for a page header or footer, where ``&`` starts a code"""
    return clean_text(text, 120).replace("&", "&&").replace("\n", " ")


def _get_letters(columns):
    """:return: Latin letters that fit into one line of so many columns, at 9 points"""
    return columns * COLUMN_WIDTH * 1.17 - 1


def _count(text, columns):
    """:return: lines ``text`` takes in so many columns"""
    width = max(_get_letters(columns), 1)
    return sum(max(ceil(get_width(line) / width), 1) for line in (text or "").split("\n"))


def _split(text, columns):
    """:return: list of pieces of ``text`` that each fit into one row; at least one"""
    pieces, current, used = [], [], 0
    for line in _break_long(text or "", columns):
        lines = _count(line, columns)
        if current and used + lines > MAX_LINES:
            pieces.append("\n".join(current))
            current, used = [], 0
        current.append(line)
        used += lines
    return [*pieces, "\n".join(current)]


def _break_long(text, columns):
    """:yield: lines of ``text``, none longer than fits into one row"""
    limit = int(_get_letters(columns) * MAX_LINES / 2)
    for line in text.split("\n"):
        while len(line) > limit:
            cut = line.rfind(" ", limit // 2, limit) + 1 or limit
            yield line[:cut].rstrip()
            line = line[cut:]
        yield line


def _divide(weights):
    """Share the columns of the page out.

    :param weights: list of numbers
    :return: list of (first, last) column, each at least one wide
    """
    total = sum(weights) or 1
    widths = [max(1, round(COLUMNS * weight / total)) for weight in weights]
    while sum(widths) != COLUMNS:
        step = 1 if sum(widths) < COLUMNS else -1
        # What is furthest from its share gives or takes one
        index = max(
            (i for i in range(len(widths)) if widths[i] + step >= 1),
            key=lambda i: step * (COLUMNS * weights[i] / total - widths[i]),
        )
        widths[index] += step
    places, first = [], 1
    for width in widths:
        places.append((first, first + width - 1))
        first += width
    return places
