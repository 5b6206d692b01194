"""Virtual environments with hash-pinned packages, one for Odoo and one for the linters."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import debian
from .report import Problem, run_logged
from .settings import CACHE, LAUNCHER, LOGS, PYTHON_MAX, PYTHON_MIN, fingerprint
from .steps import build_once

_LOG = LOGS / "pip.log"


def use_supported_python() -> None:
    """Start again under a supported Python when this one is too old or too new."""
    if PYTHON_MIN <= sys.version_info[:2] <= PYTHON_MAX:
        return
    for minor in range(PYTHON_MAX[1], PYTHON_MIN[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        # A version manager's stub may be on PATH without the version behind it.
        if other and subprocess.run([other, "-c", ""], capture_output=True).returncode == 0:
            os.execv(other, [other, "-m", "launcher", *sys.argv[1:]])
    found = ".".join(map(str, sys.version_info[:3]))
    raise Problem(f"Python 3.10 to 3.13 is needed; this is {found} and no other is on PATH")


def environment(name: str, *locks: str) -> Path:
    """Folder of the virtual environment holding the packages of the given lock files."""
    files = [LAUNCHER / "requirements" / f"{lock}.txt" for lock in locks]
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    version = sys.version_info[:3]
    target = CACHE / "python" / f"{name}-{version[0]}.{version[1]}-{fingerprint(version, digests)}"

    def build(folder: Path) -> None:
        python = _create(folder)
        requirements = [part for file in files for part in ("-r", str(file))]
        run_logged(
            [python, "-m", "pip", "install", "--require-hashes", "--no-deps", *requirements],
            _LOG,
            f"no network, or a package of {', '.join(locks)} does not install",
            env={"PIP_CACHE_DIR": str(CACHE / "pip"), "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        )

    return build_once(target, f"Python packages ({name})", build, in_place=True)


def _create(folder: Path) -> Path:
    """Make an empty environment with pip, also where Debian's python3-venv is absent."""
    python = folder / "bin" / "python"
    run_logged(
        [sys.executable, "-m", "venv", "--without-pip", folder],
        _LOG,
        "this Python cannot create virtual environments",
    )
    bundled = subprocess.run([python, "-m", "ensurepip", "--default-pip"], capture_output=True)
    if bundled.returncode:
        wheels = folder / "pip-wheel"
        debian.own().unpack(["python3-pip-whl"], wheels)
        wheel = next(wheels.rglob("pip-*.whl"))
        run_logged(
            [python, f"{wheel}/pip", "install", "--no-index", wheel], _LOG, "pip does not install"
        )
    return python
