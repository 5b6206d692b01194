"""``make demo``: a database with demo data, the story played in it, PDFs, a running server."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path

from . import databases, odoo, postgres, processes, runtime
from .report import Problem, run_logged, say, timed
from .settings import ADDON, BUILD, CHECKOUT, CHECKOUT_KEY, LOGS, addon_files, fingerprint

OUTPUT = BUILD / "demo"
STORY = CHECKOUT / "demo" / "story.py"
_LOG = LOGS / f"demo-{CHECKOUT_KEY}.log"


def run(serve: bool) -> int:
    """Prepare the demo, print where everything is, and serve it until stopped."""
    if processes.alive("demo"):
        raise Problem(f"the demo already runs at {_address_file()}; make stop ends it")
    name = databases.prefixed("demo")
    port = _port()
    address = f"http://127.0.0.1:{port}"
    _LOG.unlink(missing_ok=True)
    fresh = _prepare(name)
    if serve or fresh or not _documents():
        server = _start_server(name, port, address)
        try:
            if fresh or not _documents():
                _play(name, address)
                databases.note(name, _print_of())
            _tell(address if serve else None)
            if serve:
                print("Ctrl-C or make stop ends it.", flush=True)
                server.wait()
        except KeyboardInterrupt:
            say("stopping")
        finally:
            _end(server)
    else:
        _tell(None)
    return 0


def _prepare(name: str) -> bool:
    """Have the demo database ready; tell whether it is new, without the story yet."""
    if databases.noted(name) == _print_of():
        return False
    databases.copy(_with_addon(), name)
    shutil.rmtree(OUTPUT, ignore_errors=True)
    return True


def _with_addon() -> str:
    """Template database: a shop with demo data and this addon with its own."""
    name = databases.prefixed("tpl_demo_addon")
    print_of = fingerprint(odoo.version(), addon_files())
    if databases.noted(name) == print_of:
        return name
    base = databases.template("demo")
    with timed(f"installing {ADDON} with demo data"):
        databases.copy(base, name)
        options = ["-d", name, "-i", ADDON, "--with-demo", "--stop-after-init"]
        run_logged(
            runtime.odoo_command(*options, "--log-level=warn"),
            _LOG,
            f"Odoo could not install {ADDON}",
            env=runtime.environment(),
        )
        databases.note(name, print_of)
    return name


def _print_of() -> str:
    story = [path.read_bytes() for path in sorted(STORY.parent.rglob("*.*")) if path.is_file()]
    return fingerprint(odoo.version(), addon_files(), story)


def _port() -> int:
    """Port 8069 when free; ``PORT`` is taken literally."""
    wanted = int(os.environ.get("PORT") or 0)
    port = processes.free_port(wanted or 8069)
    if wanted and port != wanted:
        raise Problem(f"port {wanted} is taken; leave PORT away and a free one is used")
    return port


def _start_server(name: str, port: int, address: str) -> subprocess.Popen:
    """Start Odoo on the demo database and wait until it answers."""
    # wkhtmltopdf fetches a document's style sheets from this address; a busy machine may take its
    # time for the demo's documents.
    postgres.sql(
        "INSERT INTO ir_config_parameter (key, value) VALUES"
        f" ('report.url', '{address}'), ('web.base.url', '{address}'),"
        " ('complaint_management.document_seconds', '60')"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        name,
    )
    command = runtime.odoo_command("-d", name, f"--db-filter=^{name}$", "--max-cron-threads=1")
    command = [f"--http-port={port}" if "--http-port" in part else part for part in command]
    with _LOG.open("ab") as stream:
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, **runtime.environment()},
            cwd=CHECKOUT,
            start_new_session=True,
        )
    processes.record("demo", server.pid, "odoo")
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / "address.txt").write_text(address + "\n")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _attempt in range(240):
        if server.poll() is not None:
            raise Problem(f"Odoo does not start; see {_LOG}")
        try:
            opener.open(f"{address}/web/health", timeout=5).close()
            return server
        except OSError:
            time.sleep(0.25)
    _end(server)
    raise Problem(f"Odoo does not answer after 60 s; see {_LOG}")


def _play(name: str, address: str) -> None:
    """Run ``demo/story.py`` with ``env`` at hand; it writes into ``COMPLAINT_DEMO_DIR``."""
    if not STORY.exists():
        say("no demo/story.py yet: nothing is played")
        return
    script = (
        f"__file__ = {str(STORY)!r}\n"
        "exec(compile(open(__file__, encoding='utf-8').read(), __file__, 'exec'))\n"
        "env.cr.commit()\n"
    )
    command = runtime.odoo_command("-d", name, "--no-http", "--log-level=warn")
    command.insert(command.index("odoo") + 1, "shell")
    places = {"COMPLAINT_DEMO_DIR": str(OUTPUT), "COMPLAINT_DEMO_URL": address}
    with timed("playing the story"):
        code = subprocess.run(
            command,
            input=script,
            text=True,
            env={**os.environ, **runtime.environment(), **places},
            cwd=CHECKOUT,
        ).returncode
    if code:
        raise Problem("the story stopped with an error, see above")


def _tell(address: str | None) -> None:
    """Print address, logins and documents."""
    logins = OUTPUT / "logins.txt"
    if address:
        print(f"\nOdoo with complaints:  {address}")
    print("Logins:")
    text = logins.read_text() if logins.exists() else "admin / admin"
    print("\n".join("  " + line for line in text.strip().splitlines()))
    print("Documents:")
    for path in _documents():
        print(f"  {path.relative_to(CHECKOUT)}")


def _documents() -> list[Path]:
    return sorted(path for path in OUTPUT.rglob("*") if path.suffix in (".pdf", ".xlsx", ".docx"))


def _address_file() -> str:
    path = OUTPUT / "address.txt"
    return path.read_text().strip() if path.exists() else "127.0.0.1"


def _end(server: subprocess.Popen) -> None:
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
    processes.forget("demo")
