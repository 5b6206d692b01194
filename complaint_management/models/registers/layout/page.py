"""A table as the print template needs it: strings, and no row higher than a page."""

from .pieces import cut

# Latin characters a line of the printed table holds over its whole width, at 7 points on A4 across;
# measured with Chinese texts, which count twice.
LINE = 170
# Lines of a row at most. What does not fit on a page any more goes to the next one as a whole:
# lower rows leave less of a page empty.
MAX_LINES = 18
MIN_WIDTH = 4
# Per cent of the page that a day takes.
FLOORS = {"date": 6.6}
# The same for what is repeated where a row goes on: a number, which one reads out and looks for.
REPEATED_FLOOR = 7.9
# Per cent of the page that days and numbers leave to the other columns.
MIN_REST = 40


class TablePage:
    """What the template iterates: see ``reports/complaint_table_template.xml``."""

    def __init__(self, document, format_cell, lang):
        """:param document: :class:`~.table.TableDocument`
        :param format_cell: function of column and value → string
        :param str lang: code of the reader's language, for the fonts
        """
        self._document = document
        self._format = format_cell
        self.title = document.title
        self.lines = document.lines
        self.company = document.company
        self.labels = document.labels
        self.lang = lang

    def iter_parts(self):
        """:yield: dict of a table: ``title, columns, notes``, and ``rows`` to be iterated once"""
        for part in self._document.parts:
            widths = _divide(part.columns)
            columns = [
                {"label": column.label, "align": column.alignment, "width": width}
                for column, width in zip(part.columns, widths, strict=True)
            ]
            title = part.title if part.title != self.title else ""
            rows = self._iter_blocks(part, widths)
            yield {"title": title, "columns": columns, "notes": part.notes, "blocks": rows}

    def _iter_blocks(self, part, widths):
        """:yield: list of lines that stay together on a page; a line is a dict with ``kind``
        (``head``, ``row``, ``more``, ``total``) and ``cells``
        """
        is_empty = True
        for group in part.iter_groups():
            head = []
            if group.label is not None:
                head = [{"kind": "head", "cells": [], "label": group.label}]
            for row in group:
                is_empty = False
                first, *more = self._get_lines(part, row, widths)
                yield [*head, first]
                head = []
                for line in more:
                    yield [line]
            if group.label is not None and part.has_totals:
                yield [self._get_totals(part, group.label, group.totals)]
        if is_empty:
            yield [{"kind": "empty", "cells": []}]
        elif part.has_totals:
            yield [self._get_totals(part, self.labels["total"], part.totals)]

    def _get_lines(self, part, row, widths):
        """:return: list of lines of one row: one, or several where it is too high"""
        pieces, tones = [], []
        for column, width in zip(part.columns, widths, strict=True):
            value = row.get(column.key)
            text = self._format(column, value)
            room = max(int(LINE * width / 100) - 2, MIN_WIDTH)
            pieces.append(cut(text, room, MAX_LINES))
            tones.append(value[1] if isinstance(value, tuple) else "")
        count = max(map(len, pieces))
        return [
            {
                "kind": "more" if number else "row",
                "is_open": number + 1 < count,
                "cells": [
                    _get_cell(column, piece, number, tone)
                    for column, piece, tone in zip(part.columns, pieces, tones, strict=True)
                ],
            }
            for number in range(count)
        ]

    def _get_totals(self, part, label, totals):
        cells = []
        for number, column in enumerate(part.columns):
            text = self._format(column, totals.get(column.key))
            if not number and column.key not in totals:
                text = label
            cells.append({"text": text, "tone": "", "align": column.alignment})
        return {"kind": "total", "cells": cells}


def _get_cell(column, pieces, number, tone):
    """:return: dict of a cell in the ``number``-th line of its row"""
    text = pieces[number] if number < len(pieces) else ""
    if number and column.repeat:
        text, tone = pieces[0], "muted"
    return {"text": text, "tone": tone, "align": column.alignment}


def _divide(columns):
    """:return: list of the columns' widths in per cent of the page; days and what is repeated
    stand on one line
    """
    floors = [REPEATED_FLOOR if c.repeat else FLOORS.get(c.kind, 0) for c in columns]
    total = sum(column.width for column in columns)
    shares = [100 * column.width / total for column in columns]
    fixed = [share < floor for share, floor in zip(shares, floors, strict=True)]
    left = 100 - sum(floor for floor, is_fixed in zip(floors, fixed, strict=True) if is_fixed)
    if all(fixed) or left < MIN_REST:
        return [round(share, 2) for share in shares]
    rest = sum(share for share, is_fixed in zip(shares, fixed, strict=True) if not is_fixed)
    return [
        floor if is_fixed else round(share * left / rest, 2)
        for share, floor, is_fixed in zip(shares, floors, fixed, strict=True)
    ]
