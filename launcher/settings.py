"""Names, versions and places, each written down once."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
LAUNCHER = CHECKOUT / "launcher"
BUILD = CHECKOUT / "build"

ADDON = "complaint_management"
PYTHON_MIN, PYTHON_MAX = (3, 10), (3, 13)
DISK_NEEDED_GB = 4

# Odoo and the packages its static files link into: (package, Debian suite).
ODOO_PACKAGES = (
    ("odoo-19", "sid"),
    ("fonts-font-awesome", "bookworm"),
    ("fonts-inconsolata", "bookworm"),
    ("libjs-jquery", "sid"),
    ("libjs-underscore", "sid"),
    ("libjs-jquery-form", "sid"),
    ("fonts-roboto-unhinted", "sid"),
    ("fonts-montserrat", "sid"),
    ("fonts-ocr-b", "sid"),
)
# The one static file that Debian strips from Odoo, and the npm package that carries it.
STRIPPED_FILE = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
STRIPPED_NPM = "@mediapipe/selfie_segmentation@0.1.1675465747"
FONT_PACKAGES = ("fonts-noto-cjk", "fonts-dejavu-core", "fonts-liberation")

# Template databases: modules installed, demo data or not.
DEPENDENCIES = ("sale_stock", "portal", "rating", "resource")
SIBLING_APPS = (
    "purchase_stock",
    "repair",
    "sale_mrp",
    "stock_delivery",
    "product_expiry",
    "privacy_lookup",
    "crm",
    "loyalty",
    "spreadsheet_dashboard",
)
# Rooms named here run on one database, so that both halves end at about the same time; rooms that
# are not named run on both. Goods that are ordered, sent, taken back and traced are tested beside
# the apps that change them, but for the files of ``TESTED_TWICE``, which ask what is without them.
TESTED_ONCE = {
    "bare": (
        "clocks",
        "correspondence",
        "documents",
        "followup",
        "handling",
        "library",
        "portal",
        "promising",
        "registers",
        "routing",
        "sameness",
    ),
    "full": (
        "analysis",
        "calling",
        "fulfilment",
        "intake",
        "learning",
        "security",
        "tracing",
    ),
}
TESTED_TWICE = (
    "calling/test_call_execution.py",
    "calling/test_call_queries.py",
    "fulfilment/test_execution.py",
    "fulfilment/test_free_apps.py",
    "fulfilment/test_return.py",
    "intake/test_fill_from_source.py",
    "intake/test_prefill_order.py",
    "tracing/test_add_lot.py",
    "tracing/test_codes.py",
)
SHOP_APPS = ("sale_management", "stock", "purchase")
TEMPLATES = {
    "bare": (DEPENDENCIES, False),
    "full": (DEPENDENCIES + SIBLING_APPS, False),
    "demo": (DEPENDENCIES + SHOP_APPS, True),
}


def cache_root() -> Path:
    """Folder shared by all checkouts of this user; nothing is written elsewhere."""
    if os.environ.get("COMPLAINT_CACHE"):
        return Path(os.environ["COMPLAINT_CACHE"]).expanduser().resolve()
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser().resolve() / "complaint-management"


CACHE = cache_root()
LOGS = CACHE / "logs"
CHECKOUT_KEY = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]
# What belongs to this checkout alone: its database cluster, filestore, running processes.
PRIVATE = CACHE / "checkouts" / CHECKOUT_KEY


def fingerprint(*parts: object) -> str:
    """Short hash that names a cached folder after its ingredients."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:10]


def addon_folders() -> list[Path]:
    """The addon and its siblings in this checkout."""
    return sorted(path.parent for path in CHECKOUT.glob(f"{ADDON}*/__manifest__.py"))


def addon_files() -> list[tuple[str, str]]:
    """Every file of the addons that Odoo reads, with a digest: changes when they change."""
    return [
        (str(path.relative_to(CHECKOUT)), hashlib.sha256(path.read_bytes()).hexdigest())
        for folder in addon_folders()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".pyc" and "tests" not in path.parts
    ]
