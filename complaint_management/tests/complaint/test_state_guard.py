import json

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged

from ..common import ComplaintCommon

GUARDED = (
    "complaint.complaint",
    "complaint.line",
    "complaint.demand",
    "complaint.action",
    "complaint.cause",
    "complaint.evidence",
    "complaint.report",
)
# A value of each type that differs from what a new record has, counters included: far above
# what the records of one test can reach, in whatever order a set of names comes.
FORGED = {
    "selection": lambda field: field.selection[-1][0],
    "integer": lambda field: 987_654,
    "char": lambda field: "Forged",
    "text": lambda field: "Forged",
    "boolean": lambda field: True,
    "datetime": lambda field: "2020-01-01 00:00:00",
    "binary": lambda field: "Rm9yZ2Vk",
}

# Figures others are judged by.
DERIVED = {
    "complaint.expense.amount_company",
    "complaint.action.is_counted",
    "complaint.action.labour_cost",
    "complaint.complaint.commercial_partner_id",
    "complaint.demand.deduction_key",
    "complaint.demand.granted_value",
}


@tagged("post_install", "-at_install")
class TestStateGuard(ComplaintCommon):
    """No door lets anybody but a verb write what verbs write, least of all a context (T16, T20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(user=cls.user_sales)

    def _prepare(self, model):
        vals = {
            "complaint.complaint": self._prepare_complaint_vals(),
            "complaint.line": {"name": "Goods"},
            "complaint.demand": {"kind": "return"},
            "complaint.action": {"name": "Look", "deadline": "2099-01-01"},
            "complaint.cause": {"name": "Wet cartons"},
            "complaint.evidence": {"name": "Photo"},
            "complaint.report": {"partner_id": self.customer.id},
        }[model]
        if model != "complaint.complaint":
            vals = {**vals, "complaint_id": self.complaint.id}
        return vals

    def _forged(self, model):
        """:return: dict verb field -> a value no new record has"""
        fields = self.env[model]._fields
        result = {}
        for name in sorted(self.env[model]._get_verb_fields()):
            if fields[name].type in FORGED:
                result[name] = FORGED[fields[name].type](fields[name])
            elif fields[name].comodel_name == "res.users":
                one = self.user_manager.id
                many = [Command.set([one])]
                result[name] = many if fields[name].type == "many2many" else one
        return result

    def test_forged_defaults_are_ignored(self):
        for model in GUARDED:
            records = self.env[model].with_user(self.user_manager)
            plain = records.create(self._prepare(model))
            for name, value in self._forged(model).items():
                with self.subTest(model=model, field=name):
                    forged = records.with_context(**{f"default_{name}": value}).create(
                        self._prepare(model)
                    )
                    if name not in ("name", "version", "round_number"):
                        self.assertEqual(forged.sudo()[name], plain.sudo()[name])
                    else:
                        self.assertNotEqual(forged.sudo()[name], value)

    def test_given_values_are_refused(self):
        for model in GUARDED:
            records = self.env[model].with_user(self.user_manager)
            for name, value in self._forged(model).items():
                with self.subTest(model=model, field=name), self.assertRaises(UserError):
                    records.create({**self._prepare(model), name: value})

    def test_figures_that_follow_from_others_are_not_written(self):
        """Sums and keys are computed; an administrator does not write them either (T16)."""
        found = set()
        for model in self.env.registry:
            records = self.env[model]
            if records._abstract or not hasattr(records, "_is_derived"):
                continue
            # sudo: whatever else he may do
            records = records.with_user(self.user_admin).sudo()
            for name in filter(records._is_derived, records._fields):
                found.add(f"{model}.{name}")
                with self.subTest(model=model, field=name):
                    with self.assertRaisesRegex(UserError, "follow from other fields"):
                        records.write({name: 1})
                    context = records.with_context(**{f"default_{name}": 1})
                    self.assertNotIn(
                        f"default_{name}", context._without_forged_defaults().env.context
                    )
        self.assertLessEqual(DERIVED, found)
        demands = self.env["complaint.demand"].with_user(self.user_admin)
        with self.assertRaisesRegex(UserError, "follow from other fields"):
            demands.create({**self._prepare("complaint.demand"), "granted_value": 99.0})

    def test_copy_and_import_start_anew(self):
        context = {"default_state": "closed", "default_outcome": "accepted"}
        complaints = self.complaint.with_user(self.user_manager).with_context(**context)
        self.assertEqual(complaints.copy().state, "draft")
        loaded = complaints.load(["description", "partner_id/.id"], [["Rust", self.customer.id]])
        self.assertEqual(complaints.browse(loaded["ids"]).state, "draft")

    def test_context_lifts_no_deletion_guard(self):
        forced = self.complaint.with_user(self.user_admin).with_context(_force_unlink=True)
        for record in (forced, forced.line_ids, forced.demand_ids):
            with self.subTest(record=record), self.assertRaises(UserError):
                record.unlink()


@tagged("post_install", "-at_install")
class TestStateGuardOverHttp(HttpCase):
    """The same through the door browsers use."""

    def test_call_kw(self):
        user = new_test_user(
            self.env,
            "test_complaint_forger",
            groups="complaint_management.group_complaint_user",
            password="test_complaint_forger",
        )
        self.authenticate(user.login, user.login)
        payload = {
            "model": "complaint.complaint",
            "method": "create",
            "args": [[{"description": "Rust"}]],
            "kwargs": {
                "context": {"default_state": "closed", "default_measures_state": "approved"}
            },
        }
        response = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": payload}),
            headers={"Content-Type": "application/json"},
        )
        complaint = self.env["complaint.complaint"].browse(response.json()["result"])
        self.assertEqual((complaint.state, complaint.measures_state), ("draft", "draft"))
