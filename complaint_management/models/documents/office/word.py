"""A customer's form in Word: texts filled where they stand, rows repeated, all else kept."""

from copy import deepcopy

from .package import SPACE, OfficePackage
from .safe import clean_text

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
# Parts with text a reader sees.
TEXT_PARTS = (".document.main+xml", ".header+xml", ".footer+xml", "notes+xml")
PARAGRAPH, ROW, RUN, TEXT = (f"{WORD}{tag}" for tag in ("p", "tr", "r", "t"))


class WordForm:
    """A template with what a program may do to it."""

    def __init__(self, package: OfficePackage):
        self._package = package
        self._parts = package.find_by_type(*TEXT_PARTS)

    def get_text(self):
        """:return: all texts of the form, one paragraph a line"""
        lines = []
        for part in self._parts:
            for paragraph in self._package.get_tree(part).iter(PARAGRAPH):
                lines.append(_get_paragraph_text(paragraph))
        return "\n".join(lines)

    def save(self):
        """:return: bytes of the document"""
        return self._package.save()

    def fill(self, tokens, values, tables):
        """Fill the form.

        :param tokens: :class:`FormTokens`
        :param dict values: key → string; of a column all its values, for use outside of tables
        :param dict tables: key of a list → list of rows, dicts of strings
        """
        for part in self._parts:
            if not any(tokens.iter_keys(_get_paragraph_text(p)) for p in self._iter(part)):
                continue
            root = self._package.edit_tree(part)
            done = self._repeat_rows(root, tokens, values, tables)
            for paragraph in list(root.iter(PARAGRAPH)):
                if paragraph not in done:
                    _fill_paragraph(paragraph, tokens, values)

    def _iter(self, part):
        return self._package.get_tree(part).iter(PARAGRAPH)

    def _repeat_rows(self, root, tokens, values, tables):
        """Write rows of a table that hold columns of a list once for each row of the list.

        :return: set of the paragraphs that are filled
        """
        done = set()
        for row in list(root.iter(ROW)):
            if next(row.iterdescendants(ROW), None) is not None:
                continue  # a table within a table: the inner row is the one that repeats
            keys = [
                key for p in row.iter(PARAGRAPH) for key in tokens.iter_keys(_get_paragraph_text(p))
            ]
            name = next((key.partition(".")[0] for key in keys if "." in key), None)
            if name is None:
                continue
            for copy, record in _copy_row(row, tables.get(name) or [{}]):
                columns = _prefix_columns(name, record, keys)
                for paragraph in copy.iter(PARAGRAPH):
                    _fill_paragraph(paragraph, tokens, {**values, **columns})
                    done.add(paragraph)
        return done


def _copy_row(row, records):
    """:yield: (row element, record), the first one is the template's own row"""
    pattern = deepcopy(row)
    for element in pattern.iter():
        # Identities a document has once
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{WORD_2010}{name}", None)
    for mark in list(pattern.iter(f"{WORD}bookmarkStart", f"{WORD}bookmarkEnd")):
        mark.getparent().remove(mark)
    last = row
    for number, record in enumerate(records):
        if number:
            copy = deepcopy(pattern)
            last.addnext(copy)
            last = copy
        yield last, record


def _prefix_columns(name, record, keys):
    """:return: dict “list.column” → string, empty for columns the record has not"""
    columns = {key: "" for key in keys if key.startswith(f"{name}.")}
    return {**columns, **{f"{name}.{column}": value for column, value in record.items()}}


def _get_text_nodes(paragraph):
    """:return: text elements of a paragraph, without those of text boxes inside it"""
    return [
        node for node in paragraph.iter(TEXT) if next(node.iterancestors(PARAGRAPH)) is paragraph
    ]


def _get_paragraph_text(paragraph):
    return "".join(node.text or "" for node in _get_text_nodes(paragraph))


def _fill_paragraph(paragraph, tokens, values):
    clean = _CleanValues(values)
    for node in tokens.fill(_get_text_nodes(paragraph), clean):
        node.set(SPACE, "preserve")
        _break_lines(node)


class _CleanValues(dict):
    """Values as Word can hold them; cleaned when they are used, most never are."""

    def __getitem__(self, key):
        return clean_text(super().__getitem__(key)).replace("\t", " ")


def _break_lines(node):
    """Turn line ends of a run's text into Word's own."""
    first, *rest = (node.text or "").split("\n")
    node.text = first
    last = node
    for line in rest:
        line_break = node.makeelement(f"{WORD}br")
        text = node.makeelement(TEXT, {SPACE: "preserve"})
        text.text = line
        last.addnext(line_break)
        line_break.addnext(text)
        last = text
