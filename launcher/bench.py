"""``make bench``: runs the measurements in ``bench/`` on a fresh database."""

from __future__ import annotations

import os
import subprocess

from . import databases, runtime
from .report import run_logged, say
from .settings import ADDON, CHECKOUT, CHECKOUT_KEY, LOGS


def run(only: str | None) -> int:
    """Play each ``bench/bench_*.py`` through ``odoo shell``; it finds ``env`` ready."""
    scripts = sorted((CHECKOUT / "bench").glob("bench_*.py"))
    scripts = [path for path in scripts if not only or only in path.name]
    if not scripts:
        print("no measurements in bench/ yet")
        return 0
    name = databases.prefixed("bench")
    databases.copy(databases.template("bare"), name)
    options = ["-d", name, "-i", ADDON, "--stop-after-init", "--log-level=warn"]
    run_logged(
        runtime.odoo_command(*options),
        LOGS / f"bench-{CHECKOUT_KEY}.log",
        f"Odoo could not install {ADDON}",
        env=runtime.environment(),
    )
    failed = 0
    for path in scripts:
        say(path.name)
        command = runtime.odoo_command("-d", name, "--no-http", "--log-level=warn")
        command.insert(command.index("odoo") + 1, "shell")
        env = {**os.environ, **runtime.environment()}
        with path.open() as script:
            failed += bool(subprocess.run(command, stdin=script, env=env, cwd=CHECKOUT).returncode)
    return failed
