import email
import logging
from email.message import EmailMessage
from email.policy import SMTP, compat32

from .mail_headers import (
    MailHeaders,
    clean_text,
    decode_bytes,
    find_charset,
    get_message_id,
    hash_mail,
)
from .mail_nature import get_nature
from .mail_text import get_words

_logger = logging.getLogger(__name__)

# Only code of this process holds such an object: no caller's context can forge a passage (T22).
DOOR = "complaint_mail_door"
# What stands for characters core could not read.
LOST = "\ufffd"
KEPT_HEADERS = (
    "From",
    "To",
    "Cc",
    "Delivered-To",
    "Resent-To",
    "Resent-Cc",
    "Subject",
    "Date",
    "In-Reply-To",
    "References",
    "Return-Path",
    "Auto-Submitted",
    "Precedence",
)


class MailDoor:
    """One mail on its way in: what came, and what became of it.

    It travels in the context from ``mail.thread.message_process`` to the complaint, and back comes
    either ``landed`` or the reason why nothing did (``aside``): so the numbers add up (T6).
    """

    def __init__(self, raw, forced=False):
        """:param bytes raw: the mail as it came
        :param bool forced: somebody looked at it and says it is a complaint
        """
        self.raw = raw
        self.forced = forced
        # Whether it came from our own mail server, whose findings in its head may be believed
        self.trusted = False
        self.headers = MailHeaders(raw)
        self.nature = get_nature(self.headers)
        self.message_id = get_message_id(raw, self.headers)
        # ``mail.alias`` of complaints it is addressed to, once looked up
        self.aliases = None
        # Pairs of (``new`` or ``reply``, id of the complaint)
        self.landed = []
        # Key of ``KEPT_REASONS``: why nothing landed
        self.aside = None
        # Whether only the number in its subject led it into a case
        self.guessed = False
        # Whether it answers in the name of a colleague for whom nobody vouches
        self.doubtful = False
        # What broke it
        self.error = None
        # As core understood it: whom it names before we left people out, and its subject
        self.core_values = {}
        self.subject = False

    def rename(self):
        """Give the mail a name of its own: another one came under the same Message-ID."""
        self.message_id = hash_mail(self.raw, self.headers)

    # ------------------------------------------------------------
    # Broken mails
    # ------------------------------------------------------------
    @staticmethod
    def mend(message):
        """Say of each text in what character set it really is, where the mail says it wrong: core
        believes it and replaces what does not fit.

        :param message: ``EmailMessage``, changed in place
        """
        for part in message.walk():
            if part.get_content_maintype() != "text":
                continue
            content = part.get_payload(decode=True) or b""
            declared = str(part.get_param("charset") or "")
            charset = find_charset(content, declared)
            if charset != declared.lower() and not (content.isascii() and declared == "us-ascii"):
                part.set_param("charset", charset)

    def repair(self):
        """Make a readable mail of what core's parser gave up on.

        :return: ``EmailMessage`` with the text as far as it can be read, the files, and the
            original as a file
        """
        source = email.message_from_bytes(self.raw.replace(b"\0", b""), policy=compat32)
        message = EmailMessage(policy=SMTP)
        for name in KEPT_HEADERS:
            self._set_header(message, name)
        texts, htmls, files = self._sort_parts(source)
        if texts or not htmls:
            message.set_content("\n".join(texts) or "\n", charset="utf-8")
        else:
            message.set_content("".join(htmls), subtype="html", charset="utf-8")
        for name, content in [*files, ("original_mail.eml", self.raw)]:
            message.add_attachment(
                content, maintype="application", subtype="octet-stream", filename=name
            )
        return message

    def get_text(self):
        """:return: what the mail says, as plain text, as far as it can be read"""
        source = email.message_from_bytes(self.raw.replace(b"\0", b""), policy=compat32)
        texts, htmls, _files = self._sort_parts(source)
        return ("\n".join(texts) if texts else get_words("".join(htmls))).strip()

    def _set_header(self, message, name):
        value = ", ".join(filter(None, self.headers.get_all(name)))
        if not value:
            return
        try:
            message[name] = value
        except Exception:  # header parsers raise all sorts of errors on broken values
            _logger.info("Header %s of mail %s left out: unreadable", name, self.message_id)

    @staticmethod
    def _sort_parts(source):
        """:return: tuple of lists: plain texts, HTML texts, ``(name, bytes)`` of files"""
        texts, htmls, files = [], [], []
        for number, part in enumerate(source.walk()):
            if part.is_multipart():
                continue
            content = part.get_payload(decode=True) or b""
            try:
                name = clean_text(part.get_filename() or "")
            except Exception:  # see _set_header
                name = f"file_{number}"
            kind = part.get_content_type()
            if name or kind not in ("text/plain", "text/html"):
                files.append((name or f"file_{number}", content))
                continue
            charset = str(part.get_param("charset") or "")
            text = clean_text(decode_bytes(content, charset))
            (texts if kind == "text/plain" else htmls).append(text)
        return texts, htmls, files

    # ------------------------------------------------------------
    # What core made of it
    # ------------------------------------------------------------
    def clean(self, parsed):
        """Take out of a parsed mail what the database would refuse, and name it for good.

        :param dict parsed: result of ``message_parse``
        :return: the same dict
        """
        for name, value in parsed.items():
            if isinstance(value, str):
                parsed[name] = clean_text(value)
        for name, header in (("subject", "Subject"), ("email_from", "From")):
            if LOST in (parsed.get(name) or ""):
                parsed[name] = self.headers.get(header)
        self.subject = parsed.get("subject")
        parsed["message_id"] = self.message_id
        parsed["attachments"] = [self._clean_file(file) for file in parsed.get("attachments", ())]
        return parsed

    @staticmethod
    def _clean_file(file):
        name, content, info = (*file, {})[:3]
        name, info = name or "file", info or {}
        if isinstance(content, str):
            content = _encode(clean_text(content), info.get("encoding"))
        elif isinstance(content, EmailMessage):
            name = name if "." in name else f"{name}.eml"
            content = _flatten(content)
        return clean_text(name), content, info


def _encode(text, charset):
    """:return: bytes of a text file in the character set it came in, where Python knows that"""
    try:
        return text.encode(charset or "utf-8")
    except (LookupError, UnicodeError):
        return text.encode("utf-8", "replace")


def _flatten(message):
    """:return: bytes of a mail inside a mail, readable as far as it can be"""
    try:
        return message.as_bytes()
    except Exception:  # broken inner mails raise all sorts of errors
        try:
            return message.as_bytes(policy=compat32)
        except Exception:
            return "\n".join(f"{name}: {value}" for name, value in message.raw_items()).encode(
                "utf-8", "replace"
            )
