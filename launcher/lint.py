"""``make lint`` and ``make format``: linters in an environment of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from . import node, python_env
from .report import say
from .settings import CACHE, CHECKOUT, addon_folders

# Models are re-opened by aspect on purpose; computes may call super without returning it; the
# others are ruff's, which knows tests apart.
_PYLINT_OFF = (
    "--disable=consider-merging-classes-inherited,missing-return,translation-required,"
    "attribute-string-redundant"
)


def check() -> int:
    """Run every check, each to its end; return the number of those that failed."""
    failed = [name for name, command in _checks() if not _passes(name, command)]
    print(
        "lint: " + (f"{', '.join(failed)} failed (make format mends much)" if failed else "clean")
    )
    return len(failed)


def format_all(paths: list[str]) -> int:
    """Let the tools mend what they can, everywhere or in the given files and folders."""
    ruff = str(python_env.environment("lint", "lint") / "bin" / "ruff-odoo")
    commands = []
    scripts = [path for path in paths if Path(path).is_dir() or path.endswith(".py")]
    if scripts or not paths:
        where = scripts or ["."]
        commands += [
            ("ruff", [ruff, "check", "--fix", "--quiet", "--exit-zero", *where]),
            ("ruff format", [ruff, "format", *where]),
        ]
    markup = [
        name
        for name in _files("*.xml", "*.js")
        if not paths or any(Path(name).is_relative_to(path) for path in paths)
    ]
    if markup:
        commands.append(("prettier", [*_prettier("--write", "--log-level=warn"), *markup]))
    return len([name for name, command in commands if not _passes(name, command)])


def _checks() -> list[tuple[str, list[str]]]:
    python = python_env.environment("lint", "lint") / "bin"
    addons = [str(folder) for folder in addon_folders()]
    translations = _files("*.po", "*.pot")
    scripts, markup = _files("*.js"), _files("*.xml", "*.js")
    checks = [
        ("ruff", [str(python / "ruff-odoo"), "check", "--quiet", "."]),
        (
            "ruff format",
            [str(python / "ruff-odoo"), "format", "--check", "--output-format=concise", "."],
        ),
        ("requirements", [sys.executable, "-m", "launcher.proofs"]),
    ]
    if addons:
        checks.append(("pylint-odoo", [str(python / "pylint"), _PYLINT_OFF, *addons]))
        checks.append(("oca hooks", [str(python / "oca-checks-odoo-module"), *addons]))
    if translations:
        checks.append(("oca hooks (po)", [str(python / "oca-checks-po"), *translations]))
    if markup:
        checks.append(("prettier", [*_prettier("--check", "--log-level=warn"), *markup]))
    if scripts:
        checks.append(("eslint", [str(node.lint_tools() / ".bin" / "eslint"), *scripts]))
    return checks


def _passes(name: str, command: list[str]) -> bool:
    say(name)
    cache = {"RUFF_CACHE_DIR": str(CACHE / "ruff"), "PYLINTHOME": str(CACHE / "pylint")}
    return (
        subprocess.run(
            command, cwd=CHECKOUT, env={**os.environ, **node.variables(), **cache}
        ).returncode
        == 0
    )


def _prettier(*options: str) -> list[str]:
    tools = node.lint_tools()
    plugin = tools / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    return [str(tools / ".bin" / "prettier"), f"--plugin={plugin}", *options]


def _files(*patterns: str) -> list[str]:
    """Files of the addons that match, as paths relative to the checkout."""
    found = [
        str(path.relative_to(CHECKOUT))
        for folder in addon_folders()
        for pattern in patterns
        for path in folder.rglob(pattern)
        if "lib" not in path.relative_to(folder).parts
    ]
    return sorted(found)
