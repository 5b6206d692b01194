"""PostgreSQL: the one named by the usual ``PG*`` variables, else a private cluster.

The private cluster belongs to this checkout, listens on a socket in the cache folder only,
and holds throw-away data, so it does not wait for the disk.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from . import debian, processes, python_env
from .report import Problem, output_of, run_logged, say
from .settings import CACHE, CHECKOUT_KEY, LOGS, PRIVATE, fingerprint
from .steps import build_once, locked

ROLE = "complaint"
_CLUSTER = PRIVATE / "postgresql"
_LOG = LOGS / f"postgresql-{CHECKOUT_KEY}.log"
_OPTIONS = (
    ("listen_addresses", ""),
    ("fsync", "off"),
    ("synchronous_commit", "off"),
    ("full_page_writes", "off"),
    ("max_wal_size", "2GB"),
    ("shared_buffers", "256MB"),
    ("max_connections", "200"),
)


def is_given() -> bool:
    """Whether the person brought a PostgreSQL of their own."""
    host = os.environ.get("PGHOST")
    # In a shell prepared by ``launcher env`` the variables name our own cluster.
    return bool((host and host != str(_socket_path())) or os.environ.get("PGSERVICE"))


def ensure_running() -> dict[str, str]:
    """Start the private cluster when needed; return the ``PG*`` variables to use."""
    if is_given():
        if os.environ.get("PGUSER") == "postgres":
            raise Problem("Odoo refuses the database user postgres: set PGUSER to another role")
        return {}
    binaries = programs()
    with locked(PRIVATE / "postgresql.lock"):
        if processes.alive("postgresql") is None:
            if not (_CLUSTER / "PG_VERSION").exists():
                _create_cluster(binaries)
            _start(binaries)
    path = f"{binaries}:{os.environ['PATH']}"
    return {"PGHOST": str(_socket_folder()), "PGPORT": "5432", "PGUSER": ROLE, "PATH": path}


def sql(statement: str, database: str = "postgres") -> str:
    """Run one statement and return its plain output."""
    psql = (is_given() and shutil.which("psql")) or programs() / "psql"
    return output_of(
        [psql, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement],
        "PostgreSQL refused a statement",
        env=ensure_running(),
    ).strip()


def programs() -> Path:
    """Folder of the server and client programs."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    if newest:
        return newest.parent
    if shutil.which("apt-get"):
        target = CACHE / f"postgresql-{fingerprint('debian', 2)}"
        build_once(target, "PostgreSQL from Debian's packages", lambda root: _unpack(root, target))
        return target / "bin"
    if os.geteuid() == 0:
        raise Problem("no PostgreSQL server and no apt-get: set PGHOST, or run as ordinary user")
    packaged = python_env.environment("postgresql", "postgresql")
    return next(packaged.rglob("bin/postgres")).parent


def _unpack(root: Path, target: Path) -> None:
    """Open the server's packages; wrapper scripts give each program its libraries."""
    apt = debian.own()
    # Debian's wrapper scripts and their Perl are for system-wide clusters.
    wanted = r"(postgresql(-client)?-\d+|lib(?!perl|json-|common-).*)="
    apt.unpack([name for name in apt.missing("postgresql") if re.match(wanted, name)], root)
    libraries = debian.library_path(root).replace(str(root), str(target))
    (root / "bin").mkdir()
    for program in root.glob("usr/lib/postgresql/*/bin/*"):
        real = target / program.relative_to(root)
        script = f'#!/bin/sh\nexport LD_LIBRARY_PATH="{libraries}"\nexec "{real}" "$@"\n'
        (root / "bin" / program.name).write_text(script)
        (root / "bin" / program.name).chmod(0o755)


def owner_account() -> pwd.struct_passwd | None:
    """Unprivileged account that runs the server when the launcher runs as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Problem("no account postgres or nobody to run PostgreSQL under; set PGHOST")


def as_owner() -> list[str]:
    """Command prefix: PostgreSQL refuses root, yet its files lie below root's home."""
    owner = owner_account()
    if owner is None:
        return []
    if not shutil.which("setpriv"):
        raise Problem("setpriv (util-linux) is missing: run as an ordinary user, or set PGHOST")
    return [
        *("setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"),
        # The right to pass root's folders; without the security bit access(2) ignores it.
        *("--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
        "--securebits=+no_setuid_fixup",
    ]


def _socket_path() -> Path:
    """Folder of the socket; a socket's path must fit into 107 bytes."""
    folder = PRIVATE / "run"
    if len(str(folder)) > 85:
        return Path(tempfile.gettempdir()) / f"complaint-{os.geteuid()}-{CHECKOUT_KEY}"
    return folder


def _socket_folder() -> Path:
    folder = _socket_path()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    owner = owner_account()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    return folder


def _create_cluster(binaries: Path) -> None:
    say("creating a PostgreSQL cluster for this checkout")
    shutil.rmtree(_CLUSTER, ignore_errors=True)
    _CLUSTER.mkdir(parents=True)
    _CLUSTER.chmod(0o700)
    owner = owner_account()
    if owner:
        os.chown(_CLUSTER, owner.pw_uid, owner.pw_gid)
    # A cluster interrupted while being made has no PG_VERSION at its final place.
    work = _CLUSTER / "making"
    arguments = ["-D", work, "-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    run_logged(
        [*as_owner(), binaries / "initdb", *arguments],
        _LOG,
        "PostgreSQL's initdb failed",
        cwd=_CLUSTER,
    )
    for entry in work.iterdir():
        if entry.name != "PG_VERSION":
            entry.rename(_CLUSTER / entry.name)
    (work / "PG_VERSION").rename(_CLUSTER / "PG_VERSION")
    work.rmdir()


def _start(binaries: Path) -> None:
    options = [part for name, value in _OPTIONS for part in ("-c", f"{name}={value}")]
    folder = _socket_folder()
    arguments = ["-D", str(_CLUSTER), "-k", str(folder), "-p", "5432"]
    (_CLUSTER / "postmaster.pid").unlink(missing_ok=True)
    with _LOG.open("ab") as stream:
        server = subprocess.Popen(
            [*as_owner(), str(binaries / "postgres"), *arguments, *options],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd=_CLUSTER,
            start_new_session=True,
        )
    processes.record("postgresql", server.pid, "postgres")
    ready = [binaries / "pg_isready", "-q", "-h", folder, "-p", "5432"]
    for _attempt in range(150):
        if subprocess.run([str(part) for part in ready]).returncode == 0:
            break
        if server.poll() is not None:
            raise Problem(f"PostgreSQL does not start; see {_LOG}")
        time.sleep(0.2)
    else:
        raise Problem(f"PostgreSQL does not answer after 30 s; see {_LOG}")
