"""Reads the log of a native run: warnings and errors nobody expects fail it."""

from __future__ import annotations

import re

_LINE = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (WARNING|ERROR|CRITICAL) \S+ (.*)$", re.M)
_SKIPPED = re.compile(r": skipped (\S+) ?: (.*)$|^.*\bskipped\b.*\btest_\S+.*$", re.M)

# Messages of Odoo itself or of its environment that say nothing about the addon.
EXPECTED = tuple(
    re.compile(pattern)
    for pattern in (
        # Failed tests are counted by themselves.
        r"^odoo\.tests\.result: ",
        r"^odoo\.addons\.complaint_management\S*: (ERROR|FAIL): ",
        r"^py\.warnings: .*(pkg_resources|DeprecationWarning|PendingDeprecationWarning)",
        r"^odoo\.tools\.config: missing --http-interface/http_interface",
        # A PostgreSQL whose unaccent() is not marked immutable: slower searches, nothing else.
        r"^py\.warnings: .*PostgreSQL function 'unaccent' is present but not immutable, ",
    )
)


def unexpected(text: str) -> list[str]:
    """Log lines of level WARNING and above that no pattern expects."""
    return [
        f"{match[1]} {match[2]}"
        for match in _LINE.finditer(text)
        if not any(pattern.search(match[2]) for pattern in EXPECTED)
    ]


def skipped(text: str) -> list[str]:
    """Tests that the runner says it skipped."""
    return [match[1] or match[0] for match in _SKIPPED.finditer(text)]


def excerpt(text: str, limit: int = 150) -> str:
    """The part of a long log that tells what went wrong."""
    lines, keep = [], False
    for line in text.splitlines():
        if re.match(r"^\d{4}-\d\d-\d\d ", line):
            keep = bool(_LINE.match(line))
        if keep:
            lines.append(line)
    if not lines:
        lines = text.splitlines()[-20:]
    return "\n".join(lines[:limit])
