"""Heads of odd mails, as they are met in the wild; see ``mail_corpus``."""

from .mail_common import ADDRESS

TO = f"To: {ADDRESS}".encode()
FROM = b"From: Hanna <hanna@harbour-hotel.example.com>"
DATE = b"Date: Fri, 27 Nov 2026 10:00:00 +0000"
SUBJECT = b"Subject: Torn napkins"

# name: lines of the head; ``%d`` in a Message-ID is replaced by a number of its own
HEADS = {
    "usual": (FROM, TO, SUBJECT, DATE, b"Message-Id: <%d@a.example.com>"),
    "without a name": (FROM, TO, SUBJECT, DATE, b"X-Number: %d"),
    "long name": (FROM, TO, SUBJECT, DATE, b"Message-Id: <%d" + b"x" * 3000 + b"@a.example.com>"),
    "empty from": (b"From: ", TO, SUBJECT, DATE, b"Message-Id: <%d@b.example.com>"),
    "no from": (TO, SUBJECT, DATE, b"Message-Id: <%d@c.example.com>"),
    "from without at": (b"From: postmaster", TO, SUBJECT, b"Message-Id: <%d@d.example.com>"),
    "two senders": (
        b"From: a@x.example.org, Hanna <hanna@harbour-hotel.example.com>",
        TO,
        SUBJECT,
        b"Message-Id: <%d@e.example.com>",
    ),
    "from in 8 bit": (
        "From: 王小明 <wang@x.example.org>".encode("gb18030"),
        TO,
        SUBJECT,
        b"Message-Id: <%d@f.example.com>",
    ),
    "encoded from": (
        b"From: =?gb2312?B?zfXQocP3?= <wang@x.example.org>",
        TO,
        SUBJECT,
        b"Message-Id: <%d@g.example.com>",
    ),
    "unclosed quotes": (
        b'From: "Hanna <hanna@harbour-hotel.example.com>',
        TO,
        SUBJECT,
        b"Message-Id: <%d@h.example.com>",
    ),
    "big5 subject": (FROM, TO, b"Subject: =?big5?B?r8igzA==?=", b"Message-Id: <%d@i.example.com>"),
    "japanese subject": (
        FROM,
        TO,
        b"Subject: =?ISO-2022-JP?B?GyRCJUolVyUtJXMbKEI=?=",
        b"Message-Id: <%d@j.example.com>",
    ),
    "8 bit subject": (
        FROM,
        TO,
        "Subject: 纸巾破了".encode("gb18030"),
        b"Message-Id: <%d@k.example.com>",
    ),
    "subject of unknown charset": (
        FROM,
        TO,
        b"Subject: =?x-none?Q?Torn=FF?=",
        b"Message-Id: <%d@l.example.com>",
    ),
    "empty words of unknown charset": (
        b"From: =?x-none?Q??= <hanna@harbour-hotel.example.com>",
        TO,
        b"Subject: =?x-none?Q??= Torn",
        b"Message-Id: <%d@ab.example.com>",
    ),
    "broken subject": (FROM, TO, b"Subject: =?utf-8?B?5*?= =?", b"Message-Id: <%d@m.example.com>"),
    "endless subject": (
        FROM,
        TO,
        b"Subject: " + b"torn " * 1500,
        b"Message-Id: <%d@n.example.com>",
    ),
    "zero in subject": (FROM, TO, b"Subject: Torn\0 napkins", b"Message-Id: <%d@o.example.com>"),
    "right to left": (
        FROM,
        TO,
        "Subject: \u202eמפיות\u202c 🧻".encode(),
        b"Message-Id: <%d@p.example.com>",
    ),
    "no subject": (FROM, TO, b"Message-Id: <%d@q.example.com>"),
    "bad date": (FROM, TO, SUBJECT, b"Date: 99 Foo 9999 99:99", b"Message-Id: <%d@r.example.com>"),
    "far date": (
        FROM,
        TO,
        SUBJECT,
        b"Date: Fri, 31 Dec 9999 23:59:59 -1400",
        b"Message-Id: <%d@s.example.com>",
    ),
    "delivered only": (
        FROM,
        b"To: undisclosed-recipients:;",
        f"Delivered-To: {ADDRESS}".encode(),
        SUBJECT,
        b"Message-Id: <%d@t.example.com>",
    ),
    "in copy only": (
        FROM,
        b"To: somebody@elsewhere.example.org",
        f"Cc: Complaints <{ADDRESS.upper()}>".encode(),
        SUBJECT,
        b"Message-Id: <%d@u.example.com>",
    ),
    "rubbish references": (
        FROM,
        TO,
        SUBJECT,
        b"References: <> <a <b@c> " + b"<x@y.example.com> " * 300,
        b"In-Reply-To: nonsense",
        b"Message-Id: <%d@v.example.com>",
    ),
    "zero in references": (
        FROM,
        TO,
        SUBJECT,
        b"In-Reply-To: <a\0b@c.example.com>",
        b"Message-Id: <%d@w.example.com>",
    ),
    "line without colon": (FROM, TO, SUBJECT, b"nonsense", b"Message-Id: <%d@x.example.com>"),
    "two of everything": (
        FROM,
        FROM,
        TO,
        SUBJECT,
        SUBJECT,
        b"Message-Id: <%d@y.example.com>",
        b"Message-Id: <second-%d@y.example.com>",
    ),
    "unbracketed name": (FROM, TO, SUBJECT, b"Message-Id: %d.z.example.com"),
    "name with brackets": (FROM, TO, SUBJECT, b"Message-Id: <[%d]@z.example.com>"),
    "returned to": (
        FROM,
        TO,
        SUBJECT,
        b"Return-Path: <hanna@harbour-hotel.example.com>",
        b"Message-Id: <%d@aa.example.com>",
    ),
}
