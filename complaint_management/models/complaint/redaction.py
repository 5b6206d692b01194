"""Taking words that name a person out of texts (T21). No Odoo in here."""

import re
from collections import Counter
from html import escape

# Shorter words stand in other words and would take them along.
MIN_LENGTH = 2
MIN_DIGITS = 6
PHONE = re.compile(r"[+()\d][\d\s().\-/]*")
# What stands between the digits of a telephone number, however it is written.
PHONE_GAP = r"[\s().\-/]{0,3}"


class Redaction:
    """Words of one person, what stands in their place, and what was changed where.

    :param partner: ``res.partner`` of the person, may be empty
    :param replacement: ``res.partner`` that stands for nobody
    :param words: iterable of names, e-mail addresses, telephone numbers
    :param str mark: what stands in their place
    :param bool keep_documents: whether files that name the person stay
    """

    def __init__(self, partner, replacement, words, mark, keep_documents=False):
        self.partner = partner
        self.replacement = replacement
        self.mark = mark
        self.keep_documents = keep_documents
        self.words = sorted({w.strip() for w in words if len(w.strip()) >= MIN_LENGTH})
        patterns = [self._get_pattern(word) for word in sorted(self.words, key=len, reverse=True)]
        self._pattern = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
        # complaint id → label of what was changed → how many values
        self.changes = {}

    @staticmethod
    def _get_pattern(word):
        digits = re.sub(r"\D", "", word)
        if PHONE.fullmatch(word) and len(digits) >= MIN_DIGITS:
            return r"(?<!\d)\+?\(?" + PHONE_GAP.join(digits) + r"(?!\d)"
        forms = {re.escape(word), re.escape(escape(word))}
        body = "(?:" + "|".join(sorted(forms)) + ")"
        # Blanks of a name may be anything that looks like one
        body = body.replace(r"\ ", r"(?:\s|&nbsp;)+")
        # Inside a longer Latin word it is another word; Chinese has no such edges
        start = r"(?<![A-Za-z0-9])" if word[0].isascii() else ""
        end = r"(?![A-Za-z0-9])" if word[-1].isascii() else ""
        return start + body + end

    def contains(self, text):
        """:return: whether ``text`` names the person"""
        return bool(text and self._pattern and self._pattern.search(text))

    def find(self, text):
        """:return: set of the words that name the person, as they stand in ``text``"""
        return set(self._pattern.findall(text)) if text and self._pattern else set()

    def redact(self, text):
        """:return: ``text`` without the person's words"""
        return self._pattern.sub(self.mark, text) if self._pattern else text

    def redact_all(self, value):
        """:return: ``value`` of a JSON field without the person's words, in lists and dicts too"""
        if isinstance(value, str):
            return self.redact(value)
        if isinstance(value, list):
            return [self.redact_all(item) for item in value]
        if isinstance(value, dict):
            return {self.redact_all(key): self.redact_all(item) for key, item in value.items()}
        return value

    def count(self, complaint_id, label):
        """Note that one value under ``label`` was changed in a case."""
        self.changes.setdefault(complaint_id, Counter())[label] += 1
