"""Cutting long texts into pieces that fit on a page beside each other.

The PDF engine cuts lines of text in two where a row of a table is higher than what is left of the
page. So a row that is too high is printed as several, each of which stays whole.
"""

import re

from ...documents.office.style import get_width

# A word of Latin letters, or one sign of a script that breaks anywhere, or spaces.
WORD = re.compile(r"[^\s\u2e80-\uffef]+|[\u2e80-\uffef]|\s")


def cut(text, width, height):
    """:param text: string
    :param int width: Latin characters in a line; Chinese ones count twice
    :param int height: lines of a piece
    :return: list of strings, at least one; together they are ``text``
    """
    lines = [line for paragraph in text.split("\n") for line in wrap(paragraph, width)]
    if len(lines) <= height:
        return [text]
    pieces = [lines[start : start + height] for start in range(0, len(lines), height)]
    return ["".join(piece).rstrip("\n") for piece in pieces]


def wrap(paragraph, width):
    """:return: list of the lines a paragraph takes, the last one with its line end"""
    lines, line, used = [], "", 0
    for word in WORD.findall(paragraph):
        size = get_width(word)
        while size > width:
            # Longer than a line: the browser breaks it where the line ends
            room = max(width - used, 1)
            head, word = word[:room], word[room:]
            lines.append(line + head)
            line, used, size = "", 0, get_width(word)
        if used + size > width and line:
            lines.append(line)
            line, used = "", 0
        line, used = line + word, used + size
    return [*lines, line + "\n"]
