"""``make test``: side by side, a native install-and-test run on a bare Odoo, and pytest-odoo on one
with the siblings' apps. Most rooms of tests run on one of them only.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import databases, log_gate, postgres, python_env, runtime
from .report import Problem, run_logged, say, timed
from .settings import (
    ADDON,
    BUILD,
    CHECKOUT,
    CHECKOUT_KEY,
    LOGS,
    TESTED_ONCE,
    TESTED_TWICE,
    addon_folders,
)

OUTPUT = BUILD / "test"
# "Starting TestX.test_y ..." of a test is logged under the name of its module.
_STARTED = re.compile(r" odoo\.addons\.(complaint_management\S*): Starting \S+\.test_")
_NATIVE = re.compile(r"odoo\.tests\.result: (\d+) failed, (\d+) error\(s\) of (\d+) tests")


def run() -> int:
    """Run everything; the last line printed counts what passed and what failed."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    # What both need is set up before they start side by side.
    runtime.environment(with_browser=True)
    names = {kind: databases.prefixed(f"test_{kind}") for kind in ("bare", "full")}
    for kind, name in names.items():
        databases.copy(databases.template(kind), name)
    with timed("all tests"), ThreadPoolExecutor() as pool:
        native = pool.submit(_native, names["bare"])
        siblings = pool.submit(_install_and_pytest, names["full"])
        outcomes = {"native": native.result(), "pytest": siblings.result()}
    complaints = [line for _counts, found in outcomes.values() for line in found]
    seen = set().union(*map(_installed, names.values()))
    complaints += [f"{name}: installed on neither database" for name in _on_disk() - seen]
    for line in complaints:
        print(f"FAILED: {line}")
    for name, ((passed, failed), _found) in outcomes.items():
        print(f"{name}: {passed} passed, {failed} failed")
    passed, failed = (
        sum(column)
        for column in zip(*(counts for counts, _found in outcomes.values()), strict=True)
    )
    print(f"{passed} passed, {failed + len(complaints)} failed")
    return 1 if failed or complaints else 0


def _native(database: str) -> tuple[tuple[int, int], list[str]]:
    """Install the addon with Odoo's own runner, which alone runs tests at install."""
    log = OUTPUT / "native.log"
    options = ["-d", database, "-i", ADDON, "--stop-after-init", "--log-level=info"]
    tags = [f"/{name}" for name in sorted(_on_disk())]
    tags += [f"-/{path.relative_to(CHECKOUT)}" for path in _files_on_full_only()]
    options += ["--test-tags", ",".join(tags)]
    with timed("native install and test run"), log.open("w") as stream:
        code = subprocess.run(
            runtime.odoo_command(*options),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, **runtime.environment(with_browser=True)},
            cwd=CHECKOUT,
        ).returncode
    text = log.read_text(errors="replace")
    complaints = [f"native run: {line}" for line in log_gate.unexpected(text)]
    complaints += _not_loaded(text, _installed(database))
    complaints += [f"native run skipped {name}" for name in log_gate.skipped(text)]
    failed = total = 0
    for match in _NATIVE.finditer(text):
        failed += int(match[1]) + int(match[2])
        total += int(match[3])
    if code and not failed:
        complaints.append(f"the native run ended with code {code}; see {log}")
    if not total:
        complaints.append("the native run found no tests")
    if code or complaints:
        print(log_gate.excerpt(text))
    return (total - failed, failed), complaints


def _install_and_pytest(database: str) -> tuple[tuple[int, int], list[str]]:
    """Install the addon beside its siblings' apps and run the tests of that database by pytest."""
    with timed(f"installing {ADDON} beside its siblings' apps"):
        options = ["-d", database, "-i", ADDON, "--stop-after-init", "--log-level=warn"]
        run_logged(
            runtime.odoo_command(*options),
            LOGS / f"test-{CHECKOUT_KEY}.log",
            f"Odoo could not install {ADDON}",
            env=runtime.environment(),
        )
    return _pytest(database, _installed(database))


def _pytest(database: str, addons: set[str]) -> tuple[tuple[int, int], list[str]]:
    """Run the tests of the installed addons with HTTP on; the gate plugin counts."""
    result = OUTPUT / "pytest.json"
    result.unlink(missing_ok=True)
    python = python_env.environment("odoo", "odoo", "test")
    command = [str(python / "bin" / "python"), "-m", "pytest", "-q", "-ra", "--durations=5"]
    command += ["-p", "launcher.pytest_gate", "-o", f"cache_dir={BUILD / 'pytest_cache'}"]
    command += ["--odoo-http", f"--odoo-database={database}", f"--odoo-config={runtime.CONFIG}"]
    command += ["--odoo-log-level=error", "--odoo-extra=http-interface=127.0.0.1"]
    command += [str(folder) for folder in addon_folders() if folder.name in addons]
    command += [f"--ignore={room}" for room in _rooms_tested_once("bare")]
    say(f"pytest-odoo on {database}")
    variables = {**runtime.environment(with_browser=True), "COMPLAINT_TEST_RESULT": str(result)}
    code = subprocess.run(command, env={**os.environ, **variables}, cwd=CHECKOUT).returncode
    return judge(result, code, f"pytest on {database}")


def judge(result: Path, code: int, run: str) -> tuple[tuple[int, int], list[str]]:
    """Counts and complaints of a pytest run; only a run that went through to its end is green.

    :param result: what the gate plugin wrote
    :param code: exit code of pytest: 0 all passed, 1 some failed, else it was cut short
    :param run: name of the run for the complaints
    """
    complaints = []
    if code not in (0, 1):
        complaints.append(f"{run} ended with code {code}")
    if not result.exists():
        return (0, 0), [*complaints, f"{run} did not finish"]
    counts = json.loads(result.read_text())
    complaints += counts["complaints"]
    if counts["exitstatus"] != code:
        complaints.append(f"{run} counted with status {counts['exitstatus']}, ended with {code}")
    if code and not counts["failed"] and not complaints:
        complaints.append(f"{run} ended with code {code}, yet no test failed")
    if not counts["passed"] + counts["failed"]:
        complaints.append(f"{run} ran no test")
    return (counts["passed"], counts["failed"]), complaints


def _installed(database: str) -> set[str]:
    """Our addons that are installed in a database."""
    rows = postgres.sql(
        f"SELECT name FROM ir_module_module WHERE state = 'installed' AND name LIKE '{ADDON}%'",
        database,
    )
    if ADDON not in rows.split():
        raise Problem(f"{ADDON} did not install in {database}; see {OUTPUT / 'native.log'}")
    return set(rows.split()) & _on_disk()


def _on_disk() -> set[str]:
    return {folder.name for folder in addon_folders()}


def test_files(folders: Iterable[Path]) -> list[Path]:
    """Test files on disk below the given folders."""
    return [path for folder in folders for path in sorted(folder.rglob("test_*.py"))]


def _rooms_tested_once(database: str) -> list[Path]:
    """Folders of tests that run on this database (``bare``, ``full``) only."""
    return [CHECKOUT / ADDON / "tests" / room for room in TESTED_ONCE[database]]


def _files_on_full_only() -> list[Path]:
    """Test files that do not run on the bare database."""
    twice = {CHECKOUT / ADDON / "tests" / name for name in TESTED_TWICE}
    return [path for path in test_files(_rooms_tested_once("full")) if path not in twice]


def _not_loaded(log: str, addons: set[str]) -> list[str]:
    """Test files the native run did not start a single test of, though it should."""
    started = set(_STARTED.findall(log))
    here, elsewhere = set(test_files(_rooms_tested_once("bare"))), set(_files_on_full_only())
    names = {
        path: ".".join(path.relative_to(CHECKOUT).with_suffix("").parts)
        for path in test_files(CHECKOUT / addon / "tests" for addon in sorted(addons))
    }
    return [
        f"{path.relative_to(CHECKOUT)} was not loaded by the native run"
        for path, name in names.items()
        # Tests for siblings' apps run by pytest only, where those apps are.
        if name not in started
        and path not in elsewhere
        and (path in here or '"-standard"' not in path.read_text())
    ]
