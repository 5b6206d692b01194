"""Finding and filling placeholders in the texts of an office document.

Office programs cut a text into runs wherever the format or only the spelling check changed: a
placeholder typed in one go may lie in five of them. So texts are looked at as a whole.
"""

import re

# A key of the list, or list and column (“goods.name”), in double braces.
FORM_PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)?)\s*\}\}")


class FormTokens:
    """What is looked for in a form: placeholders, and the customer's own words that were mapped."""

    def __init__(self, keys, literals=None):
        """:param keys: all keys there are
        :param dict literals: text that stands in the form → key
        """
        self._keys = set(keys)
        self._literals = dict(literals or {})
        words = sorted(self._literals, key=len, reverse=True)
        self._pattern = re.compile("|".join([*map(re.escape, words), FORM_PLACEHOLDER.pattern]))

    def iter_keys(self, text):
        """:yield: the known keys that stand in a text, in order"""
        for match in self._pattern.finditer(text or ""):
            key = self._get_key(match)
            if key:
                yield key

    def remove(self, text):
        """:return: ``text`` without what would be filled in"""
        return self._pattern.sub(lambda m: "" if self._get_key(m) else m[0], text)

    def _get_key(self, match):
        key = self._literals.get(match[0]) or match[1]
        return key if key in self._keys else None

    def fill(self, nodes, values):
        """Replace in one text, once; what was put in is not looked at again.

        The value takes the format of the run in which the placeholder begins.

        :param nodes: list of elements whose ``text`` together is the text
        :param dict values: key → string; keys that are not in it stay as they stand
        :return: list of the elements that got a value
        """
        text = "".join(node.text or "" for node in nodes)
        filled = []
        for match in reversed(list(self._pattern.finditer(text))):
            key = self._get_key(match)
            if key in values:
                filled.append(_replace(nodes, match.start(), match.end(), values[key]))
        return filled


def _replace(nodes, start, end, value):
    """Put ``value`` in place of ``start`` to ``end`` of the text of all nodes together.

    :return: the node that got it
    """
    target = None
    offset = 0
    for node in nodes:
        text = node.text or ""
        left, right = max(start - offset, 0), min(end - offset, len(text))
        offset += len(text)
        if left >= right:
            continue
        node.text = text[:left] + (value if target is None else "") + text[right:]
        if target is None:
            target = node
    return target
