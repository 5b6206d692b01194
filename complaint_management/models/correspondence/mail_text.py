"""The sender's own words out of a mail: without what he quotes and how he signs (R5)."""

import re

from lxml import etree, html

from odoo.tools import html2plaintext, html_sanitize

# Beyond this a mail is a newsletter or a log; all of it stays in the chatter.
MAX_HTML = 400_000
MAX_WORDS = 20_000
FORWARDED = re.compile(
    r"^\s*((re|aw|sv)\s*:\s*)*(fwd?|wg|tr|rv|vs|i|转发|轉寄|转寄|転送)\s*[:：]", re.IGNORECASE
)
# A line after which somebody else is quoted.
QUOTED = re.compile(
    r"^\s*("
    r"-{2,}\s*(original message|original-nachricht|ursprüngliche nachricht|message d'origine|"
    r"mensaje original|messaggio originale|原始邮件|原始郵件|邮件原件|オリジナルメッセージ)\s*-{2,}"
    r"|on .{6,120} wrote:|am .{6,120} schrieb .{0,120}:|le .{6,120} a écrit\s?:"
    r"|el .{6,120} escribió:|il .{6,120} ha scritto:|.{0,60}写道[:：]|.{0,60}寫道[:：]"
    r"|_{20,}"
    r"|(\*?(from|von|de|da|发件人|寄件者|差出人)\*?\s*[:：]\s.*@.*)"
    r")\s*$",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"^--\s?$")


def get_words(body, subject=""):
    """Take the sender's own words out of the body of a mail.

    :param body: HTML as core's ``message_parse`` returns it
    :param str subject: of a forwarded mail all is kept: the customer's words are in what is quoted
    :return: plain text, at most ``MAX_WORDS`` characters
    """
    source = str(body or "")[:MAX_HTML]
    whole = _tidy(_to_text(source))
    if FORWARDED.match(subject or ""):
        return whole[:MAX_WORDS]
    own = _tidy(_cut_lines(_to_text(_without_quotes(source))))
    return (own or whole)[:MAX_WORDS]


def _to_text(source):
    """:return: plain text of HTML; what is no HTML at all is taken as it is"""
    try:
        return html2plaintext(source, include_references=False)
    except (etree.ParserError, ValueError, AssertionError):
        return re.sub(r"<[^>]*>", " ", source)


def _without_quotes(source):
    """:return: HTML without what core recognises as quoted or as a signature"""
    try:
        root = html.fromstring(f"<div>{html_sanitize(source)}</div>")
    except (etree.ParserError, ValueError):
        return source
    for node in root.xpath(".//*[@data-o-mail-quote='1']"):
        parent = node.getparent()
        if parent is not None:
            node.drop_tree()
    return html.tostring(root, encoding="unicode")


def _cut_lines(text):
    """:return: text up to the first line that begins a quotation or a signature"""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if QUOTED.match(line) or SIGNATURE.match(line):
            return "\n".join(lines[:number])
    return text


def _tidy(text):
    """:return: text without quoted lines at its end, and with one empty line at most in a row"""
    # Line by line: a pattern for the white space takes minutes over a long row of it
    text = "\n".join(line.rstrip(" \t\xa0\r") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
