"""A table as the print template needs it: strings, and no row higher than a page."""

from .pieces import cut

# Latin characters a line of the printed table holds over its whole width, at 7 points on A4 across;
# measured with Chinese texts, which count twice.
LINE = 170
# Lines of a row at most. What does not fit on a page any more goes to the next one as a whole:
# lower rows leave less of a page empty.
MAX_LINES = 18
MIN_WIDTH = 4


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
                head = [{"kind": "head", "cells": [], "label": group.label, "text": group.head}]
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
        lines = []
        for number in range(max(map(len, pieces))):
            cells = [
                {"text": piece[number] if number < len(piece) else "", "tone": tone,
                 "align": column.alignment}
                for column, piece, tone in zip(part.columns, pieces, tones, strict=True)
            ]  # fmt: skip
            lines.append({"kind": "more" if number else "row", "cells": cells})
        return lines

    def _get_totals(self, part, label, totals):
        cells = []
        for number, column in enumerate(part.columns):
            text = self._format(column, totals.get(column.key))
            if not number and column.key not in totals:
                text = label
            cells.append({"text": text, "tone": "", "align": column.alignment})
        return {"kind": "total", "cells": cells}


def _divide(columns):
    """:return: list of the columns' widths in per cent of the page"""
    total = sum(column.width for column in columns)
    return [round(100 * column.width / total, 2) for column in columns]
