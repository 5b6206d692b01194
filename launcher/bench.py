"""``make bench``: runs the measurements in ``bench/``, each group on a fresh database."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from . import databases, odoo, python_env, runtime
from .report import Problem, run_logged, say
from .settings import ADDON, CHECKOUT, CHECKOUT_KEY, LOGS

# Measurements beside other houses' addons: these modules, pinned by the lock file "peers". They are
# installed into a database of the measurement only.
PEERS = {"bench_million.py": ("helpdesk_mgmt", "crm_claim")}


def run(only: str | None) -> int:
    """Play each ``bench/bench_*.py`` through ``odoo shell``; it finds ``env`` ready."""
    scripts = sorted((CHECKOUT / "bench").glob("bench_*.py"))
    scripts = [path for path in scripts if not only or only in path.name]
    if not scripts:
        print("no measurements in bench/ yet")
        return 0
    alone = [path for path in scripts if path.name not in PEERS]
    failed = _play(alone, "bench", ()) if alone else 0
    for path in scripts:
        if path.name in PEERS:
            failed += _play([path], path.stem, PEERS[path.name])
    return failed


def _play(scripts: list[Path], database: str, peers: tuple[str, ...]) -> int:
    """Prepare a database and play scripts in it; return how many failed."""
    name = databases.prefixed(database)
    options = ["-d", name, "--log-level=warn", *_addons_option(peers)]
    if not (os.environ.get("COMPLAINT_BENCH_KEEP") and databases.exists(name)):
        _prepare(name, options, (ADDON, *peers))
    failed = 0
    for path in scripts:
        say(path.name)
        command = runtime.odoo_command(*options, "--no-http")
        command.insert(command.index("odoo") + 1, "shell")
        env = {**os.environ, **runtime.environment()}
        with path.open() as script:
            failed += bool(subprocess.run(command, stdin=script, env=env, cwd=CHECKOUT).returncode)
    return failed


def _prepare(name: str, options: list[str], modules: tuple[str, ...]) -> None:
    databases.copy(databases.template("bare"), name)
    run_logged(
        runtime.odoo_command(*options, "-i", ",".join(modules), "--stop-after-init"),
        LOGS / f"bench-{CHECKOUT_KEY}.log",
        f"Odoo could not install {', '.join(modules)}",
        env=runtime.environment(),
    )


def _addons_option(peers: tuple[str, ...]) -> list[str]:
    """Where Odoo finds the peers beside everything else; nothing without peers."""
    if not peers:
        return []
    packages = python_env.environment("peers", "peers")
    folder = next(packages.glob(f"lib/python*/site-packages/odoo/addons/{peers[0]}"), None)
    if folder is None:
        raise Problem(f"{peers[0]} is not among the packages of peers.txt")
    folders = [*odoo.addons_paths(), CHECKOUT, folder.parent]
    return [f"--addons-path={','.join(map(str, folders))}"]
