"""Ours beside the peers with a million records each: lists, kanbans, pivots, searches, forms.

Played by ``odoo shell`` (``make bench ONLY=million``): ``env`` is there, in a database of its own
with ``helpdesk_mgmt`` and ``crm_claim``. Some cases are handled through the verbs, then copied by
SQL (``million/multiply.py``); the same with tickets and claims. A server is started, and each
screen is asked for over HTTP with the calls of Odoo's web client, ours and theirs by turns, at
10,000, 100,000 and 1,000,000 records. The table shows medians in milliseconds.

Smaller: ``COMPLAINT_BENCH_SIZE=10000,100000 make bench ONLY=million``. Repetitions:
``COMPLAINT_BENCH_RUNS`` (default 5). ``COMPLAINT_BENCH_KEEP=1`` goes on with the database there is.
"""

import os
import time

from odoo.sql_db import db_connect

from bench.million import house, measuring
from bench.million.multiply import OPEN_EVERY, Family, Multiplier

SIZES = os.environ.get("COMPLAINT_BENCH_SIZE", "10000,100000,1000000")
STEPS = [int(size) for size in SIZES.split(",")]
RUNS = int(os.environ.get("COMPLAINT_BENCH_RUNS", 5))
env = env  # ruff: ignore[undefined-name]


def get_families():
    """:return: list of ``Family``: what is copied, and which words tell copies apart"""
    words = {
        "complaint.complaint": ("subject", "description"),
        "helpdesk.ticket": ("name", "description", "number"),
        "crm.claim": ("name", "description"),
    }
    families = []
    for model, names in words.items():
        records = env[model].with_context(active_test=False).search([], order="id")
        seeds = records.ids[: house.CLOSED + house.OPEN]
        table = env[model]._table
        families.append(Family(table, model, tuple(seeds[house.CLOSED :]), {table: names}))
    return families


def get_pools():
    """:return: dict table → ``(first id, number)`` of what rotates among copies"""
    first_user = env["res.users"].search([("login", "=", "bench_sales_0")])
    first_customer = env["res.partner"].search(
        [("name", "=like", "Customer %")], order="id", limit=1
    )
    first_product = env["product.product"].search([("default_code", "=", "A0")])
    return {
        "res_users": (first_user.id, house.SALESPEOPLE),
        "res_partner": (first_customer.id, house.CUSTOMERS),
        "product_product": (first_product.id, house.PRODUCTS),
    }


def tidy():
    """What autovacuum does in a living database: without it index-only scans read the tables."""
    connection = db_connect(env.cr.dbname)
    with connection.cursor() as cursor:
        cursor._cnx.autocommit = True
        cursor._obj.execute("VACUUM ANALYZE")


def grow(multiplier, size):
    """Copy until there are ``size`` complaints, tickets and claims."""
    start = time.perf_counter()
    each = house.CLOSED + house.OPEN / OPEN_EVERY
    multiplier.grow(round((size - house.CLOSED - house.OPEN) / each))
    loaded = time.perf_counter() - start
    tidy()
    counts = {table: measuring.count(env, table) for table in multiplier.tables}
    print(f"\n{size:,}: copied in {loaded:.0f} s, vacuumed in", end=" ")
    print(f"{time.perf_counter() - start - loaded:.0f} s;", end=" ")
    print(", ".join(f"{table} {number:,}" for table, number in counts.items()), flush=True)


def main():
    """Build the house, then grow and measure by turns."""
    if not env["complaint.complaint"].search_count([], limit=1):
        _nothing, took = house.timed(house.House(env).build)
        print(f"seeds made in {took:.0f} s", flush=True)
    multiplier = Multiplier(env, get_families(), get_pools())
    results = {}
    for size in STEPS:
        grow(multiplier, size)
        results[size] = measuring.measure(env, RUNS)
        measuring.print_table(results[size], size)
    measuring.print_growth(results)
    measuring.measure_creation(env)


main()
