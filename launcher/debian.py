"""Debian packages, fetched by apt's own tools into a private state and only unpacked.

Nothing is installed: apt works on its own lists and cache inside the cache folder, the
mirror is the machine's own (or ``DEBIAN_MIRROR``), and packages are opened by ``dpkg -x``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from .report import Problem, output_of, run_logged
from .settings import CACHE, LOGS
from .steps import locked

_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_LOG = LOGS / "apt.log"
_fresh: set[str] = set()


class Apt:
    """One private apt state: ``own`` reads the machine's sources, others a given list."""

    def __init__(self, name: str, suites: Iterable[str] = ()) -> None:
        if not shutil.which("apt-get"):
            raise Problem(
                "no apt-get on this machine: use Debian or a derivative, or set ODOO_PATH, PGHOST"
                " and have chromium on PATH"
            )
        self.name = name
        self.suites = tuple(suites)
        self.state = CACHE / "apt" / name
        for folder in ("lists/partial", "cache/archives/partial"):
            (self.state / folder).mkdir(parents=True, exist_ok=True)
        self.options = [
            *("-o", f"Dir::State::Lists={self.state}/lists"),
            *("-o", f"Dir::Cache={self.state}/cache"),
            *("-o", "APT::Sandbox::User="),
            *("-o", "Debug::NoLocking=1"),
            *("-o", "Acquire::Retries=3"),
            *("-o", "Acquire::Languages=none"),
            # A mirror that stands still is as good; signatures are checked all the same.
            *("-o", "Acquire::Check-Valid-Until=false"),
        ]
        if self.suites:
            mirror, signed = find_mirror(), ""
            if _KEYRING.exists():
                signed = f"[signed-by={_KEYRING}] "
            source = self.state / "sources.list"
            source.write_text("".join(f"deb {signed}{mirror} {s} main\n" for s in self.suites))
            self.options += ["-o", f"Dir::Etc::sourcelist={source}"]
            self.options += ["-o", "Dir::Etc::sourceparts=/dev/null"]

    def update(self) -> None:
        """Fetch the package lists once per launcher run."""
        if self.name in _fresh:
            return
        with locked(self.state / "lock"):
            # A broken third-party source of the machine must not stop us: judge by the result.
            try:
                run_logged(["apt-get", *self.options, "update"], _LOG, "apt-get update failed")
            except Problem:
                lists = self.state / "lists"
                if not all(any(lists.glob(f"*{suite}*Packages*")) for suite in self.suites or "_"):
                    raise Problem(
                        "no network or wrong Debian mirror: apt-get update failed"
                        f" (set DEBIAN_MIRROR if it is elsewhere; whole output: {_LOG})"
                    ) from None
        _fresh.add(self.name)

    def targets(self) -> str:
        """Suite and address of every package list in this state."""
        self.update()
        return output_of(
            ["apt-get", *self.options, "indextargets", "--format", "$(CODENAME) $(REPO_URI)"],
            "apt-get indextargets failed",
        )

    def missing(self, *packages: str) -> list[str]:
        """The packages and what they need beyond the machine's own, as name=version."""
        self.update()
        plan = output_of(
            ["apt-get", *self.options, "install", "-s", "-y", "--no-install-recommends", *packages],
            f"apt-get cannot resolve {', '.join(packages)}",
        )
        return [f"{n}={v}" for n, v in re.findall(r"^Inst (\S+) (?:\[.*?\] )?\((\S+)", plan, re.M)]

    def unpack(self, packages: Iterable[str], root: Path) -> list[str]:
        """Download packages and open them below ``root``; return their file names."""
        self.update()
        wanted = list(packages)
        folder = root.with_name(root.name + ".debs")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        run_logged(
            ["apt-get", *self.options, "download", *wanted],
            _LOG,
            f"no network, or the mirror no longer has one of {', '.join(wanted[:3])} …",
            cwd=folder,
        )
        names = sorted(deb.name for deb in folder.glob("*.deb"))
        for name in names:
            run_logged(["dpkg", "-x", folder / name, root], _LOG, f"cannot unpack {name}")
        shutil.rmtree(folder)
        return names


def own() -> Apt:
    """The machine's own sources, or its suite on ``DEBIAN_MIRROR``."""
    if os.environ.get("DEBIAN_MIRROR"):
        return Apt("own-mirror", [_codename()])
    return Apt("own")


def find_mirror() -> str:
    """Address of the Debian mirror: ``DEBIAN_MIRROR``, else the one this machine uses."""
    if os.environ.get("DEBIAN_MIRROR"):
        return os.environ["DEBIAN_MIRROR"]
    rows = [line.split() for line in Apt("own").targets().splitlines() if " " in line]
    debian = {"bookworm", "trixie", "forky", "sid"}
    for codename, address in rows:
        if codename in debian and "security" not in address:
            return address
    raise Problem("this machine knows no Debian mirror: set DEBIAN_MIRROR to its address")


def library_path(root: Path) -> str:
    """Folders below ``root`` that hold shared libraries, for LD_LIBRARY_PATH."""
    triplet = (
        subprocess.run(
            ["dpkg-architecture", "-qDEB_HOST_MULTIARCH"], capture_output=True, text=True
        ).stdout.strip()
        if shutil.which("dpkg-architecture")
        else f"{os.uname().machine}-linux-gnu"
    )
    candidates = [root / top / triplet for top in ("usr/lib", "lib")]
    # Some libraries sit one folder deeper (blas, pulseaudio, …).
    candidates += [
        child for top in candidates for child in top.glob("*/") if any(child.glob("*.so*"))
    ]
    return ":".join(str(path) for path in candidates if path.is_dir())


def _codename() -> str:
    release = Path("/etc/os-release").read_text()
    match = re.search(r"^VERSION_CODENAME=(\w+)", release, re.M)
    return match.group(1) if match else "sid"
