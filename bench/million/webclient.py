"""A browser's calls without the browser: what Odoo's web client asks for a view, over HTTP."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from lxml import etree

from odoo.tools import config

ACTIVITY_FIELDS = (
    "activity_exception_decoration",
    "activity_exception_icon",
    "activity_state",
    "activity_summary",
    "activity_type_icon",
    "activity_type_id",
)
ACTIVITY_WIDGETS = ("list_activity", "kanban_activity")
TAG_WIDGETS = ("many2many_tags", "many2many_avatar_user", "many2many_tags_avatar")
LIST_LIMIT, KANBAN_LIMIT, SUB_LIMIT, COUNT_LIMIT = 80, 40, 40, 10_001


@contextmanager
def serving(database, port, *options):
    """Run Odoo on 127.0.0.1 while the block runs; it is ended by its own id.

    :param options: further options of its command line
    """
    command = [
        *(sys.executable, "-m", "odoo", "-d", database, f"--addons-path={_addons_path()}"),
        *("--http-interface=127.0.0.1", f"--http-port={port}", "--max-cron-threads=0"),
        *("--workers=0", "--log-level=warn", "--no-database-list", *options),
    ]
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=os.environ, cwd=Path.cwd())
    try:
        _wait_for(server, port)
        yield server
    finally:
        server.terminate()
        server.wait(60)


def _addons_path():
    folders = config["addons_path"]
    return folders if isinstance(folders, str) else ",".join(folders)


def _wait_for(server, port):
    for _attempt in range(600):
        if server.poll() is not None:
            raise RuntimeError("Odoo ended while starting")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/web/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("Odoo does not answer")


class WebClient:
    """One logged-in browser."""

    def __init__(self, port, database, login, password):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=600)
        self.cookie = ""
        self.number = 0
        credentials = {"db": database, "login": login, "password": password}
        session = self._post("/web/session/authenticate", credentials)
        self.uid = session["uid"]
        self.context = {
            **session["user_context"],
            "allowed_company_ids": [session["user_companies"]["current_company"]],
        }
        self._views = {}

    def call(self, model, method, *arguments, **keywords):
        """Call a public method as the web client does.

        :raise RuntimeError: with the server's message
        """
        keywords["context"] = {**self.context, **keywords.get("context", {})}
        parameters = {"model": model, "method": method, "args": arguments, "kwargs": keywords}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", parameters)

    def _post(self, path, parameters):
        self.number += 1
        body = {"jsonrpc": "2.0", "method": "call", "id": self.number, "params": parameters}
        headers = {"Content-Type": "application/json", "Cookie": self.cookie}
        self.connection.request("POST", path, json.dumps(body), headers)
        response = self.connection.getresponse()
        answer = json.loads(response.read())
        for name, value in response.getheaders():
            if name.lower() == "set-cookie" and value.startswith("session_id="):
                self.cookie = value.split(";")[0]
        if "error" in answer:
            raise RuntimeError(f"{path}: {answer['error']['data']['debug'][-2000:]}")
        return answer.get("result")

    # ------------------------------------------------------------
    # Screens, as lists of calls
    # ------------------------------------------------------------
    def list_calls(self, model, domain, order=None, view_id=False):
        """:return: the call of a list's first page"""
        arch, fields = self._get_view(model, "list", view_id)
        return [
            (
                model,
                "web_search_read",
                {
                    "domain": domain,
                    "specification": self._get_specification(model, arch, fields),
                    "order": order or arch.get("default_order") or "",
                    "limit": LIST_LIMIT,
                    "count_limit": COUNT_LIMIT,
                    "context": {"bin_size": True},
                },
            )
        ]

    def kanban_calls(self, model, domain):
        """:return: calls of a kanban by its default groups: its columns with cards, the bars"""
        arch, fields = self._get_view(model, "kanban")
        groupby = arch.get("default_group_by")
        calls = [
            (
                model,
                "web_read_group",
                {
                    "domain": domain,
                    "groupby": [groupby],
                    "aggregates": [],
                    "auto_unfold": True,
                    "unfold_read_specification": self._get_specification(model, arch, fields),
                    "unfold_read_default_limit": int(arch.get("limit") or KANBAN_LIMIT),
                    "context": {"read_group_expand": True},
                },
            )
        ]
        for bar in arch.iter("progressbar"):
            attributes = {"field": bar.get("field"), "colors": json.loads(bar.get("colors"))}
            keywords = {"domain": domain, "group_by": groupby, "progress_bar": attributes}
            calls.append((model, "read_progress_bar", keywords))
        return calls

    def pivot_calls(self, model, domain, rows, columns, measures=()):
        """:return: the call of a pivot opened to its first rows and columns"""
        sets = [[], rows[:1], columns[:1], rows[:1] + columns[:1]]
        keywords = {
            "domain": domain,
            "grouping_sets": [group for n, group in enumerate(sets) if group not in sets[:n]],
            "aggregates": ["__count", *measures],
        }
        return [(model, "formatted_read_grouping_sets", keywords)]

    def form_calls(self, model, record_id):
        """:return: the call that opens a form"""
        arch, fields = self._get_view(model, "form")
        keywords = {"specification": self._get_specification(model, arch, fields)}
        return [(model, "web_read", {"args": [[record_id]], **keywords})]

    def run(self, calls):
        """:return: ``(seconds, the last answer)`` of calls, one after the other"""
        answer, start = None, time.perf_counter()
        for model, method, keywords in calls:
            named = {name: value for name, value in keywords.items() if name != "args"}
            answer = self.call(model, method, *keywords.get("args", ()), **named)
        return time.perf_counter() - start, answer

    # ------------------------------------------------------------
    # Views
    # ------------------------------------------------------------
    def _get_view(self, model, kind, view_id=False):
        if (model, kind, view_id) not in self._views:
            answer = self.call(model, "get_views", views=[[view_id, kind], [False, "search"]])
            arch = etree.fromstring(answer["views"][kind]["arch"])
            models = {name: value["fields"] for name, value in answer["models"].items()}
            self._views[model, kind, view_id] = (arch, models)
        return self._views[model, kind, view_id]

    def _get_specification(self, model, arch, models):
        """What the client's ``getFieldsSpec`` makes of a view."""
        specification = {}
        for node in self._get_own_fields(arch):
            name, field = node.get("name"), models.get(model, {}).get(node.get("name"))
            if field is None:
                continue
            hidden = node.get("invisible") in ("1", "True") or node.get("column_invisible") in (
                "1",
                "True",
            )
            specification[name] = self._get_field_specification(node, field, models, hidden)
            if node.get("widget") in ACTIVITY_WIDGETS:
                specification.update({key: {} for key in ACTIVITY_FIELDS})
                specification["activity_type_id"] = {"fields": {"display_name": {}}}
        return specification

    def _get_field_specification(self, node, field, models, hidden):
        if field["type"] == "many2one":
            return {"fields": {} if hidden else {"display_name": {}}}
        if field["type"] not in ("one2many", "many2many") or hidden:
            return {}
        if node.get("widget") in TAG_WIDGETS:
            named = {"display_name": {}}
            if "color_field" in (node.get("options") or ""):
                named["color"] = {}
            return {"fields": named}
        inner = node.find("list")
        inner = inner if inner is not None else node.find("kanban")
        if inner is None and not node.get("widget"):
            inner, models = self._get_view(field["relation"], "list")
        if inner is None:
            return {}
        return {
            "fields": self._get_specification(field["relation"], inner, models),
            "limit": SUB_LIMIT,
            "order": inner.get("default_order") or "",
        }

    def _get_own_fields(self, node):
        """Fields of a view, not those of the views inside its fields."""
        for child in node:
            if child.tag == "field":
                yield child
            elif isinstance(child.tag, str):
                yield from self._get_own_fields(child)
