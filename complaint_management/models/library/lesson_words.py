"""Words of a text, the same whoever writes them and in which language. No Odoo in here.

Latin words lose their accents and capitals. Chinese, Japanese and Korean have no blanks: of each
run of such characters every pair that stands side by side is a word, and its last character, so
that a single one is found as the beginning of a pair.
"""

import re
import unicodedata

# Chinese, Japanese and Korean, without their punctuation
CJK = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3041-\u3096\u30a1-\u30fa\u30fc"
    "\uac00-\ud7a3\U00020000-\U0002fa1f"
)
RUN = re.compile(f"([{CJK}]+)|([^\\W_{CJK}]+)")
# Nobody reads longer words; PostgreSQL takes no longer ones.
MAX_LENGTH = 100


def normalise(text):
    """:return: ``text`` in small letters, wide characters made narrow, without accents"""
    text = unicodedata.normalize("NFKC", text or "").lower().replace("ß", "ss")
    return text if text.isascii() else "".join(map(_without_accent, text))


def _without_accent(char):
    # Syllables of Korean and Japanese come apart, too: what is taken off there is no accent
    if char >= "\u3000":
        return char
    parts = unicodedata.normalize("NFD", char)
    return "".join(part for part in parts if not unicodedata.combining(part))


def iter_runs(text):
    """:return: iterator of ``(run, whether it is written without blanks)``"""
    for match in RUN.finditer(normalise(text)):
        run = match[1] or match[2][:MAX_LENGTH]
        yield run, bool(match[1])


def get_pairs(run):
    """:return: list of the words in a run without blanks, none for a single character"""
    return [run[i : i + 2] for i in range(len(run) - 1)]


def get_index_text(*texts):
    """:return: words of ``texts`` as they are indexed, a blank between two"""
    words = []
    for text in texts:
        for run, is_unspaced in iter_runs(text or ""):
            words += [*get_pairs(run), run[-1]] if is_unspaced else [run]
    return " ".join(words)


def get_search_words(term):
    """What somebody looks for.

    :return: list of ``(word, whether longer ones are meant, too)``
    """
    words = []
    for run, is_unspaced in iter_runs(term):
        pairs = get_pairs(run) if is_unspaced else []
        words += [(pair, False) for pair in pairs] or [(run, is_unspaced or len(run) > 1)]
    return list(dict.fromkeys(words))


def get_telling_words(text, most):
    """Words by which one text resembles another: no figures, no short words.

    :param int most: how many, the first ones
    :return: dict word → whether it is a pair of unspaced characters
    """
    words = {}
    for run, is_unspaced in iter_runs(text):
        if is_unspaced:
            words.update(dict.fromkeys(get_pairs(run), True))
        elif len(run) > 3 and not run.isdecimal():
            words[run] = False
    return dict(list(words.items())[:most])
