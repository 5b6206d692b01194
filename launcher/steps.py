"""Cached steps: built once, under a lock, and picked up again after an interruption."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

from .report import Problem, say, timed
from .settings import CACHE, DISK_NEEDED_GB

_STAMP = ".complete"


@contextlib.contextmanager
def locked(path: Path) -> Generator[None]:
    """Hold an exclusive lock on a file; a second launcher waits and says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another launcher ({path.name})")
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def build_once(
    target: Path, what: str, build: Callable[[Path], None], in_place: bool = False
) -> Path:
    """Return ``target``, building it first when it is not complete.

    The folder is built beside its place and renamed at the end, so a half-built one is
    never used. ``in_place`` is for folders which cannot be moved (virtual environments):
    those are started afresh until their stamp is there.
    """
    if (target / _STAMP).exists():
        return target
    with locked(target.with_name(target.name + ".lock")):
        if (target / _STAMP).exists():
            return target
        check_disk()
        work = target if in_place else target.with_name(target.name + ".partial")
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        with timed(what):
            build(work)
        (work / _STAMP).touch()
        if work != target:
            shutil.rmtree(target, ignore_errors=True)
            work.rename(target)
    return target


def check_disk() -> None:
    """Refuse to start a download on a nearly full disk."""
    try:
        CACHE.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"cannot write to the cache folder {CACHE}: {error.strerror}") from error
    free = shutil.disk_usage(CACHE).free / 1e9
    # Roughly half of the space is needed at once; the rest is databases and browsers.
    if free < DISK_NEEDED_GB:
        raise Problem(f"{CACHE} has {free:.1f} GB free; {DISK_NEEDED_GB} GB are needed")
