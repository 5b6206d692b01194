"""A customer's form as a workbook: texts written into its cells, all else kept."""

from .package import OfficePackage
from .sheet import MAIN, Sheet
from .style import SheetStyles

LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# Parts of a workbook that stand before its calculation settings, the last one first.
BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")


class SheetForm:
    """A template with what a program may do to it."""

    def __init__(self, package: OfficePackage):
        self._package = package
        self._book = package.get_main()
        targets = {r.id: r for r in package.get_relations(self._book)}
        self._sheets = {}
        for element in package.get_tree(self._book).iter(f"{MAIN}sheet"):
            relation = targets.get(element.get(LINK))
            if relation and relation.kind == "worksheet" and relation.target in package:
                self._sheets[element.get("name")] = Sheet(self, relation.target)
        self._shared = self._read_shared(targets.values())
        styles = next((r.target for r in targets.values() if r.kind == "styles"), None)
        self.styles = SheetStyles(package, styles)

    def _read_shared(self, relations):
        """:return: list of the workbook's shared strings, as elements"""
        part = next((r.target for r in relations if r.kind == "sharedstrings"), None)
        return list(self._package.get_tree(part).iter(f"{MAIN}si")) if part else []

    @property
    def sheet_names(self):
        """Names of the sheets that have cells."""
        return list(self._sheets)

    def find_sheet(self, name):
        """:return: :class:`Sheet` of that name, the first for an empty name, or None"""
        if not name:
            return next(iter(self._sheets.values()), None)
        lower = {key.lower(): sheet for key, sheet in self._sheets.items()}
        return lower.get(name.lower())

    def get_text(self):
        """:return: the texts of all cells, one a line"""
        return "\n".join(
            text for sheet in self._sheets.values() for _cell, text in sheet.iter_texts()
        )

    def get_tree(self, part, edit=False):
        """:return: root element of a sheet's part"""
        return self._package.edit_tree(part) if edit else self._package.get_tree(part)

    def get_shared(self, index):
        """:return: element of a shared string, or None"""
        return self._shared[index] if 0 <= index < len(self._shared) else None

    def fill_texts(self, tokens, values):
        """Fill the placeholders that stand in cells.

        :param tokens: :class:`~.tokens.FormTokens`
        :param dict values: key → string
        """
        for sheet in self._sheets.values():
            for cell, text in list(sheet.iter_texts()):
                if next(tokens.iter_keys(text), None):
                    sheet.fill_cell(cell, tokens, values)

    def save(self):
        """:return: bytes of the workbook; the program that opens it calculates anew what depends on
        what was filled in
        """
        root = self._package.edit_tree(self._book)
        calc = root.find(f"{MAIN}calcPr")
        if calc is None and any(sheet.has_formulas() for sheet in self._sheets.values()):
            calc = root.makeelement(f"{MAIN}calcPr")
            before = (root.find(f"{MAIN}{tag}") for tag in BEFORE_CALC)
            next(element for element in before if element is not None).addnext(calc)
        if calc is not None:
            calc.set("fullCalcOnLoad", "1")
        return self._package.save()
