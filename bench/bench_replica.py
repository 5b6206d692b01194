"""Who answers what managers look at: a streaming replica, with the primary left alone.

Played by ``odoo shell`` (``make bench ONLY=replica``): ``env`` is there. A primary and a streaming
replica of it are started beside the checkout's cluster (``launcher/replica.py``), Odoo on top of
them with ``db_replica_host``. Then the screens are asked for over HTTP; both servers log every
statement, and the table counts them. A read that reached the primary, or a write that did not,
ends the measurement with an error.
"""

import sys
import time

from odoo import Command

from bench.million import screens
from bench.million.measuring import get_favourites
from bench.million.webclient import WebClient, serving
from launcher import processes, replica

COMPLAINT = screens.COMPLAINT
env = env  # ruff: ignore[undefined-name]
# What Odoo asks in every request to know whether its own caches are fresh.
HOUSEKEEPING = ("orm_signaling", "base_registry_signaling", "pg_is_in_recovery")

TELLING = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}


def make_cases():
    """A manager and some cases he looks at."""
    groups = ("complaint_management.group_complaint_manager", "base.group_user")
    manager = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": "Bench manager",
                "login": "bench_replica",
                "password": "bench_replica",
                "group_ids": [Command.set([env.ref(group).id for group in groups])],
            }
        )
    )
    vals = {
        "partner_id": env.user.partner_id.id,
        "category_id": env.ref("complaint_management.category_quality").id,
        "user_id": manager.id,
    }
    env[COMPLAINT].create([{**vals, "description": f"Rusty {number}"} for number in range(20)])
    env.cr.commit()  # ruff: ignore[invalid-commit]


def get_reads(client):
    """:return: list of ``(name, calls)``: what managers look at"""
    found = [
        ("list", client.list_calls(COMPLAINT, screens.OPEN)),
        ("kanban", client.kanban_calls(COMPLAINT, screens.OPEN)),
        ("figures above the list", screens.get_header_screen().ours),
    ]
    pivots = screens.get_pivots(client, get_favourites(env))
    return found + [(pivot.name, pivot.ours) for pivot in pivots]


class Watch:
    """Counts the statements both servers log from one look to the next."""

    def __init__(self, servers, database):
        self.servers = servers
        self.database = database
        self.places = {}
        self.look()

    def look(self):
        """:return: list of numbers of statements since the last look, one for each server"""
        counts = []
        for server in self.servers:
            place = self.places.get(server.name, 0)
            lines, self.places[server.name] = server.get_statements(self.database, place)
            counts.append(len([line for line in lines if self._tells(line)]))
        return counts

    def _tells(self, line):
        statement = line.partition("statement:")[2].strip()
        own = any(word in statement for word in HOUSEKEEPING)
        return not own and statement.split(" ")[0].upper() in TELLING


def main():
    """Ask, count, and say who answered."""
    make_cases()
    database = env.cr.dbname
    wrong = []
    with replica.pair(database) as (primary, standby):
        options = [
            *(f"--db_host={primary.host}", f"--db_port={primary.port}"),
            *(f"--db_replica_host={standby.host}", f"--db_replica_port={standby.port}"),
        ]
        port = processes.free_port()
        with serving(database, port, *options):
            client = WebClient(port, database, "bench_replica", "bench_replica")
            reads = get_reads(client)
            for _name, calls in reads:
                client.run(calls)
            # The replica follows within milliseconds; logs are written at once
            time.sleep(1)
            watch = Watch((primary, standby), database)
            print("\n| call | statements on the primary | on the replica | ms |")
            print("|---|--:|--:|--:|")
            for name, calls in reads:
                took, _answer = client.run(calls)
                on_primary, on_replica = watch.look()
                print(f"| {name} | {on_primary} | {on_replica} | {took * 1000:.0f} |")
                if on_primary or not on_replica:
                    wrong.append(name)
            values = {"description": "Too few", "partner_id": env.user.partner_id.id}
            made = client.call(COMPLAINT, "create", [values])
            on_primary, on_replica = watch.look()
            print(f"| a new complaint | {on_primary} | {on_replica} | |")
            if not on_primary:
                wrong.append("a new complaint")
            time.sleep(1)
            seen = client.call(COMPLAINT, "search_count", [["id", "in", made]])
            on_primary, on_replica = watch.look()
            print(f"| it is seen | {on_primary} | {on_replica} | |")
            if not seen or on_primary:
                wrong.append("seeing it")
    if wrong:
        sys.exit(f"not answered where it should be: {', '.join(wrong)}")
    print("\nevery read was answered by the replica, every write by the primary")


main()
