"""Telephone numbers however they are written (R1). Pure functions, without ORM.

The library ``phonenumbers`` is used where it is installed. Without it, numbers are compared by
what every plan has in common: country code, trunk zero, significant digits at the end.
"""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

try:
    import phonenumbers
except ImportError:
    phonenumbers = None

# Fewer digits are an extension or a typing error: they would match anybody.
MIN_DIGITS = 6
# E.164 has 15 at most; before them an exit prefix.
MAX_DIGITS = 18
MAX_LENGTH = 256
MAX_NUMBERS = 5
# How well two numbers match.
DIFFERENT, ENDING, SAME, SAME_EXTENSION = range(4)
# Countries whose numbers keep their leading zero behind the country code: Italy and inside it.
ZERO_KEPT = ("39", "378", "379")
ZERO_KEPT_CODE = re.compile(rf"\D*(?:\+|00)(?:{'|'.join(ZERO_KEPT)})\D")

# The following patterns are read by Python and by PostgreSQL alike; the index is made of them.
EXTENSION = (
    r"(?<![a-z])(?:extension|extn|ext|durchwahl|dw|poste|ramal|anexo|x|#|分机|转|轉)"
    r"[^0-9a-z+]{0,3}[0-9]{1,6}(?![0-9])"
)
GAP = (
    r"[ \t\u00a0\u2000-\u200f\u202a-\u202f\u3000().\[\]_·•\u2010-\u2015\u2212\uff0d\uff08\uff09\-]+"
)
# A slash stands between area code and number, or between two numbers.
JOINING_SLASH = r"(?<![0-9]{6})/|(?<![0-9]{8})/(?![0+])|/(?![0-9+][0-9]{6})"
ENDING_DIGITS = rf"[0-9]*([0-9]{{{MIN_DIGITS}}})(?![0-9])"
# The last digits of each number in a field, as a PostgreSQL array.
ENDS_SQL = (
    "array_remove(regexp_split_to_array(regexp_replace(regexp_replace(regexp_replace("
    "regexp_replace(translate(%s, '０１２３４５６７８９＋', '0123456789+'), "
    f"'{EXTENSION}', ';', 'gi'), '{GAP}', '', 'g'), '{JOINING_SLASH}', '', 'g'), "
    f"'{ENDING_DIGITS}', '\\1', 'g'), '[^0-9]+'), '')"
)


def get_ends_sql(column):
    """:param str column: name of a column
    :return: str, the expression the index on that column is made of
    """
    return ENDS_SQL.replace("%s", column)


class Region(NamedTuple):
    """Where a number without country code belongs; both empty where nobody knows."""

    country: str = ""  # ISO code: DE
    code: str = ""  # calling code: 49


NOWHERE = Region()


class Number(NamedTuple):
    """One telephone number, as it can be compared."""

    token: str  # digits, with a plus before a country code
    extension: str
    forms: frozenset  # international digits it may stand for
    code: str  # calling code its country is taken to have
    tail: str  # significant digits, without country code and trunk zero
    is_known: bool  # its country is known
    is_local: bool  # the area code may be missing

    @property
    def end(self):
        """The digits the index knows it by."""
        return self.token[-MIN_DIGITS:]


# ------------------------------------------------------------
# Reading
# ------------------------------------------------------------
def clean(text):
    """:param text: as typed, from a telephone system or a link: ``tel:``, ``sip:``, ``%2B49…``
    :return: str with ASCII digits, without scheme and host
    """
    text = text if isinstance(text, str) else str(text or "")
    text = unicodedata.normalize("NFKC", unquote(text[: 2 * MAX_LENGTH]))[:MAX_LENGTH]
    text = "".join(char if char.isprintable() else " " for char in text)
    return re.sub(r"(?i)\b(?:tel|sips?|callto):|;phone-context=[^;]*|@[^\s;,>]*", "", text)


def read(text, region=NOWHERE):
    """The telephone numbers in a text.

    :param text: any notation, also several numbers with words around
    :param Region region: where numbers without country code belong
    :return: list of :class:`Number`, at most five; empty where there is none, as in *anonymous*
    """
    text = clean(text)
    kept_zero = ZERO_KEPT_CODE.match(text)
    text = re.sub(r"(?<=\d)[ .\-]*\(0\)", "0" if kept_zero else "", text)
    numbers = []
    for token, extension in _split(text):
        for reading in _get_readings(token, region):
            numbers.append(_read_one(reading, extension, region))
    return numbers[:MAX_NUMBERS]


def _split(text):
    """:return: iterator of ``(digits with or without a plus, extension)``"""
    marked = re.sub(EXTENSION, lambda m: f"<{re.search(r'[0-9]+$', m[0])[0]}>", text, flags=re.I)
    marked = re.sub(JOINING_SLASH, "", re.sub(GAP, "", marked))
    for match in re.finditer(r"(?<![<0-9])(\+?[0-9]+)[^0-9+<]{0,3}(?:<([0-9]+)>)?", marked):
        if MIN_DIGITS <= len(match[1].lstrip("+")) <= MAX_DIGITS:
            yield match[1], match[2] or ""


def _get_readings(token, region):
    """:return: list of what the digits may stand for: telephone systems leave the plus out, and
    links lose it
    """
    if token.startswith("00"):
        return ["+" + token[2:]]
    if region.code == "1" and token.startswith("011"):
        return ["+" + token[3:]]
    if token[0] not in "+0" and len(token) >= 10:
        return [token, "+" + token]
    return [token]


def _read_one(token, extension, region):
    """:param str token: digits, with a plus where the country code is there"""
    digits = token.lstrip("+")
    international = token != digits
    number = _parse(token, region)
    if number:
        code = str(number.country_code)
        tail = phonenumbers.national_significant_number(number)
        forms = {code + tail}
    else:
        code = region.code
        is_foreign = international and not digits.startswith(code)
        tail = digits if is_foreign else _strip_trunk(digits.removeprefix(code), code)
        if not international:
            tail = _strip_trunk(digits, code)
        code = "" if is_foreign else code
        forms = {digits, code + tail} if international else {code + tail}
    is_known = international or bool(code)
    is_local = not international and not digits.startswith("0") and len(digits) <= 8
    return Number(token, extension, frozenset(forms), code, tail, is_known, is_local)


def _parse(token, region):
    """:return: the library's number, or None where it is missing or makes nothing of it"""
    if not phonenumbers:
        return None
    try:
        number = phonenumbers.parse(token, region.country or None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _strip_trunk(digits, code):
    """:return: a national number without what is only dialled inside its country"""
    if code in ZERO_KEPT:
        return digits
    if (code, digits[:1]) in (("1", "1"), ("7", "8")) and len(digits) == 11:
        return digits[1:]
    if code == "36" and digits.startswith("06"):
        return digits[2:]
    return digits.lstrip("0") or digits


# ------------------------------------------------------------
# Comparing
# ------------------------------------------------------------
def compare(numbers, others):
    """How well two texts name the same telephone.

    :param numbers: result of :func:`read`
    :param others: likewise
    :return: ``DIFFERENT`` < ``ENDING`` (the same significant digits at the end, where country or
        area code are not known) < ``SAME`` < ``SAME_EXTENSION``
    """
    return max((_compare_one(a, b) for a in numbers for b in others), default=DIFFERENT)


def _compare_one(one, other):
    if one.forms & other.forms:
        return SAME_EXTENSION if one.extension == other.extension else SAME
    if one.is_known and other.is_known:
        matches = _is_end_of(one, other) or _is_end_of(other, one)
    else:
        short, long = sorted((one, other), key=lambda number: len(number.tail))
        matches = len(short.tail) > MIN_DIGITS and any(
            form.endswith(short.tail) for form in {*long.forms, long.tail}
        )
    return ENDING if matches else DIFFERENT


def _is_end_of(local, other):
    """:return: whether a number without area code is the end of one in the same country"""
    return local.is_local and any(
        form.startswith(local.code) and form.endswith(local.tail) for form in other.forms
    )


def is_end(numbers, others):
    """:return: whether what was typed are the last digits of one of the others: who tells a number
    leaves its beginning out
    """
    typed = [number.token for number in numbers if not number.token.startswith("+")]
    return any(
        form.endswith(token)
        for token in typed
        for other in others
        for form in {*other.forms, other.token}
    )


def show(text, region=NOWHERE):
    """:return: the first number in international notation where the library knows it, else the
    text without what only machines read
    """
    text = " ".join(clean(text).split())[:64]
    numbers = read(text, region)
    if not numbers:
        return text
    number = numbers[0]
    parsed = _parse(number.token, region)
    if not parsed:
        return text
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return f"{shown} ext. {number.extension}" if number.extension else shown
