"""Who wrote a mail: a person, a list, a machine; whether the sender is who he says (T5, T8)."""

import re

PERSON = "person"
# A person wrote it, and it came through a list or with the wish not to be answered.
UNANSWERED = "unanswered"
# A program wrote it by itself: newsletters, notices of portals.
MACHINE = "machine"
# A program answered or reports: out of office, read receipts, bounces.
REPLY = "reply"

SAYS_ABSENCE = re.compile(
    r"^\s*(automatic reply|auto(-| )?reply|autoreply|out of (the )?office|autosvar|"
    r"automatische antwort|abwesenheitsnotiz|abwesend|réponse automatique|absence du bureau|"
    r"respuesta automática|fuera de la oficina|risposta automatica|fuori sede|resposta automática|"
    r"automatisch antwoord|afwezig|自动回复|自動回覆|自動回復|自動返信|不在通知|"
    r"자동 ?회신)\b[:：]?",
    re.IGNORECASE,
)
PASS = re.compile(r"(dmarc|dkim|spf)\s*=\s*pass(?!\S)", re.IGNORECASE)
DKIM_DOMAIN = re.compile(r"header\.(?:d|i)\s*=\s*\"?(?:[^\s;\"@]*@)?([^\s;\"]+)", re.IGNORECASE)
SPF_DOMAIN = re.compile(r"smtp\.mailfrom\s*=\s*\"?(?:[^\s;\"@]*@)?([^\s;\"]+)", re.IGNORECASE)


def get_nature(headers):
    """Sort a mail by who wrote it (RFC 3834, RFC 2919, RFC 3464, and what Exchange does).

    :param headers: ``MailHeaders``
    :return: ``PERSON``, ``UNANSWERED``, ``MACHINE`` or ``REPLY``
    """
    submitted = headers.get("Auto-Submitted").split(";")[0].strip().lower() or "no"
    precedence = headers.get("Precedence").lower()
    kind = headers.get("Content-Type").lower()
    returns_nowhere = headers.has("Return-Path") and headers.get("Return-Path").strip() in (
        "",
        "<>",
    )
    if (
        submitted.startswith("auto-replied")
        or precedence == "auto_reply"
        or any(headers.get(name) for name in ("X-Autoreply", "X-Autorespond"))
        or kind.startswith("multipart/report")
        or returns_nowhere
    ):
        return REPLY
    if submitted != "no" or precedence in ("bulk", "junk"):
        return MACHINE
    if SAYS_ABSENCE.match(headers.get("Subject")):
        return MACHINE
    if (
        precedence == "list"
        or headers.has("List-Id")
        or headers.has("List-Unsubscribe")
        or headers.has("X-Auto-Response-Suppress")
    ):
        return UNANSWERED
    return PERSON


def is_sender_verified(headers, authserv_id, address):
    """Whether our own mail server found that the mail comes from the domain in its From (RFC 8601).

    Only the topmost header of the server we trust counts: a sender can write others himself.

    :param str authserv_id: the name our server signs with; empty: nobody is verified
    :param str address: normalised address of the From header
    """
    domain = (address or "").rpartition("@")[2].lower()
    if not authserv_id or not domain or len(headers.get_all("From")) != 1:
        return False
    for value in headers.get_all("Authentication-Results"):
        named, _semicolon, results = value.partition(";")
        if (named.split() or [""])[0].lower() == authserv_id.strip().lower():
            return _has_passed(results, domain)
    return False


def _has_passed(results, domain):
    """:return: whether DMARC passed, or DKIM or SPF did for the domain of the sender"""
    for result in _strip_comments(results).split(";"):
        method = PASS.match(result.strip())
        if not method:
            continue
        name = method[1].lower()
        if name == "dmarc":
            said = re.search(r"header\.from\s*=\s*\"?(?:[^\s;\"@]*@)?([^\s;\"]+)", result, re.I)
            if not said or _is_aligned(said[1], domain):
                return True
        else:
            said = (DKIM_DOMAIN if name == "dkim" else SPF_DOMAIN).search(result)
            if said and _is_aligned(said[1], domain):
                return True
    return False


def _strip_comments(text):
    """Take out what a sender has a hand in: comments, which may stand in each other, and in quoted
    addresses whatever separates results (RFC 8601 allows both).

    :return: ``text`` without them; nothing where brackets or quotes do not close
    """
    kept, depth, quoted, escaped = [], 0, False, False
    for char in text:
        if escaped or char == "\\":
            escaped = not escaped
        elif char == '"' and not depth:
            quoted = not quoted
        elif quoted:
            kept.append(char if char.isalnum() or char in "@._-" else "_")
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            kept.append(" ")
        elif not depth:
            kept.append(char)
        if depth < 0:
            return ""
    return "" if depth or quoted else "".join(kept)


def _is_aligned(signed, domain):
    """:return: whether the signing domain is the sender's, or one above it"""
    signed = signed.strip(".").lower()
    return "." in signed and (domain == signed or domain.endswith(f".{signed}"))
