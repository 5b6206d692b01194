"""Node.js and npm: the machine's own, else from a Python package that carries them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from . import python_env
from .report import run_logged
from .settings import CACHE, LAUNCHER, LOGS, fingerprint
from .steps import build_once


def variables() -> dict[str, str]:
    """Variables under which ``node`` and ``npm`` are found; npm keeps to our cache."""
    path = os.environ["PATH"]
    if not (shutil.which("npm") and shutil.which("node")):
        path = f"{python_env.environment('node', 'node') / 'bin'}:{path}"
    return {"PATH": path, "npm_config_cache": str(CACHE / "npm")}


def npm(*arguments: str, folder: Path) -> None:
    """Run npm in a folder."""
    run_logged(
        ["npm", *arguments, "--no-audit", "--no-fund"],
        LOGS / "npm.log",
        f"no network, or npm {arguments[0]} failed",
        env=variables(),
        cwd=folder,
    )


def lint_tools() -> Path:
    """Folder ``node_modules`` with the packages locked in ``launcher/js``."""
    sources = [LAUNCHER / "js" / name for name in ("package.json", "package-lock.json")]

    def build(root: Path) -> None:
        for source in sources:
            shutil.copy(source, root)
        npm("ci", "--ignore-scripts", folder=root)

    target = CACHE / f"js-{fingerprint([source.read_bytes() for source in sources])}"
    return build_once(target, "JavaScript tools", build) / "node_modules"
