"""One engineer's loop: a fresh copy of a template, the addon installed, some tests run."""

from __future__ import annotations

import argparse

from . import databases, runtime
from .settings import ADDON


def run(arguments: argparse.Namespace) -> int:
    """Install the addon into a copied database (or update it there) and run tests."""
    switch = "-u"
    if not arguments.update or not databases.exists(arguments.name):
        databases.copy(databases.template(arguments.template), arguments.name)
        switch = "-i"
    options = ["-d", arguments.name, switch, ADDON, "--stop-after-init"]
    options += [f"--log-level={arguments.log_level}"]
    if not arguments.no_tests:
        options += ["--test-tags", arguments.tags or f"/{ADDON}"]
    options += arguments.rest
    return runtime.run_odoo(*options, with_browser=not arguments.no_tests)
