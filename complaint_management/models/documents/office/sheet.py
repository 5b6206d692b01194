"""One sheet of a workbook, its cells read and written in place.

What is written is always a string, never a formula, whatever it begins with (T13).
"""

from copy import deepcopy

from .package import SPACE
from .place import MAX_ROW, get_column_letters, parse_box, parse_place
from .safe import clean_text, is_live
from .style import count_lines

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MAX_HEIGHT = 409.0
# How far from what a sheet holds something may be written, in rows or columns.
MAX_SPAN = 200


class Sheet:
    """One sheet of a form."""

    def __init__(self, form, part):
        self._form = form
        self.part = part
        self._rows = None
        self._merged = None

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------
    def _root(self, edit=False):
        return self._form.get_tree(self.part, edit)

    def iter_texts(self):
        """:yield: (cell element, its text) of the cells that hold a typed text"""
        for cell in self._root().iter(f"{MAIN}c"):
            holder = self._get_holder(cell)
            if holder is not None:
                yield cell, "".join(node.text or "" for node in _get_text_nodes(holder))

    def _get_holder(self, cell):
        """:return: element that holds the text of a cell, or None for numbers and formulas"""
        if cell.find(f"{MAIN}f") is not None:
            return None
        if cell.get("t") == "inlineStr":
            return cell.find(f"{MAIN}is")
        value = cell.findtext(f"{MAIN}v") or ""
        if cell.get("t") == "s" and value.strip().isdigit():
            return self._form.get_shared(int(value))
        return None

    def has_formulas(self):
        """:return: whether anything on the sheet calculates"""
        return next(self._root().iter(f"{MAIN}f"), None) is not None

    def is_near(self, row, column):
        """:return: whether a cell is inside or close to what the sheet holds"""
        last_row = max(self._get_rows(), default=1)
        names = (parse_place(cell.get("r")) for cell in self._root().iter(f"{MAIN}c"))
        last_column = max((place.column for place in names if place), default=1)
        return row <= last_row + MAX_SPAN and column <= last_column + MAX_SPAN

    def iter_formulas(self, row, column, count):
        """:yield: names of the cells that calculate, among ``count`` from a cell downwards"""
        for top, left in self.iter_down(row, column, count):
            if self.is_formula(top, left):
                yield f"{get_column_letters(left)}{top}"

    def is_formula(self, row, column):
        """:return: whether the cell calculates: then nothing is written there"""
        row, column = self.get_anchor(row, column)
        element = self._get_rows().get(row)
        cell = _find_cell(element, row, column) if element is not None else None
        return cell is not None and cell.find(f"{MAIN}f") is not None

    def get_anchor(self, row, column):
        """:return: (row, column) that shows what is written there: first cell of merged ones"""
        top, left, _bottom, _right = self._get_box(row, column)
        return top, left

    def iter_down(self, row, column, count):
        """:yield: ``count`` times (row, column), each the next cell or merged cells below"""
        for _number in range(count):
            top, left, bottom, _right = self._get_box(row, column)
            if top > MAX_ROW:
                return
            yield top, left
            row = bottom + 1

    def _get_box(self, row, column):
        """:return: (top, left, bottom, right) of the merged cells, or of the cell alone"""
        if self._merged is None:
            refs = [e.get("ref") or "" for e in self._root().iter(f"{MAIN}mergeCell")]
            self._merged = [box for box in map(parse_box, refs) if box]
        for box in self._merged:
            if box[0] <= row <= box[2] and box[1] <= column <= box[3]:
                return box
        return row, column, row, column

    def _get_rows(self):
        """:return: dict number → row element, also of rows that do not say their number"""
        if self._rows is None:
            self._rows = {}
            number = 0
            for element in self._root().iter(f"{MAIN}row"):
                number = int(element.get("r") or number + 1)
                self._rows[number] = element
        return self._rows

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------
    def write_text(self, row, column, value):
        """Write a text into a cell, or the merged cells it is part of; its format stays.

        :param str value: an empty one empties the cell
        """
        row, column = self.get_anchor(row, column)
        self._root(edit=True)
        cell = self._make_cell(row, column)
        text = clean_text(value)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if text:
            cell.set("t", "inlineStr")
            holder = cell.makeelement(f"{MAIN}is")
            node = holder.makeelement(f"{MAIN}t", {SPACE: "preserve"})
            node.text = text
            holder.append(node)
            cell.append(holder)
            self._fit(cell, row, column, text)

    def fill_cell(self, cell, tokens, values):
        """Fill the placeholders in a cell's text, keeping the formats of its runs."""
        self._root(edit=True)
        holder = self._get_holder(cell)
        caption = tokens.remove("".join(node.text or "" for node in _get_text_nodes(holder)))
        for child in list(cell):
            cell.remove(child)
        own = cell.makeelement(f"{MAIN}is")
        own.extend(deepcopy(child) for child in holder)
        cell.append(own)
        cell.set("t", "inlineStr")
        nodes = _get_text_nodes(own)
        for node in tokens.fill(nodes, values):
            node.text = clean_text(node.text)
            node.set(SPACE, "preserve")
        row, column = parse_place(cell.get("r"))[1:]
        text = "".join(node.text or "" for node in nodes)
        # A caption that ran on over the empty cells beside it goes on doing so
        if "\n" in text or self._count_lines(cell, row, column, caption) == 1:
            self._fit(cell, row, column, text)
        else:
            self._quote(cell, text)

    def _make_cell(self, row, column):
        """:return: cell element, made in its place where there is none"""
        element = self._get_rows().get(row)
        if element is None:
            element = self._make_row(row)
        cell = _find_cell(element, row, column)
        if cell is not None:
            return cell
        name = f"{get_column_letters(column)}{row}"
        cell = element.makeelement(f"{MAIN}c", {"r": name})
        style = element.get("s") or self._get_column(column).get("style")
        if style:
            cell.set("s", style)
        later = (c for c in element if _get_cell_column(c) > column)
        _insert(element, cell, next(later, None))
        element.attrib.pop("spans", None)
        # The used area as the template's program counted it is not true any more
        for dimension in self._root().findall(f"{MAIN}dimension"):
            self._root().remove(dimension)
        return cell

    def _make_row(self, row):
        data = self._root().find(f"{MAIN}sheetData")
        element = data.makeelement(f"{MAIN}row", {"r": str(row)})
        rows = self._get_rows()
        later = min((number for number in rows if number > row), default=None)
        _insert(data, element, rows.get(later))
        rows[row] = element
        return element

    def _get_column(self, column):
        """:return: element that describes a column, or an empty dict"""
        for element in self._root().iter(f"{MAIN}col"):
            if int(element.get("min")) <= column <= int(element.get("max")):
                return element
        return {}

    # ------------------------------------------------------------
    # Nothing cut off
    # ------------------------------------------------------------
    def _fit(self, cell, row, column, text):
        """Wrap a text that needs it, keep it text when edited, and make its row high enough."""
        lines = self._count_lines(cell, row, column, text)
        self._quote(cell, text, wrap=lines > 1)
        if lines > 1:
            size = self._form.styles.get_font_size(cell.get("s"))
            self._grow(self._get_box(row, column), lines * size * 1.36 + 2)

    def _quote(self, cell, text, wrap=False):
        """Keep a text a text when somebody edits the cell (T13), wrapped where asked for."""
        style = self._form.styles.derive(cell.get("s"), quote=is_live(text), wrap=wrap)
        if style is not None:
            cell.set("s", style)

    def _count_lines(self, cell, row, column, text):
        """:return: lines a text takes in a cell, or in the merged cells it is part of"""
        _top, left, _bottom, right = self._get_box(row, column)
        width = sum(self._get_width(number) for number in range(left, right + 1))
        return count_lines(text, width * 11 / self._form.styles.get_font_size(cell.get("s")))

    def _get_width(self, column):
        """:return: width of a column in characters"""
        default = self._root().find(f"{MAIN}sheetFormatPr")
        default = default.get("defaultColWidth") if default is not None else None
        return float(self._get_column(column).get("width") or default or 8.43)

    def _grow(self, box, needed):
        """Make the rows of ``box`` together at least ``needed`` points high; the last one grows."""
        default = self._root().find(f"{MAIN}sheetFormatPr")
        default = float(default.get("defaultRowHeight") or 15) if default is not None else 15.0
        rows = self._get_rows()
        heights = [
            float(rows[number].get("ht") or default) if number in rows else default
            for number in range(box[0], box[2] + 1)
        ]
        if sum(heights) >= needed:
            return
        last = rows.get(box[2])
        if last is None:
            last = self._make_row(box[2])
        height = min(heights[-1] + needed - sum(heights), MAX_HEIGHT)
        last.set("ht", f"{height:.1f}")
        last.set("customHeight", "1")


def _find_cell(element, row, column):
    """:return: cell of that column in a row element, or None"""
    number = 0
    for cell in element:
        if cell.tag != f"{MAIN}c":
            continue
        number = _get_cell_column(cell) or number + 1
        if not cell.get("r"):
            cell.set("r", f"{get_column_letters(number)}{row}")
        if number == column:
            return cell
    return None


def _get_cell_column(cell):
    """:return: number of a cell's column, 0 where it does not say"""
    place = parse_place(cell.get("r"))
    return place.column if place else 0


def _insert(parent, element, before):
    if before is None:
        parent.append(element)
    else:
        before.addprevious(element)


def _get_text_nodes(holder):
    """:return: text elements of a string, without the reading aids of Japanese"""
    return [
        node
        for node in holder.iter(f"{MAIN}t")
        if next(node.iterancestors(f"{MAIN}rPh"), None) is None
    ]
