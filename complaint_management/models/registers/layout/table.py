"""A table somebody hands out: columns, rows, groups, and what stands above them (R54-R57)."""

from dataclasses import dataclass, field

KINDS = ("text", "date", "integer", "number", "percent", "state")
NUMBERS = ("integer", "number", "percent")


@dataclass(frozen=True)
class TableColumn:
    """One column.

    ``key``: under which a row holds its value. ``label``: head, translated. ``kind``: one of
    ``KINDS``. ``width``: Latin characters beside each other in a workbook; in print its share of
    the page. ``digits``: decimal places of a number or percentage; ``digits_key``: under which a
    row holds its own. ``total``: whether groups and the table sum it up. ``align``: ``left``,
    ``center`` or ``right``; default by kind. ``repeat``: printed again where a long row goes on.

    What a row holds: a string, a date, a number; of ``percent`` the share (0.5 is 50 %); of
    ``state`` a string or ``(string, tone)``, tone being ``good``, ``bad``, ``warn`` or ``muted``.
    None and an empty string are an empty cell; zero is zero.
    """

    key: str
    label: str
    kind: str = "text"
    width: int = 14
    digits: int = 2
    digits_key: str = ""
    total: bool = False
    align: str = ""
    repeat: bool = False

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"{self.key}: no kind of column is called {self.kind}")

    @property
    def alignment(self):
        """``left``, ``center`` or ``right``"""
        if self.align:
            return self.align
        return "right" if self.kind in NUMBERS else "left"


class TableGroup:
    """Rows under one heading, read once; ``label`` is None where a table has no groups."""

    def __init__(self, label, rows, part):
        self.label = label
        self._rows = rows
        self._part = part
        self._figures = []

    def __iter__(self):
        for row in self._rows:
            # Figures only: a register of 50,000 rows is never held as a whole
            figures = {key: v for key, v in row.items() if isinstance(v, int | float)}
            self._figures.append(figures)
            self._part.figures.append(figures)
            yield row

    @property
    def totals(self):
        """Dict column key → sum of the rows read so far."""
        return self._part.sum_up(self._figures)


@dataclass
class TablePart:
    """One table of a document: a sheet of a workbook, a section in print.

    ``rows`` is any iterable of dicts, read once. Where ``group_label`` is given, they are ordered
    by their key ``group`` and stand under it as heading, in a workbook beside it in a column of
    that name; where two groups may have one name, ``group_key`` tells them apart. ``notes``: lines
    under the table. ``count``: how many rows there are, where ``rows`` only knows once it is read.
    """

    title: str
    columns: list
    rows: object = ()
    group_label: str = ""
    notes: list = field(default_factory=list)
    count: int | None = None
    # Figures of the rows read so far
    figures: list = field(default_factory=list, init=False)

    def __post_init__(self):
        if not self.columns:
            raise ValueError(f"{self.title}: a table without columns")
        if self.count is None:
            self.count = len(self.rows)

    def sum_up(self, figures):
        """:param figures: list of dicts column key → number, one a row
        :return: dict column key → sum, of the columns with ``total``
        """
        return {
            column.key: sum(row.get(column.key) or 0 for row in figures)
            for column in self.columns
            if column.total
        }

    @property
    def has_totals(self):
        """Whether there is anything to sum up."""
        return any(column.total for column in self.columns)

    @property
    def totals(self):
        """Dict column key → sum of all rows read so far."""
        return self.sum_up(self.figures)

    def iter_groups(self):
        """:yield: :class:`TableGroup`, in order; each is to be read before the next one"""
        if not self.group_label:
            yield TableGroup(None, self.rows, self)
            return
        rows = iter(self.rows)
        first = next(rows, None)
        while first is not None:
            # One after the other as they come: nobody holds them all
            group = _Run(first, rows)
            yield TableGroup(group.label, group, self)
            first = group.next


class _Run:
    """Rows that come one after the other with the same group; then ``next``, the first of others"""

    def __init__(self, first, rows):
        self.label = first.get("group") or ""
        self.key = _get_key(first)
        self.next = None
        self._first = first
        self._rows = rows

    def __iter__(self):
        yield self._first
        for row in self._rows:
            if _get_key(row) != self.key:
                self.next = row
                return
            yield row


def _get_key(row):
    """:return: what tells groups apart: two customers may have one name"""
    return row.get("group_key", row.get("group") or "")


@dataclass
class TableDocument:
    """All that is printed or exported at once.

    ``lines`` stand under the title: filters, company, day, by whom. ``labels``: translated words
    of the layout: ``page, total, empty``. ``company``: whose letterhead it is printed under.
    """

    title: str
    lines: list
    parts: list
    company: str
    labels: dict

    @property
    def count(self):
        """How many rows its tables have together."""
        return sum(part.count for part in self.parts)
