r"""Every address of ours, against the reviewed list ``tests/routes.json``.

After a wanted change rewrite it with::

    COMPLAINT_WRITE_EXPECTATIONS=1 python3 -m launcher quick mydb --update \
        --tags /complaint_management:TestRoutes

and read the difference.
"""

import json
import os
import threading
from pathlib import Path

from odoo.tests import TransactionCase, tagged

PACKAGE = "odoo.addons.complaint_management."
ROUTES = Path(__file__).parents[1] / "routes.json"


def own_rules(env):
    """:return: the rules of the routing map whose method this addon defines or overrides"""
    # Core keeps the database's name on the thread; the main thread of other runners has none
    threading.current_thread().dbname = env.cr.dbname
    rules = []
    for rule in env["ir.http"].routing_map().iter_rules():
        method = getattr(rule.endpoint, "func", rule.endpoint)
        if method.__module__.startswith(PACKAGE):
            rules.append(rule)
    return sorted(rules, key=lambda rule: rule.rule)


def describe(rule):
    """:return: dict of what decides who gets in and what can happen"""
    routing = rule.endpoint.routing
    return {
        "auth": routing["auth"],
        "type": routing["type"],
        "methods": sorted(set(routing.get("methods") or ["ANY"]) - {"OPTIONS"}),
        "csrf": bool(routing.get("csrf", routing["type"] == "http")),
    }


@tagged("post_install", "-at_install")
class TestRoutes(TransactionCase):
    """No address of ours that nobody looked at (T22)."""

    def test_list_of_routes(self):
        found = {rule.rule: describe(rule) for rule in own_rules(self.env)}
        self.assertTrue(found)
        if os.environ.get("COMPLAINT_WRITE_EXPECTATIONS"):
            ROUTES.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n")
            return
        self.assertEqual(found, json.loads(ROUTES.read_text()))

    def test_nothing_without_a_session_or_database(self):
        for rule in own_rules(self.env):
            with self.subTest(route=rule.rule):
                self.assertIn(describe(rule)["auth"], ("user", "public", "bearer"))

    def test_pages_that_change_something_are_no_links(self):
        """Who may GET an address may not change anything by it; the access test tries it out."""
        for rule in own_rules(self.env):
            routing = describe(rule)
            if routing["type"] == "http" and "GET" not in routing["methods"]:
                with self.subTest(route=rule.rule):
                    self.assertEqual(routing["methods"], ["POST"])
                    self.assertTrue(routing["csrf"])
