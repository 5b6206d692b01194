"""What is read off goods and papers (R7): one code, however it was typed or scanned."""

import re
import unicodedata

MAX_LENGTH = 128
# Scanners announce GS1 codes by one of these, and send its separator as this character.
SYMBOLOGY = re.compile(r"^\](?:C1|d2|Q3|e0)")
SEPARATOR = "\x1d"
BRACKETED = re.compile(r"\((\d{2,4})\)([^()]+)")
# Application identifiers of fixed length; what may precede a lot or a serial number on goods.
FIXED = {"00": 18, "01": 14, "02": 14, "20": 2}
FIXED.update(dict.fromkeys(("11", "12", "13", "15", "16", "17"), 6))
VARIABLE = ("10", "21", "37")
# What people leave out or put in: the index of lots does the same (``stock_lot_trace``).
JOINTS = " -./_"


def clean(code):
    """:return: ``code`` without what a scanner or a keyboard adds around it; empty for no text"""
    if not isinstance(code, str):
        return ""
    # Fullwidth letters and digits of an East Asian keyboard are the same code
    text = unicodedata.normalize("NFKC", code[: 4 * MAX_LENGTH])
    kept = (char for char in text if char == SEPARATOR or unicodedata.category(char)[0] != "C")
    return "".join(kept).strip(f" {SEPARATOR}")[:MAX_LENGTH]


def squeeze(code):
    """:return: ``code`` without spaces, dashes and the like, in small letters, for comparing"""
    return clean(code).lower().translate(dict.fromkeys(map(ord, JOINTS)))


def read_code(code):
    """What a scanned or typed text may name.

    :param str code: as it came from scanner or keyboard
    :return: dict ``text`` (the code itself), ``lots`` (names of lots and serial numbers, the most
        likely first), ``products`` (barcodes)
    """
    text = clean(code)
    parts = _read_gs1(text)
    plain = text.replace(SEPARATOR, "")
    lots = [parts[key] for key in ("21", "10") if key in parts]
    return {
        "text": plain,
        "lots": list(dict.fromkeys([*lots, plain])) if plain else [],
        "products": list(dict.fromkeys([plain, *_get_barcodes(parts.get("01", ""))])),
    }


def _read_gs1(text):
    """:return: dict application identifier → value, empty where it is no such code"""
    bracketed = BRACKETED.findall(text)
    if bracketed:
        return {key: value.strip() for key, value in bracketed}
    announced = SYMBOLOGY.match(text)
    rest = text[announced.end() :] if announced else text
    if not announced and SEPARATOR not in rest and not re.match(r"01\d{14}(?:1\d|21)", rest):
        return {}
    parts = {}
    while rest:
        key = rest[:2]
        if key in FIXED:
            value, rest = rest[2 : 2 + FIXED[key]], rest[2 + FIXED[key] :].lstrip(SEPARATOR)
        elif key in VARIABLE:
            value, _separator, rest = rest[2:].partition(SEPARATOR)
        else:
            break
        parts[key] = value
    return parts


def _get_barcodes(gtin):
    """:return: list of the ways a GTIN-14 stands on a product: with and without leading zeros"""
    if not gtin.isdigit():
        return []
    lengths = (size for size in (13, 12, 8) if not gtin[:-size].strip("0"))
    return [gtin, *(gtin[-size:] for size in lengths)]
