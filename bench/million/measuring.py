"""Asking for screens by turns, and the tables that come of it."""

import random
import statistics
import time

from bench.million import screens
from bench.million.webclient import WebClient, serving
from launcher import processes

LOGINS = {"manager": "bench_manager_1", "salesperson": "bench_sales_1"}
GOAL = 0.5


def count(env, table):
    """:return: about how many rows a table has"""
    env.cr.execute("SELECT reltuples::bigint FROM pg_class WHERE relname = %s", [table])
    return env.cr.fetchone()[0]


def measure(env, runs):
    """:return: list of ``(who, screen, our ms, their ms, the other peer's ms or None)``"""
    port = processes.free_port()
    rows = []
    with serving(env.cr.dbname, port):
        for who, login in LOGINS.items():
            client = WebClient(port, env.cr.dbname, login, login)
            words = get_words(env, login)
            found = screens.get_screens(client, words)
            if hasattr(env[screens.COMPLAINT], "retrieve_overview"):
                found.append(screens.get_header_screen())
            found += screens.get_pivots(client, get_favourites(env))
            for screen in found:
                try:
                    rows.append((who, *_measure_screen(client, screen, runs)))
                except RuntimeError as error:
                    print(f"not measured as {who}: {screen.name}: {str(error)[-300:]}")
    return rows


def get_words(env, login):
    """:return: dict of what this user searches and opens, from the middle of what he sees"""
    env.invalidate_all()
    user = env["res.users"].search([("login", "=", login)])
    found = {}
    for key, model in (
        ("complaint", screens.COMPLAINT),
        ("ticket", screens.TICKET),
        ("claim", screens.CLAIM),
    ):
        records = env[model].with_user(user)
        middle = records.search([("user_id", "=", user.id)], limit=500, order="id desc")[-1:]
        found[f"{key}_id"] = (middle or env[model].search([], limit=1)).id
    complaint = env[screens.COMPLAINT].browse(found["complaint_id"])
    found["number"] = complaint.name
    found["word"] = complaint.subject.split()[-1]
    found["partner_id"] = complaint.partner_id.id
    found["register_view_id"] = env.ref("complaint_management.complaint_register_view_list").id
    found["ticket_number"] = env[screens.TICKET].browse(found["ticket_id"]).number
    return found


def get_favourites(env):
    """:return: list of dicts: shared favourites on complaints and what belongs to them"""
    favourites = env["ir.filters"].search([("model_id", "=like", "complaint.%")])
    return [
        {name: favourite[name] for name in ("name", "model_id", "domain", "context")}
        for favourite in favourites
        if not favourite.user_ids
    ]


def _measure_screen(client, screen, runs):
    """Ours and theirs by turns, so that a noisy neighbour disturbs both; the first is warm-up."""
    sides = [calls for calls in (screen.ours, screen.theirs, screen.claims) if calls]
    times = [[] for _side in sides]
    for run in range(runs + 1):
        order = list(enumerate(sides))
        random.Random(run).shuffle(order)
        for position, calls in order:
            took, _answer = client.run(calls)
            if run:
                times[position].append(took * 1000)
    medians = [statistics.median(side) for side in times]
    return (screen.name, *medians, *([None] * (3 - len(medians))))


# ------------------------------------------------------------
# Tables
# ------------------------------------------------------------
def print_table(rows, size):
    """Print one size: ours, the peers, and whether the goal is met."""
    print(f"\n## {size:,} records: medians in ms\n")
    print("| as | screen | ours | helpdesk_mgmt | ours ÷ theirs | crm_claim | |")
    print("|---|---|--:|--:|--:|--:|---|")
    for who, name, ours, theirs, claims in rows:
        share = ours / theirs
        verdict = "" if share <= GOAL else ("slower" if share > 1 else "more than half")
        other = f"{claims:,.0f}" if claims else ""
        print(
            f"| {who} | {name} | {ours:,.0f} | {theirs:,.0f} | {share:.2f} | {other} | {verdict} |"
        )
    met = sum(row[2] / row[3] <= GOAL for row in rows)
    print(f"\n{met} of {len(rows)} screens take at most half the time", flush=True)


def print_growth(results):
    """Print how each figure grows with the number of records."""
    sizes = list(results)
    print("\n## Growth: ours / helpdesk_mgmt in ms\n")
    print("| as | screen | " + " | ".join(f"{size:,}" for size in sizes) + " |")
    print("|---|---|" + "--:|" * len(sizes))
    by_screen = {size: {row[:2]: row for row in rows} for size, rows in results.items()}
    for key in by_screen[sizes[0]]:
        cells = [
            f"{by_screen[size][key][2]:,.0f} / {by_screen[size][key][3]:,.0f}"
            if key in by_screen[size]
            else ""
            for size in sizes
        ]
        print(f"| {' | '.join(key)} | {' | '.join(cells)} |")


# ------------------------------------------------------------
# Creating
# ------------------------------------------------------------
def measure_creation(env, number=40):
    """Print how many complaints are opened from orders, registered, and tickets made, a second."""
    port = processes.free_port()
    orders = env["sale.order"].search(
        [("state", "=", "sale"), ("user_id.login", "=", LOGINS["salesperson"])], limit=number
    )
    with serving(env.cr.dbname, port):
        client = WebClient(port, env.cr.dbname, *[LOGINS["salesperson"]] * 2)
        times = {"open": [], "register": [], "ticket": []}
        for index, order in enumerate(orders):
            _create_by_turns(client, env, order, index, times)
    print("\n## Created a second, one after the other, by a salesperson\n")
    print("| what | a second | ms each |")
    print("|---|--:|--:|")
    for label, key in (
        ("complaint from an order with its goods (`create_from_order`)", "open"),
        ("registering it: numbers, clocks, actions, to-dos, mails (`action_register`)", "register"),
        ("ticket of helpdesk_mgmt (`create`), no order, no goods", "ticket"),
    ):
        median = statistics.median(times[key][2:])
        print(f"| {label} | {1 / median:.1f} | {median * 1000:.0f} |")


def _create_by_turns(client, env, order, index, times):
    values = {
        "description": f"Too few screws in carton {index}",
        "category_id": env.ref("complaint_management.category_price").id,
        "document_concerned": "Invoice",
        "claimed_amount": 10.0,
    }

    def clock(key, *arguments, **keywords):
        start = time.perf_counter()
        answer = client.call(*arguments, **keywords)
        times[key].append(time.perf_counter() - start)
        return answer

    def take():
        found = clock("open", screens.COMPLAINT, "create_from_order", order.id, values)
        ids = found if isinstance(found, list) else [found]
        complaint = client.call(screens.COMPLAINT, "read", ids, ["line_ids"])[0]
        changes = [[1, line, {"quantity_complained": 1.0}] for line in complaint["line_ids"]]
        client.call(screens.COMPLAINT, "write", ids, {"line_ids": changes})
        clock("register", screens.COMPLAINT, "action_register", ids)

    def ticket():
        team = env["helpdesk.ticket.team"].search([], limit=1)
        vals = {
            "name": f"Too few screws in carton {index}",
            "description": "<p>Too few</p>",
            "partner_id": order.partner_id.id,
            "team_id": team.id,
            "user_id": order.user_id.id,
        }
        clock("ticket", screens.TICKET, "create", [vals])

    for step in (take, ticket) if index % 2 else (ticket, take):
        step()
