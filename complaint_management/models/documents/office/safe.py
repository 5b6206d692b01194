"""The one place that makes texts safe to stand in spreadsheets and other exports of ours (T13).

A spreadsheet program takes a text that begins like a formula for one: opened from CSV at once, in
a workbook when somebody edits the cell. What customers and colleagues typed must stay text.
"""

import re
import unicodedata

# What a cell may hold; a longer text is cut, and says so.
MAX_CELL = 32767
CUT_MARK = " […]"
# Full-width signs count: programs in Chinese and Japanese take them for the plain ones.
LIVE_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Characters that no XML file, and so no office document, may hold.
FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean_text(value, limit=MAX_CELL):
    """:return: ``value`` as a string an office document can hold, line ends made one kind"""
    text = "" if value is None or value is False else str(value)
    text = FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return text if len(text) <= limit else text[: limit - len(CUT_MARK)] + CUT_MARK


def is_live(text):
    """:return: whether a spreadsheet program might take ``text`` for a formula"""
    if text.startswith(LIVE_STARTS):
        return True
    plain = unicodedata.normalize("NFKC", text[:40]).lstrip()
    return plain.startswith(LIVE_STARTS)


def neutralise(value):
    """For formats that know no types, such as CSV: a quote before what would be live.

    :return: str
    """
    text = clean_text(value)
    return f"'{text}" if is_live(text) else text


def set_text(cell, value):
    """Write a text to a cell of openpyxl: typed as string whatever it begins with, and quoted, so
    that it stays one when somebody edits the cell.

    :param cell: ``openpyxl.cell.Cell``
    :param value: anything; numbers too become text
    """
    text = clean_text(value)
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = is_live(text)
