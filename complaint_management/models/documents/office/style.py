"""Formats of a workbook, as far as filling its cells needs them."""

import unicodedata
from copy import deepcopy
from math import ceil

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WIDE = ("W", "F")
DEFAULT_SIZE = 11.0


def count_lines(text, width):
    """:return: number of lines ``text`` takes in ``width`` characters; Chinese ones count twice"""
    width = max(width, 1.0)
    return sum(max(ceil(get_width(line) / width), 1) for line in text.split("\n"))


def get_width(line):
    """:return: width of a line in Latin characters"""
    return sum(2 if unicodedata.east_asian_width(sign) in WIDE else 1 for sign in line)


class SheetStyles:
    """The list of cell formats, and formats derived from it."""

    def __init__(self, package, part):
        """:param part: name of the workbook's part of styles, or None"""
        self._package = package
        self._part = part
        self._derived = {}

    def _get_formats(self, edit=False):
        """:return: element of the cell formats, or None where there are none"""
        if not self._part:
            return None
        tree = self._package.edit_tree if edit else self._package.get_tree
        return tree(self._part).find(f"{MAIN}cellXfs")

    def _get_format(self, index):
        """:return: element of a format, or None"""
        formats = self._get_formats()
        number = int(index or 0)
        return formats[number] if formats is not None and number < len(formats) else None

    def get_font_size(self, index):
        """:return: points of the font of a cell's format"""
        style = self._get_format(index)
        fonts = self._package.get_tree(self._part).find(f"{MAIN}fonts") if self._part else None
        number = int(style.get("fontId") or 0) if style is not None else 0
        if fonts is None or number >= len(fonts):
            return DEFAULT_SIZE
        size = fonts[number].find(f"{MAIN}sz")
        return float(size.get("val") or DEFAULT_SIZE) if size is not None else DEFAULT_SIZE

    def derive(self, index, *, quote, wrap):
        """Make a format that differs in nothing but what is asked for.

        :param index: number of the cell's format, as a string; None: the first
        :param bool quote: keep it text when somebody edits the cell (T13)
        :param bool wrap: several lines
        :return: number as a string, or None where the cell's own will do
        """
        style = self._get_format(index)
        if style is None:
            return None
        alignment = style.find(f"{MAIN}alignment")
        has_wrap = alignment is not None and alignment.get("wrapText") in ("1", "true")
        quote = quote and style.get("quotePrefix") not in ("1", "true")
        wrap = wrap and not has_wrap
        if not quote and not wrap:
            return None
        key = (index or "0", quote, wrap)
        if key not in self._derived:
            self._derived[key] = self._add_format(style, quote, wrap)
        return self._derived[key]

    def _add_format(self, style, quote, wrap):
        formats = self._get_formats(edit=True)
        copy = deepcopy(style)
        if quote:
            copy.set("quotePrefix", "1")
        if wrap:
            copy.set("applyAlignment", "1")
            alignment = copy.find(f"{MAIN}alignment")
            if alignment is None:
                alignment = copy.makeelement(f"{MAIN}alignment", {"vertical": "top"})
                copy.insert(0, alignment)
            alignment.set("wrapText", "1")
        formats.append(copy)
        formats.set("count", str(len(formats)))
        return str(len(formats) - 1)
