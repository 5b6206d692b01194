"""Odd mails as bytes, made of heads and bodies as they are met in the wild, and some by hand.

Each head is put on several bodies; every mail goes to the address of the test team. What a body
says where it can be read at all stands beside it.
"""

import base64

from .mail_common import PHOTO
from .mail_corpus_heads import HEADS

PLAIN = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"


def _text(charset, text, kind="plain", declared=None):
    """A text body in a character set, in base64."""
    content = base64.encodebytes(text.encode(charset))
    head = f'Content-Type: text/{kind}; charset="{declared or charset}"\r\n'.encode()
    return head + b"Content-Transfer-Encoding: base64\r\n\r\n" + content


def _raw(head, content):
    return head.encode() + b"\r\n\r\n" + content


def _mixed(*parts, boundary="b", close=True, kind="mixed"):
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    lines = b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts)
    return head.encode() + lines + (f"--{boundary}--\r\n".encode() if close else b"")


def _file(name, content, kind="application/octet-stream", extra=""):
    head = f'Content-Type: {kind}; name="{name}"\r\nContent-Disposition: attachment; '
    head += f'filename="{name}"\r\nContent-Transfer-Encoding: base64\r\n{extra}\r\n'
    return head.encode("utf-8") + base64.encodebytes(content)


INNER = b"From: guest@example.org\r\nSubject: Inner\r\n\r\nThe soup was cold."
INVITE = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR"

# name: (body with its own headers, words it must yield or None)
BODIES = {
    "plain": (PLAIN + "The napkins are torn. ✓".encode(), "The napkins are torn. ✓"),
    "emoji": (_text("utf-8", "破损 😡🧻 \u200fשלום\u200e"), "😡🧻"),
    "gb18030": (_text("gb18030", "纸巾破了，请处理。"), "纸巾破了"),
    "gb2312 that is gbk": (_text("gbk", "鎔金紙巾破了", declared="gb2312"), "鎔金"),
    "big5": (_text("big5", "紙巾破了，請處理。"), "紙巾破了"),
    "iso-2022-jp": (_text("iso-2022-jp", "ナプキンが破れています。"), "ナプキン"),
    "shift_jis": (_text("shift_jis", "ナプキンが破れています。"), "ナプキン"),
    "euc-kr": (_text("euc-kr", "냅킨이 찢어졌습니다."), "냅킨"),
    "koi8-r": (_text("koi8-r", "Салфетки порваны."), "Салфетки"),
    "hebrew": (_text("iso-8859-8", "המפיות קרועות", declared="iso-8859-8-i"), "המפיות"),
    "arabic html": (_text("utf-8", "<p dir='rtl'>المناديل ممزقة</p>", "html"), "المناديل"),
    "unknown charset": (_text("utf-8", "Torn, 破了", declared="x-nobody-knows"), "破了"),
    "charset of nonsense": (_text("utf-8", "Torn, 破了", declared="=?;:"), "Torn"),
    "lying charset": (_text("gbk", "纸巾破了很多", declared="utf-8"), None),
    "8bit without charset": (_raw("Content-Type: text/plain", "纸巾破了".encode()), "纸巾破了"),
    "nothing in an unknown charset": (_text("utf-8", "", declared="x-nobody-knows"), None),
    "no content type": (b"\r\nThe napkins are torn.", "The napkins are torn."),
    "nothing at all": (b"", None),
    "white space": (PLAIN + b" \r\n \r\n", None),
    "zero bytes": (PLAIN + b"Torn\0 nap\0kins", "Torn napkins"),
    "broken base64": (
        _raw("Content-Type: text/plain\r\nContent-Transfer-Encoding: base64", b"VG9y=bg!!=\r\n==="),
        None,
    ),
    "broken quoted": (
        _raw(
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable",
            b"Torn =ZZ=E7=BA=B8 =",
        ),
        "Torn",
    ),
    "unknown encoding": (
        _raw("Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uue", b"Torn"),
        None,
    ),
    "one long line": (PLAIN + b"torn " * 60_000, "torn"),
    "html soup": (
        _text("utf-8", "<div><p>Torn<table></div><b>nap<i>kins</b>", "html"),
        "Torn",
    ),
    "script": (_text("utf-8", "<script>alert(1)</script><p>Torn</p>", "html"), "Torn"),
    "html comment": (_text("utf-8", "<!-- nothing -->", "html"), None),
    "xhtml": (
        _text("utf-8", '<?xml version="1.0" encoding="utf-8"?><html>Torn</html>', "html"),
        "Torn",
    ),
    "invite": (_raw("Content-Type: text/calendar; method=REQUEST", INVITE), None),
    "invite beside": (
        _mixed(PLAIN + b"Come and see.", _raw("Content-Type: text/calendar", INVITE)),
        "Come and see.",
    ),
    "mail inside": (
        _mixed(PLAIN + b"See below.", _raw("Content-Type: message/rfc822", INNER)),
        "See below.",
    ),
    "broken mail inside": (
        _mixed(
            PLAIN + b"See below.",
            _raw(
                "Content-Type: message/rfc822",
                "Sübject: ü\r\nContent-Type: text/plain; charset=none\r\n\r\n".encode()
                + bytes(range(128, 256)),
            ),
        ),
        "See below.",
    ),
    "winmail": (
        _mixed(PLAIN + b"Torn.", _file("winmail.dat", b"\x78\x9f\x3e\x22", "application/ms-tnef")),
        "Torn.",
    ),
    "photo": (_mixed(PLAIN + b"Torn.", _file("tear.png", PHOTO, "image/png")), "Torn."),
    "file without a name": (
        _mixed(PLAIN + b"Torn.", _raw("Content-Type: image/png", PHOTO)),
        "Torn.",
    ),
    "file with a path": (
        _mixed(PLAIN + b"Torn.", _file("..\\..\\..\\etc/passwd.png", PHOTO, "image/png")),
        "Torn.",
    ),
    "file named in chinese": (
        _mixed(PLAIN + b"Torn.", _file("破损照片.png", PHOTO, "image/png")),
        "Torn.",
    ),
    "file of text in unknown charset": (
        _mixed(
            PLAIN + b"Torn.",
            _file("list.csv", "编号;数量".encode("gbk"), "text/csv; charset=x-none"),
        ),
        "Torn.",
    ),
    "type of two slashes": (
        _mixed(PLAIN + b"Torn.", _file("a.bin", b"abc", "a/b/c")),
        "Torn.",
    ),
    "star type": (_mixed(PLAIN + b"Torn.", _file("a.bin", b"abc", "*/*")), "Torn."),
    "alternative": (
        _mixed(PLAIN + b"Torn plain.", _text("utf-8", "<p>Torn html.</p>", "html"),
               kind="alternative"),
        "Torn html.",
    ),
    "not closed": (_mixed(PLAIN + b"Torn.", close=False), "Torn."),
    "no boundary": (_raw("Content-Type: multipart/mixed", b"--b\r\n\r\nTorn.\r\n--b--"), None),
    "other boundary": (
        _raw('Content-Type: multipart/mixed; boundary="x"', b"--y\r\n\r\nTorn.\r\n--y--"),
        None,
    ),
    "empty multipart": (_raw('Content-Type: multipart/mixed; boundary="x"', b"--x--"), None),
    "deep": (
        _mixed(_mixed(_mixed(_mixed(PLAIN + b"Torn.", boundary="4"), boundary="3"), boundary="2")),
        "Torn.",
    ),
    "signed": (
        _mixed(
            PLAIN + b"Torn.",
            _file("smime.p7s", b"\x30\x80", "application/pkcs7-signature"),
            kind="signed",
        ),
        "Torn.",
    ),
}  # fmt: skip

# How many bodies each head gets, beside every body with the usual head.
EACH = 6


def build():
    """:return: iterable of (name, mail as bytes, words it must yield or None)"""
    names = list(BODIES)
    number = 0
    for name in names:
        number += 1
        yield f"usual / {name}", _put_together("usual", name, number), BODIES[name][1]
    for place, head in enumerate(HEADS):
        for step in range(EACH):
            name = names[(place * 7 + step * 11) % len(names)]
            number += 1
            yield f"{head} / {name}", _put_together(head, name, number), None


def _put_together(head, body, number):
    lines = b"\r\n".join(HEADS[head]).replace(b"%d", str(number).encode())
    return lines + b"\r\n" + BODIES[body][0]
