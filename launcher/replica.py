"""A primary and a streaming replica of it on this machine, for as long as a measurement needs them.

Both are clusters of their own beside the checkout's: sockets only, every statement logged. They
are ended by their own process ids, and their folder is removed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import postgres
from .report import Problem, run_logged
from .settings import CHECKOUT_KEY, LOGS, PRIVATE

_LOG = LOGS / f"replica-{CHECKOUT_KEY}.log"
_OPTIONS = (
    ("listen_addresses", ""),
    ("fsync", "off"),
    ("max_connections", "100"),
    ("log_statement", "all"),
    ("log_line_prefix", "%d "),
)

_UNACCENT = "CREATE EXTENSION unaccent; ALTER FUNCTION unaccent(text) IMMUTABLE"


@dataclass
class Server:
    """One running PostgreSQL server: where its socket is, and what it logged."""

    name: str
    host: str
    port: int
    log: Path
    process: subprocess.Popen | None = None

    def get_statements(self, database: str, start: int = 0) -> tuple[list[str], int]:
        """Statements on a database logged since ``start``; and where the log ends now."""
        text = self.log.read_bytes()[start:]
        lines = text.decode(errors="replace").splitlines()
        return [line for line in lines if line.startswith(f"{database} LOG:  statement")], (
            start + len(text)
        )


@contextmanager
def pair(database: str) -> Generator[tuple[Server, Server], None, None]:
    """Primary with a copy of ``database``, and its replica, as long as the block runs."""
    folder = PRIVATE / "replica"
    sockets = Path(tempfile.mkdtemp(prefix="complaint-"))
    shutil.rmtree(folder, ignore_errors=True)
    for path in (folder, sockets):
        path.mkdir(parents=True, exist_ok=True)
        _give(path)
    servers = [
        Server(name, str(sockets), port, folder / f"{name}.log")
        for name, port in (("primary", 5501), ("replica", 5502))
    ]
    try:
        primary, replica = servers
        _create(primary, folder)
        _copy(database, primary)
        _follow(primary, replica, folder)
        yield primary, replica
    finally:
        for server in reversed(servers):
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(sockets, ignore_errors=True)


def _give(path: Path) -> None:
    """Hand a folder to the account that runs the servers."""
    path.chmod(0o700)
    owner = postgres.owner_account()
    if owner:
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _run(program: str, *arguments: str | Path, cwd: Path | None = None) -> None:
    command = [*postgres.as_owner(), postgres.programs() / program, *arguments]
    run_logged(command, _LOG, f"{program} failed", cwd=cwd)


def _create(server: Server, folder: Path) -> None:
    options = ("-U", postgres.ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    _run("initdb", "-D", folder / server.name, *options, cwd=folder)
    _start(server, folder)


def _copy(database: str, server: Server) -> None:
    """Copy a database of the checkout's cluster into a new one."""
    dump = server.log.with_name("copy.dump")
    given = postgres.ensure_running()
    programs = postgres.programs()
    run_logged(
        [programs / "pg_dump", "-Fc", "-f", dump, database], _LOG, "pg_dump failed", env=given
    )
    target = {"PGHOST": server.host, "PGPORT": str(server.port), "PGUSER": postgres.ROLE}
    for command in (
        [programs / "createdb", "-T", "template0", "--locale=C.UTF-8", database],
        # As Odoo makes it, which a dump does not carry: indexes are made with it
        [programs / "psql", "-q", "-d", database, "-c", _UNACCENT],
        [programs / "pg_restore", "-d", database, dump],
    ):
        run_logged(command, _LOG, f"{command[0].name} failed", env=target)
    dump.unlink()


def _follow(primary: Server, replica: Server, folder: Path) -> None:
    """Make a replica of what there is and stream what comes."""
    connection = ("-h", primary.host, "-p", str(primary.port), "-U", postgres.ROLE)
    data = folder / replica.name
    _run("pg_basebackup", "-D", data, "-R", "-X", "stream", "-c", "fast", *connection, cwd=folder)
    _start(replica, folder)


def _start(server: Server, folder: Path) -> None:
    options = [part for name, value in _OPTIONS for part in ("-c", f"{name}={value}")]
    place = ("-D", str(folder / server.name), "-k", server.host, "-p", str(server.port))
    with server.log.open("ab") as stream:
        server.process = subprocess.Popen(
            [*postgres.as_owner(), str(postgres.programs() / "postgres"), *place, *options],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
        )
    ready = [str(postgres.programs() / "pg_isready"), "-q", "-h", server.host]
    for _attempt in range(300):
        if subprocess.run([*ready, "-p", str(server.port)]).returncode == 0:
            return
        if server.process.poll() is not None:
            break
        time.sleep(0.2)
    raise Problem(f"the {server.name} does not start: {server.log.read_text()[-1000:]}")


def _stop(server: Server) -> None:
    """SIGINT: PostgreSQL disconnects whoever is there and ends."""
    if server.process is None or server.process.poll() is not None:
        return
    server.process.send_signal(2)
    try:
        server.process.wait(30)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait(10)
