"""What was typed into the one search box, as each kind of search needs it. No ORM."""

import re
import unicodedata
from typing import NamedTuple

from odoo.modules.db import FunctionStatus
from odoo.tools import escape_psql, remove_accents

MAX_LENGTH = 80
# What may stand in a telephone number beside digits.
PHONE = re.compile(
    r"(?i)\s*(?:(?:tel|sips?|callto):.*|[^a-z]*(?:(?:ext\.?|x|#)\s*\d{1,6}\s*)?)", re.DOTALL
)


class Term(NamedTuple):
    """A term of at least two letters or digits."""

    text: str
    variants: list  # for columns with an ordinary index: as typed, in capitals, in small letters
    exact: str  # pattern for ``=ilike``
    part: str  # pattern for ``=ilike`` that a trigram index serves: with two characters a beginning
    is_phone: bool

    def equals(self, *texts):
        """:return: whether one of the texts is what was typed"""
        return any(text and fold(text) == fold(self.text) for text in texts)

    def is_in(self, *texts):
        """:return: whether one of the texts holds what was typed"""
        return any(text and fold(self.text) in fold(text) for text in texts)


def fold(text):
    """:return: str without accents and capitals, as the database compares"""
    return remove_accents(text).casefold()


def read_term(term):
    """:param term: as typed or scanned
    :return: :class:`Term`; None for what is too short to mean something
    """
    raw = term if isinstance(term, str) else str(term or "")
    text = unicodedata.normalize("NFKC", raw[: 4 * MAX_LENGTH])
    text = "".join(char if char.isprintable() else " " for char in text)
    text = " ".join(text.split())[:MAX_LENGTH].strip()
    if sum(char.isalnum() for char in text) < 2:
        return None
    escaped = escape_psql(text)
    return Term(
        text=text,
        variants=list(dict.fromkeys((text, text.upper(), text.lower()))),
        exact=escaped,
        part=f"{escaped}%" if len(text) == 2 else f"%{escaped}%",
        is_phone=bool(PHONE.fullmatch(raw)),
    )


def trigram_index(column):
    """:return: definition of a ``models.Index`` by which core's ``ilike`` finds parts of a text;
    none where the database has no trigrams
    """

    def define(registry):
        if not registry.has_trigram or registry.has_unaccent == FunctionStatus.PRESENT:
            return ""
        return f"USING gin ({registry.unaccent(f'{column}::text')} gin_trgm_ops)"

    return define
