"""Part of ``make lint``: docs/requirements.md names every requirement and only tests that exist."""

from __future__ import annotations

import re
import sys

from .settings import CHECKOUT, addon_folders

DOCUMENT = CHECKOUT / "docs" / "requirements.md"
REQUIRED = [f"R{n}" for n in range(1, 74)] + [f"T{n}" for n in range(1, 23)]
# A proof is written `test_file.TestClass` or `test_file.TestClass.test_method`.
_PROOF = re.compile(r"`(test_\w+)\.(\w+)(?:\.(\w+))?`")
_ROW = re.compile(r"^\| ([RT]\d+) \|", re.MULTILINE)
# State and proof of a row; what a part lacks stands behind the colon.
_STATE = re.compile(r"^\| ([RT]\d+) \|.*\| (done|part: [^|]+|later) \|(.*)\|$", re.MULTILINE)


def problems() -> list[str]:
    """What is wrong with the document, one sentence each."""
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = _ROW.findall(text)
    found = [f"{name} has no row" for name in REQUIRED if name not in rows]
    found += [f"{name} has several rows" for name in sorted(set(rows)) if rows.count(name) > 1]
    states = {name: (state, proof) for name, state, proof in _STATE.findall(text)}
    found += [f"{name} is neither done, part: … nor later" for name in rows if name not in states]
    found += [
        f"{name} is done without a proof"
        for name, (state, proof) in states.items()
        if state == "done" and not _PROOF.search(proof)
    ]
    sources = {
        path.stem: path.read_text(encoding="utf-8")
        for folder in addon_folders()
        for path in folder.rglob("tests/**/test_*.py")
    }
    for module, class_name, method in _PROOF.findall(text):
        source = sources.get(module, "")
        missing = f"class {class_name}(" not in source or (
            method and f"def {method}(" not in source
        )
        if missing:
            found.append(f"no test {'.'.join(filter(None, (module, class_name, method)))}")
    return found


if __name__ == "__main__":
    wrong = problems()
    for sentence in wrong:
        print(f"docs/requirements.md: {sentence}")
    sys.exit(bool(wrong))
