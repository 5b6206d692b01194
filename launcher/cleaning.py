"""``make clean``: removes what the launcher made, and nothing it did not."""

from __future__ import annotations

import shutil

from . import processes
from .report import Problem
from .settings import BUILD, CACHE, CHECKOUT, PRIVATE

_SHARED = ("apt", "bin", "logs", "npm", "pip", "pylint", "python", "ruff")
_VERSIONED = ("chromium", "fonts", "js", "libraries", "odoo", "postgresql")


def run(everything: bool) -> None:
    """Remove builds and databases of this checkout; on request the shared downloads too."""
    processes.stop_all()
    others = [path for path in PRIVATE.parent.glob("*") if path != PRIVATE]
    if everything and others:
        raise Problem(f"other checkouts use {CACHE}: run make clean there first")
    for folder in (BUILD, PRIVATE):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in CHECKOUT.rglob("__pycache__"):
        shutil.rmtree(folder, ignore_errors=True)
    if everything:
        for name in _SHARED:
            shutil.rmtree(CACHE / name, ignore_errors=True)
        for name in _VERSIONED:
            for path in CACHE.glob(f"{name}-*"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
