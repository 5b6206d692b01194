import inspect
import json
from datetime import datetime, timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .fixtures import SecurityCommon, read_expectations

# What a program with a mistake, or somebody who is looking for one, sends instead of ids.
BAD_IDS = (
    "1",
    "x",
    {},
    {"a": 1},
    1,
    True,
    None,
    [None],
    [0],
    [-1],
    ["1"],
    ["\x00"],
    [1.5],
    [[1]],
    [{}],
    [True],
    [2**31],
    [2**63],
    [10**40],
    [2**31 - 1],
    [1, 2, "x"],
)
# … and instead of an argument.
BAD_VALUES = (
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    10**40,
    1.5,
    "",
    "\x00",
    "a\x00b",
    "x" * 100_000,
    "٣",
    "2026-99-99",
    "\ud800",
    [],
    [None],
    [[]],
    {},
    {"a": {"b": [1]}},
)
LOGGERS = (
    "odoo.http",
    "odoo.sql_db",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.models",
    "odoo.addons.complaint_management.controllers.api",
)


@tagged("post_install", "-at_install")
class TestMalformed(SecurityCommon, HttpCase):
    """No request of a program ends in an error of ours, whatever it sends (T10)."""

    def _key(self, user):
        keys = self.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "test", datetime.now() + timedelta(days=1))

    def _call(self, key, model, method, body):
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=body if isinstance(body, bytes | str) else json.dumps(body),
            headers={"Authorization": f"bearer {key}", "Content-Type": "application/json"},
        )

    def _check(self, answer, request):
        if answer.status_code >= 500:
            self.found.append((answer.status_code, request, answer.json().get("message")))
        elif answer.status_code >= 400:
            self.assertTrue(answer.json()["message"], request)

    def _get_methods(self):
        """Yield (model, method, names of its arguments) of everything that can be called."""
        for model, methods in read_expectations("rpc_surface.json").items():
            for method in methods:
                function = getattr(self.env[model], method)
                names = list(inspect.signature(function).parameters)
                is_model = hasattr(function, "_api_model")
                yield model, method, names, is_model

    @mute_logger(*LOGGERS)
    def test_ids(self):
        self.found = []
        key = self._key(self.user_admin)
        methods = [found for found in self._get_methods() if not found[3]]
        methods = [found for found in methods if found[0].startswith("complaint.")]
        # The door looks at them before any method is called: a few stand for all
        for model, method, names, _is_model in methods[::12]:
            for ids in BAD_IDS:
                body = {"ids": ids, **dict.fromkeys(names, "x")}
                self._check(self._call(key, model, method, body), (model, method, body))
        self.assertFalse(self.found, self.found[:20])

    @mute_logger(*LOGGERS)
    def test_arguments(self):
        self.found = []
        for user in (self.user_admin, self.user_sales):
            key = self._key(user)
            for model, method, names, is_model in self._get_methods():
                if not model.startswith("complaint.") or not names:
                    continue
                ids = {} if is_model else {"ids": self._own(model)}
                for value in BAD_VALUES:
                    body = {**ids, **dict.fromkeys(names, value)}
                    self._check(self._call(key, model, method, body), (model, method, value))
        self.assertFalse(self.found, self.found[:20])

    @mute_logger(*LOGGERS)
    def test_bodies(self):
        """What is no JSON, no object, or names what does not exist."""
        self.found = []
        key = self._key(self.user_sales)
        own = self.cases["own"]["complaint.complaint"].ids
        for body in (b"", b"{", b"\xff\xfe", b"null", b"[]", b"1", b'"x"', b'{"ids": }'):
            answer = self._call(key, "complaint.complaint", "action_register", body)
            self.assertLess(answer.status_code, 500, body)
        for method, body in (
            ("create", {"vals_list": "x"}),
            ("create", {"vals_list": [1]}),
            ("create", {"vals_list": [{"no_such_field": 1}]}),
            ("create", {"vals_list": [{"partner_id": "x"}]}),
            ("create", {"vals_list": [{"partner_id": 2**40}]}),
            ("create", {"vals_list": [{"date_received": "soon"}]}),
            ("create", {"vals_list": [{"severity": {}}]}),
            ("write", {"ids": own, "vals": []}),
            ("write", {"ids": own, "vals": {"line_ids": "x"}}),
            ("search", {"domain": "x"}),
            ("search", {"domain": [["x", "=", 1]]}),
            ("search", {"domain": [["id", "??", 1]]}),
            ("search", {"domain": [["id", "=", "\x00"]]}),
            ("search", {"domain": [], "limit": "x"}),
            ("search", {"domain": [], "order": "x; DROP TABLE complaint_complaint"}),
            ("search_read", {"domain": [], "fields": [1]}),
            ("read", {"ids": own, "fields": "x"}),
            ("read", {"ids": own, "fields": [None]}),
            ("create_from_order", {"order_id": "x", "vals": {}}),
            ("create_from_order", {"order_id": 2**40, "vals": []}),
            ("create_from_picking", {"picking_id": {}, "vals": {}}),
            ("_write_trusted", {"ids": own, "vals": {"state": "closed"}}),
            ("no_such_method", {}),
        ):
            with self.subTest(method=method, body=body):
                answer = self._call(key, "complaint.complaint", method, body)
                self.assertIn(answer.status_code, range(400, 500), answer.text[:300])
                self.assertTrue(answer.json()["message"])
        for context in ("x", 1, [], ["\x00"], {"lang": "\x00"}, {"lang": "xx"}, {"tz": "No/Where"}):
            body = {"domain": [], "context": context}
            answer = self._call(key, "complaint.complaint", "search", body)
            self.assertLess(answer.status_code, 500, context)

    def _own(self, model):
        return self.cases["own"][model].ids if model in self.cases["own"] else [1]
