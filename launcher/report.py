"""What the launcher says, and how it runs other programs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path


class Problem(Exception):
    """Something the person at the keyboard has to know, said in one line."""


def say(text: str) -> None:
    """Print progress to stderr, so that stdout stays free for results."""
    print(f"· {text}", file=sys.stderr, flush=True)


class timed:
    """Context manager announcing a long step and, at its end, how long it took."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __enter__(self) -> None:
        self.start = time.monotonic()
        say(f"{self.text} …")

    def __exit__(self, kind, value, traceback) -> None:
        if kind is None:
            say(f"{self.text}: {time.monotonic() - self.start:.0f} s")


def run_logged(
    command: Sequence[str | Path],
    log: Path,
    problem: str,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> None:
    """Run a command with its output in ``log``; raise ``problem`` when it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as stream:
        stream.write(("\n$ " + " ".join(map(str, command)) + "\n").encode())
        stream.flush()
        code = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            cwd=cwd,
        ).returncode
    if code:
        tail = log.read_text(errors="replace").splitlines()[-8:]
        print("\n".join("    " + line for line in tail), file=sys.stderr)
        raise Problem(f"{problem} (whole output: {log})")


def output_of(
    command: Sequence[str | Path],
    problem: str,
    env: Mapping[str, str] | None = None,
) -> str:
    """Return what a short command prints; raise ``problem`` when it fails."""
    result = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**os.environ, **(env or {})},
    )
    if result.returncode:
        last = (result.stderr.strip() or "no message").splitlines()[-1]
        raise Problem(f"{problem}: {last}")
    return result.stdout
