"""The pack of a meeting in print: tables that start pages, and bars in their cells."""

from markupsafe import Markup

from ..layout.page import TablePage

BAR = "bar"
# Drawn by the PDF engine as it is; the number is ours.
BAR_HTML = Markup(
    '<div style="width: {}%; height: 8px; margin-top: 2px; background-color: #1f3a5f;"></div>'
)


class MeetingPage(TablePage):
    """A cell of a column called ``bar`` is drawn as long as its share says."""

    def __init__(self, document, format_cell, lang, breaks=()):
        """:param breaks: titles of the tables that start on a new page"""
        super().__init__(document, format_cell, lang)
        self._breaks = breaks

    def iter_parts(self):
        """:yield: as any table's; ``break``: whether a page starts here"""
        for part in super().iter_parts():
            yield {**part, "break": part["title"] in self._breaks}

    def _get_lines(self, part, row, widths):
        lines = super()._get_lines(part, row, widths)
        for column, cell in zip(part.columns, lines[0]["cells"], strict=True):
            if column.key == BAR:
                cell["text"] = BAR_HTML.format(round(100 * (row.get(BAR) or 0), 1))
        return lines
