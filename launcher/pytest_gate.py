"""Plugin for pytest: nothing may be skipped, no test or test file may be left out.

Writes its counts as JSON to the file named by ``COMPLAINT_TEST_RESULT``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest


class Gate:
    """Counts results and compares collected files with the files on disk."""

    def __init__(self) -> None:
        self.collected: set[Path] = set()
        self.expected: set[str] = set()
        self.failed: set[str] = set()
        self.passed: set[str] = set()
        self.skipped: dict[str, str] = {}
        self.broken: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember files that could not be read."""
        if report.failed:
            self.broken.append(f"{report.nodeid} could not be collected")

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Remember each test that has to run here, whatever deselects it afterwards."""
        self.expected.add(item.nodeid)

    def pytest_collection_modifyitems(self, items: list) -> None:
        """Remember which files hold tests."""
        self.collected = {item.path for item in items}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once, failed when any of its phases or subtests failed."""
        if report.failed:
            self.failed.add(report.nodeid)
        elif report.skipped:
            self.skipped[report.nodeid] = str(report.longrepr)
        elif report.when == "call":
            self.passed.add(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Judge the run and write the counts down; it is called for a run cut short, too."""
        complaints = list(self.broken)
        complaints += [f"{test} was skipped: {why}" for test, why in self.skipped.items()]
        left_out = self.expected - self.passed - self.failed - set(self.skipped)
        complaints += [f"{test} was collected, but did not run" for test in sorted(left_out)]
        left_out_rooms = set(map(Path, session.config.getoption("ignore") or ()))
        for argument in session.config.args:
            for path in sorted((Path(argument) / "tests").rglob("test_*.py")):
                # A room left out here runs on the other database (TESTED_ONCE)
                if path.resolve() not in self.collected and not left_out_rooms & {*path.parents}:
                    complaints.append(f"{path} holds no test that pytest collects")
        if complaints and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        counts = {
            "passed": len(self.passed - self.failed),
            "failed": len(self.failed),
            "complaints": complaints,
            "exitstatus": int(session.exitstatus),
        }
        if os.environ.get("COMPLAINT_TEST_RESULT"):
            Path(os.environ["COMPLAINT_TEST_RESULT"]).write_text(json.dumps(counts))


def pytest_configure(config: pytest.Config) -> None:
    """Register the gate."""
    config.pluginmanager.register(Gate(), "complaint-gate")
