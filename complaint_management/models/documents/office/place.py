"""Names of cells, as people type them and as workbooks write them."""

import re
from typing import NamedTuple

MAX_ROW, MAX_COLUMN = 1048576, 16384
# “Sheet1!B7”, “'8D report'!$B$7”, “B7” on the first sheet.
CELL = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^'!]+))!)?\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.DOTALL
)


class Place(NamedTuple):
    """A cell: name of its sheet as it was typed (empty: the first), row and column from 1."""

    sheet: str
    row: int
    column: int


def parse_place(text):
    """:return: :class:`Place`, or None for what names no cell there can be"""
    match = CELL.fullmatch((text or "").strip())
    if not match:
        return None
    sheet = (match[1] or match[2] or "").replace("''", "'").strip()
    place = Place(sheet, int(match[4]), get_column_number(match[3]))
    return place if place.row <= MAX_ROW and place.column <= MAX_COLUMN else None


def get_column_number(letters):
    """:return: number of a column, A is 1"""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def get_column_letters(number):
    """:return: letters of a column, 1 is A"""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_box(ref):
    """:return: (top, left, bottom, right) of “A1:B2”, or None"""
    first, _colon, last = ref.partition(":")
    start, end = parse_place(first), parse_place(last or first)
    return (start.row, start.column, end.row, end.column) if start and end else None
