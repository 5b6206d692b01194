"""Processes this checkout started: remembered by id and start time, ended by id only."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from pathlib import Path

from .report import Problem, say
from .settings import PRIVATE

_FOLDER = PRIVATE / "processes"


def record(name: str, pid: int, program: str) -> None:
    """Remember a process started here; ``program`` must occur in its command line."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    entry = {"pid": pid, "started": _start_time(pid), "program": program}
    (_FOLDER / f"{name}.json").write_text(json.dumps(entry))


def forget(name: str) -> None:
    """Drop the note about a process that ended by itself."""
    (_FOLDER / f"{name}.json").unlink(missing_ok=True)


def alive(name: str) -> int | None:
    """Id of a recorded process, when it is still the same one."""
    try:
        entry = json.loads((_FOLDER / f"{name}.json").read_text())
        pid = int(entry["pid"])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except (OSError, ValueError, KeyError):
        return None
    same = entry["started"] == _start_time(pid) and entry["program"] in command
    return pid if same else None


def stop_all() -> list[str]:
    """End every recorded process that is still ours; PostgreSQL last."""
    names = sorted(path.stem for path in _FOLDER.glob("*.json"))
    names.sort(key=lambda name: name == "postgresql")
    stopped = []
    for name in names:
        pid = alive(name)
        if pid is not None:
            _end(name, pid)
            stopped.append(f"{name} ({pid})")
        forget(name)
    return stopped


def free_port(preferred: int = 0) -> int:
    """A free TCP port on 127.0.0.1, the preferred one if possible."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            # Connections of a server that has just ended take no port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise Problem("no free TCP port on 127.0.0.1")


def _end(name: str, pid: int) -> None:
    # SIGINT makes PostgreSQL disconnect its clients and Odoo shut down in order.
    for number, patience in ((signal.SIGINT, 15), (signal.SIGKILL, 5)):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        for _attempt in range(patience * 10):
            if alive(name) is None:
                return
            time.sleep(0.1)
        say(f"{name} ({pid}) does not end on {number.name}")


def _start_time(pid: int) -> str:
    """Start time of a process in clock ticks since boot: tells a reused id apart."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    state, *rest = text.rpartition(")")[2].split()
    return "" if state == "Z" else rest[18]
