"""The call card among 1,000,000 contacts: who calls, what the card costs, what the box finds.

Played by ``odoo shell`` (``make bench ONLY=call``): ``env`` is there. The contacts are made by SQL,
their numbers in mixed notations. The lookup of a number is measured without its index and with it:
execution time as the database explains it, and time as the client sees it, both in milliseconds;
the budget is 5 ms. Then the whole card of a customer with orders and complaints, in an empty
cache: at most 15 queries and 200 ms. Then the search box, for information.

Smaller: ``COMPLAINT_BENCH_SIZE=100000 make bench ONLY=call``.
"""

import os
import statistics
import sys
import time
from datetime import timedelta

from odoo import Command, fields
from odoo.tools import SQL
from odoo.tools.sql import add_index, drop_index

SIZE = int(os.environ.get("COMPLAINT_BENCH_SIZE", 1_000_000))
SQL_BUDGET_MS = 5.0
CARD_BUDGET_MS = 200.0
CARD_BUDGET_QUERIES = 15
LOOKUPS = 100
PHONES = "res_partner_phone_ends_idx"
NAMES = "res_partner_complete_name_trgm_idx"
env = env  # ruff: ignore[undefined-name]
cr = env.cr


# ------------------------------------------------------------
# The house
# ------------------------------------------------------------
def make_contacts():
    """A million contacts by SQL, a fifth of them companies, numbers in five notations."""
    cr.execute(
        """
        INSERT INTO res_partner (id, commercial_partner_id, name, complete_name, active,
                                 is_company, autopost_bills, partner_share, type, email,
                                 email_normalized, ref, phone)
        SELECT last + n, last + n, 'Contact ' || n, 'Contact ' || n, TRUE,
               n %% 5 = 0, 'ask', TRUE, 'contact',
               'c' || n || '@bench.example.com', 'c' || n || '@bench.example.com', 'R' || n,
               CASE n %% 5
                   WHEN 0 THEN '+49 (0)' || 30 + n %% 900 || ' ' || digits
                   WHEN 1 THEN '0049' || 30 + n %% 900 || digits
                   WHEN 2 THEN '0' || 30 + n %% 900 || '/' || digits || ' ext. 12'
                   WHEN 3 THEN '0' || 30 + n %% 900 || '-' || digits || ' / 0171 ' || digits
                   ELSE '+1 (' || 200 + n %% 700 || ') ' || digits
               END
        FROM (SELECT max(id) AS last FROM res_partner) AS before,
             (SELECT n, lpad((n::bigint * 7919 %% 10000000)::text, 7, '0') AS digits
              FROM generate_series(1, %s) AS n) AS numbered
        """,
        [SIZE],
    )
    cr.execute("SELECT setval('res_partner_id_seq', (SELECT max(id) FROM res_partner))")
    cr.commit()  # ruff: ignore[invalid-commit]


def make_user():
    """:return: ``res.users`` who sells and takes complaints"""
    groups = ("complaint_management.group_complaint_user", "sales_team.group_sale_salesman")
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": "Bench sales",
                "login": "bench_sales",
                "email": "bench_sales@bench.example.com",
                "group_ids": [Command.set([env.ref(group).id for group in groups])],
            }
        )
    )


def make_customer(user):
    """:return: ``res.partner``: a customer of ten orders, delivered, and five complaints"""
    customer, *_people = env["res.partner"].create(
        [
            {"name": "Bench hotel", "is_company": True, "phone": "+49 (0)40 5550-100"},
            {"name": "Bea Bench", "phone": "040/5550100"},
        ]
    )
    products = env["product.product"].create(
        [{"name": f"Bench goods {n}", "type": "consu", "list_price": n} for n in range(1, 6)]
    )
    lines = [
        Command.create({"product_id": product.id, "product_uom_qty": 4}) for product in products
    ]
    orders = env["sale.order"].create(
        [
            {
                "partner_id": customer.id,
                "user_id": user.id,
                "client_order_ref": f"BENCH-{n}",
                "order_line": lines,
            }
            for n in range(15)
        ]
    )
    orders[:10].action_confirm()
    for picking in orders.picking_ids:
        picking.move_ids.quantity = 4
        picking.move_ids.picked = True
        picking.button_validate()
    env["complaint.complaint"].create(
        [
            {
                "description": f"Bench {n}",
                "partner_id": customer.id,
                "user_id": user.id,
                "sale_order_id": orders[n].id,
                "date_received": fields.Datetime.now() - timedelta(days=n),
            }
            for n in range(5)
        ]
    )
    cr.commit()  # ruff: ignore[invalid-commit]
    return customer


# ------------------------------------------------------------
# Measuring
# ------------------------------------------------------------
def get_lookup(user, number):
    """:return: ``SQL`` of the lookup as the card does it, with the user's rules"""
    call = env["complaint.call"].with_user(user)
    domain = call._get_caller_domain(call._read_numbers(number))
    query = call.env["res.partner"]._search(domain, limit=200, order="is_company DESC, id DESC")
    return query.select("id", "name", "phone", "is_company")


def measure(lookup):
    """:return: ``(execution time as explained, time as the client sees it)`` in milliseconds"""
    start = time.perf_counter()
    env.execute_query(lookup)
    seen = (time.perf_counter() - start) * 1000
    rows = env.execute_query(SQL("EXPLAIN (ANALYZE, FORMAT JSON) %s", lookup))
    return rows[0][0][0]["Execution Time"], seen


def measure_lookups(title, user, count):
    """:return: the slowest execution time of ``count`` different numbers"""
    step = max(SIZE // count, 1)
    cr.execute(
        "SELECT phone FROM res_partner WHERE ref IN %s",
        [tuple(f"R{n * step + 1}" for n in range(count))],
    )
    numbers = [phone for (phone,) in cr.fetchall()]
    get_lookup(user, numbers[0])
    times = [measure(get_lookup(user, number)) for number in numbers]
    explained, seen = (sorted(column) for column in zip(*times, strict=True))
    print(
        f"lookup {title}: {len(times)} numbers among {SIZE:,} contacts; SQL executed in "
        f"{statistics.median(explained):.2f} ms (slowest {explained[-1]:.2f}), "
        f"client {statistics.median(seen):.2f} ms (fastest {seen[0]:.2f}, slowest {seen[-1]:.2f})"
    )
    return statistics.median(explained)


def make_index(name):
    """Make an index of contacts as installing does; none of names without trigrams."""
    start = time.perf_counter()
    definition = env["res.partner"]._table_objects[name].get_definition(env.registry)
    if definition:
        add_index(cr, name, "res_partner", definition.removeprefix("INDEX "), unique=False)
        cr.execute("SELECT pg_size_pretty(pg_relation_size(%s))", [name])
        print(f"{name}: made in {time.perf_counter() - start:.1f} s, {cr.fetchone()[0]}")
    cr.execute("ANALYZE res_partner")
    cr.commit()  # ruff: ignore[invalid-commit]


def time_calls(title, function, runs=20):
    """Call in an empty cache; registries and rules are warm as in a running server.

    :return: ``(milliseconds, queries)``, the time of the run least disturbed by other programs
    """
    function()
    times, queries = [], 0
    for _run in range(runs):
        env.invalidate_all()
        before, start = cr.sql_log_count, time.perf_counter()
        function()
        times.append((time.perf_counter() - start) * 1000)
        queries = cr.sql_log_count - before
    print(
        f"{title}: {min(times):.0f} ms (median {statistics.median(times):.0f}, "
        f"slowest {max(times):.0f}), {queries} queries"
    )
    return min(times), queries


env = env(context={**env.context, "tracking_disable": True, "mail_create_nolog": True})
env.company.partner_id.country_id = env.ref("base.de")
seller = make_user()
hotel = make_customer(seller)
for index in (PHONES, NAMES):
    drop_index(cr, index, "res_partner")
started = time.perf_counter()
make_contacts()
print(f"{SIZE:,} contacts made in {time.perf_counter() - started:.0f} s")
cr.execute("ANALYZE res_partner")
measure_lookups("without index", seller, 1)
make_index(PHONES)
make_index(NAMES)
executed = measure_lookups("with index", seller, LOOKUPS)

calls = env["complaint.call"].with_user(seller)
shown = calls.card("+49405550100")
assert shown["partner_id"] == hotel.id and len(shown["callers"]) == 2, shown["callers"]
took, asked = time_calls("card", lambda: calls.card("+49405550100"))
time_calls("card of an unknown number", lambda: calls.card("+49 40 99999999"))
for term in ("BENCH-3", "Contact 77777", "R77777", "Bench hotel", "+49405550100", "no such thing"):
    hits = len(calls.find(term)["results"])
    time_calls(f"box “{term}”: {hits} found", lambda term=term: calls.find(term), runs=5)
if executed > SQL_BUDGET_MS:
    sys.exit(f"{executed:.2f} ms of SQL a lookup are more than {SQL_BUDGET_MS} ms")
if took > CARD_BUDGET_MS or asked > CARD_BUDGET_QUERIES:
    sys.exit(f"{took:.0f} ms and {asked} queries a card are more than allowed")
