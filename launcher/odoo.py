"""Odoo 19 itself: Debian's package unpacked into the cache, or the one at ``ODOO_PATH``."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from . import debian, node
from .report import Problem, say
from .settings import CACHE, ODOO_PACKAGES, STRIPPED_FILE, STRIPPED_NPM, fingerprint
from .steps import build_once


def source() -> Path:
    """Folder to put on PYTHONPATH, holding the package ``odoo`` with all addons."""
    if os.environ.get("ODOO_PATH"):
        path = Path(os.environ["ODOO_PATH"]).expanduser().resolve()
        if not (path / "odoo" / "release.py").exists():
            raise Problem(f"ODOO_PATH={path} holds no odoo/release.py")
        return path
    return _package() / "usr" / "lib" / "python3" / "dist-packages"


def version() -> str:
    """What identifies this Odoo: Debian's version, or the folder given by the user."""
    if os.environ.get("ODOO_PATH"):
        return str(source())
    return (_package() / "version").read_text().strip()


def addons_paths() -> list[Path]:
    """Odoo's own addon folders beside the one inside the package."""
    return [path for path in (source() / "addons",) if path.is_dir()]


def _package() -> Path:
    target = CACHE / f"odoo-{fingerprint(ODOO_PACKAGES, STRIPPED_NPM)}"
    return build_once(target, "Odoo 19 from Debian's package", _build)


def _build(root: Path) -> None:
    apt = debian.Apt("odoo", sorted({suite for _name, suite in ODOO_PACKAGES}))
    names = apt.unpack([f"{name}/{suite}" for name, suite in ODOO_PACKAGES], root)
    got = next(name for name in names if name.startswith("odoo-19_")).split("_")[1]
    (root / "version").write_text(got + "\n")
    say(f"Odoo package version {got}")
    _restore_stripped_file(root)
    static = root / "usr/lib/python3/dist-packages"
    broken = [path for path in static.rglob("*") if path.is_symlink() and not path.exists()]
    if broken:
        raise Problem(f"Debian moved files Odoo links to: {broken[0]} points nowhere")


def _restore_stripped_file(root: Path) -> None:
    """Put back the file without which every backend page logs an error."""
    work = root / "npm"
    work.mkdir()
    node.npm("pack", STRIPPED_NPM, folder=work)
    archive = next(work.glob("*.tgz"))
    shutil.unpack_archive(archive, work)
    addons = root / "usr/lib/python3/dist-packages/odoo/addons"
    target = addons / STRIPPED_FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(work / "package" / target.name, target)
    target.chmod(0o644)
    shutil.rmtree(work)
