"""Programs and fonts beside Odoo: wkhtmltopdf with patched Qt, fonts, Chromium."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import debian
from .report import Problem
from .settings import CACHE, FONT_PACKAGES, fingerprint
from .steps import build_once

_PDF_LIBRARIES = ("libxrender1", "libxext6", "libx11-6", "libfontconfig1", "libfreetype6")
_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  {aliases}
</fontconfig>
"""
_ALIAS = """<alias binding="same"><family>{generic}</family><prefer>{families}</prefer></alias>"""
_FAMILIES = {
    "sans-serif": ("Liberation Sans", "DejaVu Sans", "Noto Sans CJK SC"),
    "serif": ("Liberation Serif", "DejaVu Serif", "Noto Serif CJK SC"),
    "monospace": ("Liberation Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK SC"),
    "Arial": ("Liberation Sans",),
    "Helvetica": ("Liberation Sans",),
    "Times New Roman": ("Liberation Serif",),
    "Courier New": ("Liberation Mono",),
}


def fonts_file() -> Path:
    """Fontconfig file naming the cached fonts only, so that prints look alike everywhere."""
    target = CACHE / f"fonts-{fingerprint(FONT_PACKAGES, _FONTS_CONF, _FAMILIES)}"

    def build(root: Path) -> None:
        if not shutil.which("apt-get"):
            raise Problem("no apt-get to fetch the fonts for Chinese text with")
        debian.own().unpack(FONT_PACKAGES, root)
        aliases = [
            _ALIAS.format(
                generic=generic, families="".join(f"<family>{name}</family>" for name in names)
            )
            for generic, names in _FAMILIES.items()
        ]
        conf = _FONTS_CONF.format(
            fonts=target / "usr/share/fonts", cache=target / "cache", aliases="\n  ".join(aliases)
        )
        (root / "fonts.conf").write_text(conf)

    return build_once(target, "fonts", build) / "fonts.conf"


def programs(python_folder: Path, with_browser: bool) -> Path:
    """Folder to put first on PATH: wkhtmltopdf and, when asked for, chromium."""
    folder = CACHE / "bin" / python_folder.name
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "wkhtmltopdf").exists():
        # The package names its binary wkhtmltopdf-pack; Odoo looks for wkhtmltopdf.
        found = (p for p in python_folder.rglob("wkhtmltopdf-pack*") if p.is_file())
        packed = next(path for path in found if os.access(path, os.X_OK))
        works = subprocess.run([packed, "--version"], capture_output=True).returncode == 0
        libraries = "" if works else _libraries("wkhtmltopdf", *_PDF_LIBRARIES)
        _wrap(folder / "wkhtmltopdf", packed, libraries)
    if with_browser and not (folder / "chromium").exists() and not shutil.which("chromium"):
        root = _chromium()
        _wrap(folder / "chromium", root / "usr/lib/chromium/chromium", debian.library_path(root))
    return folder


def barcode_libraries() -> str:
    """Folders of libcairo, which draws barcodes from Python 3.12 on, where the machine has none."""
    if sys.version_info < (3, 12) or ctypes.util.find_library("cairo"):
        return ""

    return _libraries("cairo", "libcairo2")


def _libraries(name: str, *packages: str) -> str:
    """Folders with the libraries of Debian packages this machine lacks."""

    def build(root: Path) -> None:
        apt = debian.own()
        apt.unpack(apt.missing(*packages), root)

    target = CACHE / f"libraries-{name}-{fingerprint(packages)}"
    return debian.library_path(build_once(target, f"libraries for {name}", build))


def _chromium() -> Path:
    def build(root: Path) -> None:
        apt = debian.own()
        apt.unpack(apt.missing("chromium"), root)

    return build_once(
        CACHE / f"chromium-{fingerprint(1)}", "Chromium from Debian's packages", build
    )


def _wrap(script: Path, program: Path, libraries: str) -> None:
    """Write a script that starts a program with its libraries; never seen half-written."""
    export = f'export LD_LIBRARY_PATH="{libraries}"\n' if libraries else ""
    draft = script.with_name(f"{script.name}.{os.getpid()}")
    draft.write_text(f'#!/bin/sh\n{export}exec "{program}" "$@"\n')
    draft.chmod(0o755)
    draft.rename(script)
