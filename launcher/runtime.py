"""The environment Odoo runs in: variables, configuration file, command lines."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from . import odoo, postgres, processes, python_env, tools
from .settings import CHECKOUT, PRIVATE

DATA = PRIVATE / "odoo-data"
CONFIG = PRIVATE / "odoo.conf"


def environment(with_browser: bool = False) -> dict[str, str]:
    """Set up whatever is missing and return the variables that make Odoo run."""
    source = odoo.source()
    python = python_env.environment("odoo", "odoo", "test")
    variables = dict(postgres.ensure_running())
    programs = tools.programs(python, with_browser)
    path = variables.get("PATH", os.environ["PATH"])
    variables.update(
        PATH=f"{programs}:{python}/bin:{path}",
        PYTHONPATH=str(source),
        VIRTUAL_ENV=str(python),
        FONTCONFIG_FILE=str(tools.fonts_file()),
        ODOO_RC=str(_write_config()),
    )
    libraries = tools.barcode_libraries()
    if libraries:
        variables["LD_LIBRARY_PATH"] = libraries
    return variables


def odoo_command(*arguments: str | Path) -> list[str]:
    """Command line of Odoo in this environment, on a free port of 127.0.0.1."""
    python = python_env.environment("odoo", "odoo", "test")
    port = processes.free_port()
    fixed = ["--http-interface=127.0.0.1", f"--http-port={port}", "--no-database-list"]
    return [str(python / "bin" / "python"), "-m", "odoo", *fixed, *map(str, arguments)]


def run_odoo(*arguments: str | Path, with_browser: bool = False) -> int:
    """Run Odoo in the foreground with its output shown; return its exit code."""
    env = {**os.environ, **environment(with_browser)}
    return subprocess.run(odoo_command(*arguments), env=env, cwd=CHECKOUT).returncode


def copy_filestore(old: str, new: str) -> None:
    """Give a copied database the files of its original."""
    target = DATA / "filestore" / new
    shutil.rmtree(target, ignore_errors=True)
    if (DATA / "filestore" / old).exists():
        shutil.copytree(DATA / "filestore" / old, target)


def _write_config() -> Path:
    """Odoo's configuration file: where addons and files are; everything else by option."""
    folders = [*odoo.addons_paths(), CHECKOUT]
    text = "\n".join(
        [
            "[options]",
            f"addons_path = {','.join(map(str, folders))}",
            f"data_dir = {DATA}",
            "db_template = template0",
            "http_interface = 127.0.0.1",
            "unaccent = True",
            "without_demo = True",
            "",
        ]
    )
    DATA.mkdir(parents=True, exist_ok=True)
    if not CONFIG.exists() or CONFIG.read_text() != text:
        draft = CONFIG.with_name(f"odoo.conf.{os.getpid()}")
        draft.write_text(text)
        draft.rename(CONFIG)
    return CONFIG
