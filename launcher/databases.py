"""Template databases with the dependencies installed, and quick copies of them."""

from __future__ import annotations

import shutil

from . import odoo, postgres, runtime
from .report import run_logged, timed
from .settings import CHECKOUT_KEY, LOGS, PRIVATE, TEMPLATES, fingerprint
from .steps import locked


def template(kind: str) -> str:
    """Name of the template database ``kind``, built first when missing or outdated."""
    modules, demo = TEMPLATES[kind]
    name = prefixed(f"tpl_{kind}")
    print_of = fingerprint(modules, demo, odoo.version())
    with locked(PRIVATE / f"{name}.lock"):
        if noted(name) == print_of:
            return name
        with timed(f"template database {name} ({', '.join(modules)})"):
            drop(name)
            options = ["-d", name, "-i", ",".join(modules), "--stop-after-init"]
            options += ["--with-demo"] if demo else []
            run_logged(
                runtime.odoo_command(*options, "--log-level=warn"),
                LOGS / f"{name}-{CHECKOUT_KEY}.log",
                f"Odoo could not install {', '.join(modules)}",
                env=runtime.environment(),
            )
            note(name, print_of)
    return name


def copy(original: str, name: str) -> None:
    """(Re)create a database with its files as a copy of another."""
    drop(name)
    postgres.sql(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    runtime.copy_filestore(original, name)


def drop(name: str) -> None:
    """Remove a database and its files, if there."""
    postgres.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(runtime.DATA / "filestore" / name, ignore_errors=True)


def exists(name: str) -> bool:
    """Whether a database of this name is there."""
    return bool(postgres.sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def note(name: str, text: str) -> None:
    """Write down what a finished database was made from."""
    postgres.sql(f"COMMENT ON DATABASE \"{name}\" IS '{text}'")


def noted(name: str) -> str:
    """What :func:`note` wrote, or nothing."""
    return postgres.sql(
        f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{name}'"
    )


def prefixed(name: str) -> str:
    """Keep checkouts apart on a PostgreSQL that is not private."""
    if postgres.is_given():
        return f"complaint_{CHECKOUT_KEY}_{name}"
    return name
