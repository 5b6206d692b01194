"""Reading what a mail says about itself, however broken it is: nothing here raises (T6, T8)."""

import codecs
import hashlib
import re
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.parser import BytesHeaderParser
from email.policy import compat32

# What stands between addresses.
BETWEEN = re.compile(r"[\s<>,;:\"'()\[\]\\]+")
REFERENCE = re.compile(r"<[^<>\s]+>")
RECIPIENT_HEADERS = (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "To",
    "Cc",
    "Resent-To",
    "Resent-Cc",
)
# A Message-ID beyond this cannot be indexed by the database, and names nothing anyway.
MAX_MESSAGE_ID = 255
# Longer headers are cut, and shorter ones decoded: with the length grows the time by its square.
MAX_HEADER = 200_000
MAX_ENCODED = 10_000
# What mailers call character sets and Python does not know.
CHARSETS = {
    "unicode": "utf-8",
    "utf8mb4": "utf-8",
    "x-gbk": "gb18030",
    "gb2312": "gb18030",
    "gb2312-80": "gb18030",
    "gb_2312-80": "gb18030",
    "chinese": "gb18030",
    "x-sjis": "cp932",
    "x-big5": "big5hkscs",
    "big5": "big5hkscs",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949",
    "cp-850": "cp850",
    "iso-8859-8-i": "iso-8859-8",
}
FALLBACK_CHARSETS = ("utf-8", "gb18030")
# What neither the database nor a person can read.
UNREADABLE = re.compile(r"[\x00\ud800-\udfff]")


def clean_text(text):
    """:return: ``text`` without what the database refuses; its type (``Markup``) stays"""
    if not UNREADABLE.search(text):
        return text
    return type(text)(UNREADABLE.sub("", str(text)))


def find_charset(content, charset=None):
    """:param bytes content: a text
    :param str charset: what the mail says it is, often wrong
    :return: name of the character set in which it can be read; Latin-1 reads everything
    """
    declared = (charset or "").strip().strip("\"'").lower()
    for name in (CHARSETS.get(declared, declared) or "utf-8", *FALLBACK_CHARSETS):
        try:
            # Decoding nothing at all asks for no character set: an unknown one would pass
            known = codecs.lookup(name).name
            content.decode(known)
        except (LookupError, UnicodeError, ValueError, TypeError):
            continue
        return known
    return "latin-1"


def decode_bytes(content, charset=None):
    """:return: text of ``content``, see :func:`find_charset`; never an error"""
    return content.decode(find_charset(content, charset))


def decode_value(value):
    """:return: a header's value as text, whatever its encoding"""
    if value is None:
        return ""
    if isinstance(value, Header):
        # Bytes beyond ASCII, not encoded as they should be
        value = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        value = str(value)[:MAX_HEADER]
        if "=?" not in value or len(value) > MAX_ENCODED:
            raw = value.encode("utf-8", "surrogateescape")
            return clean_text(decode_bytes(raw) if not value.isascii() else value)
        parts = decode_header(value)
    except (HeaderParseError, ValueError, LookupError, UnicodeError):
        return clean_text(str(value))
    return clean_text(
        "".join(
            decode_bytes(part, charset) if isinstance(part, bytes) else str(part)
            for part, charset in parts
        )
    )


class MailHeaders:
    """The head of a mail. ``get`` and ``get_all`` answer with text, never with an error."""

    def __init__(self, raw):
        """:param bytes raw: the mail as it came"""
        self._message = BytesHeaderParser(policy=compat32).parsebytes(raw.replace(b"\0", b""))

    def get(self, name):
        """:return: the first header of that name, decoded; empty text without any"""
        values = self.get_all(name)
        return values[0] if values else ""

    def get_all(self, name):
        """:return: list of all headers of that name, decoded and on one line"""
        return [
            re.sub(r"\s+", " ", decode_value(value)).strip()
            for value in self._message.get_all(name) or []
        ]

    def has(self, name):
        """:return: whether there is such a header, empty or not"""
        return name in self._message

    def get_addresses(self, *names):
        """:return: list of addresses in these headers, lower case, in their order"""
        words = (
            word
            for name in names
            for value in self.get_all(name)
            for word in BETWEEN.split(value.replace("=?", " =?"))
        )
        return list(dict.fromkeys(word.strip(".").lower() for word in words if "@" in word[1:-1]))

    def get_recipients(self):
        """:return: list of addresses the mail was sent or delivered to"""
        return self.get_addresses(*RECIPIENT_HEADERS)

    def get_references(self):
        """:return: list of the Message-IDs the mail answers, newest last, 32 at most as core"""
        text = " ".join((*self.get_all("References"), *self.get_all("In-Reply-To")))
        return list(dict.fromkeys(REFERENCE.findall(text)))[-32:]


def hash_mail(raw, headers):
    """Name a mail that does not name itself: the same mail delivered again gets the same (T7).

    :return: str in the form of a Message-ID
    """
    _head, _gap, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    digest = hashlib.sha256(body)
    for name in ("From", "Date", "Subject"):
        digest.update(b"\0" + headers.get(name).encode("utf-8", "replace"))
    return f"<{digest.hexdigest()}@content.invalid>"


def get_message_id(raw, headers):
    """:return: the mail's own Message-ID where it is usable, else :func:`hash_mail`"""
    named = headers.get("Message-Id").strip()
    if not named.strip("<> ") or len(named) > MAX_MESSAGE_ID:
        return hash_mail(raw, headers)
    return named
