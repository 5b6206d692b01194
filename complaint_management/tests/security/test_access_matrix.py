from collections import defaultdict
from contextlib import contextmanager

from odoo import SUPERUSER_ID, Command
from odoo.exceptions import AccessError, UserError
from odoo.models import TransientModel
from odoo.tests import tagged
from odoo.tools import mute_logger

from .fixtures import ROLES, SecurityCommon, own_models, read_expectations, write_expectations

EXPECTED = "access_matrix.json"
# A harmless change of each model, and values of a new record where a complaint has no part of it.
CHANGES = {
    "complaint.complaint": {"place": "Hall 2"},
    "complaint.line": {"sequence": 5},
    "complaint.point": {"sequence": 5},
    "complaint.demand": {"sequence": 5},
    "complaint.demand.line": {"quantity": 2},
    "complaint.approval": {"reason": "Better"},
    "complaint.demand.option": {"sequence": 5},
    "complaint.action": {"description": "Look twice"},
    "complaint.cause": {"evidence_note": "Tried out"},
    "complaint.round": {"outcome": "Better"},
    "complaint.clock": {"date_deadline": "2100-01-01"},
    "complaint.clock.event": {"reason": "Better"},
    "complaint.evidence": {"sequence": 5},
    "complaint.member": {"function": "Packing"},
    "complaint.comparison": {"not_observed": "Upper layers"},
    "complaint.containment.check": {"action": "Blocked"},
    "complaint.document.revision": {"revision": "D"},
    "complaint.report": {"lang": "en_US"},
    "complaint.report.section": {"body": "Text"},
    "complaint.promise": {"note": "Twice"},
    "complaint.expense": {"name": "Courier, Sunday"},
    "complaint.analysis.cost": {"document": "Forged"},
    "complaint.analysis.measure": {"name": "Forged"},
    "complaint.analysis.salesperson": {"month": "2100-01-01"},
    "complaint.analysis.status": {"name": "Forged"},
    "complaint.analysis.clock": {"kind": "report"},
    "complaint.analysis.action": {"name": "Forged"},
    "complaint.analysis.promise": {"name": "Forged"},
    "complaint.analysis.goods": {"lot_name": "Forged"},
    "complaint.analysis.ppm": {"quantity_delivered": 1e9},
    "complaint.analysis.demand": {"amount_granted": 1e9},
    "complaint.analysis.repurchase": {"order_count": 1},
    "complaint.sample.move": {"note": "Sealed"},
    "complaint.correction": {"reason": "Better"},
    "complaint.reminder": {"level": 50},
    "complaint.contradiction": {"state": "withdrawn"},
    "complaint.repetition": {"reason": "Forged"},
    "complaint.mail.kept": {"error": "None"},
    "complaint.digest.item": {"text": "Done"},
    "complaint.escalation": {"level": 0},
    "complaint.plan.version": {"change_text": "Other"},
    "complaint.lesson": {"name": "Wet cartons"},
    "complaint.lesson.picture": {"sequence": 5},
    "complaint.lesson.tag": {"sequence": 5},
    "complaint.training": {"note": "Twice"},
    "complaint.training.attendee": {"sequence": 5},
}
CONFIGURATION = {
    "complaint.category": {"name": "Kind"},
    "complaint.channel": {"name": "Way"},
    "complaint.defect": {"name": "Defect"},
    "complaint.cause.category": {"name": "Reason"},
    "complaint.department": {"name": "Hall 2"},
    "complaint.category.evidence": {"name": "Photo"},
    "complaint.category.question": {"name": "When?"},
    "complaint.route": {"name": "Call him", "kind": "explanation"},
    "complaint.severity.factor": {"name": "Half a lot"},
    "complaint.policy": {"plan_days": 1},
    "complaint.limit": {"function": "finance", "amount": 50},
    "complaint.approval.policy": {"kind": "gift"},
    "complaint.region": {"name": "Harbour", "user_id": SUPERUSER_ID},
    "complaint.team": {"name": "Team"},
    "complaint.team.function": {"function": "quality"},
    "complaint.notice": {"event": "resolved", "recipient": "quality"},
    "complaint.escalation.level": {"name": "Step"},
    "complaint.escalation.recipient": {"recipient": "lead"},
    "complaint.report.profile": {"name": "His way"},
    "complaint.report.profile.section": {"code": "extra"},
    "complaint.report.form.field": {"target": "A1", "source": "words"},
}


@tagged("post_install", "-at_install")
class TestAccessMatrix(SecurityCommon):
    """What every role may do with every model, tried out, against a reviewed list (T3, R60).

    Each cell names what worked by first letter: read, write, create, unlink. The four
    doors that list records must show exactly what may be read.
    """

    @contextmanager
    def _attempt(self):
        """Run in a savepoint that never stays; what is refused is recorded, nothing else is."""
        outcome = []
        with mute_logger("odoo.addons.base.models.ir_rule", "odoo.models", "odoo.sql_db"):
            savepoint = self.env.cr.savepoint(flush=False)
            try:
                yield outcome
                self.env.flush_all()
                outcome.append(True)
            except UserError:  # AccessError is one too
                outcome.append(False)
            finally:
                self.env.invalidate_all(flush=False)
                savepoint.rollback()
                savepoint.close(rollback=False)
                self.env.transaction.clear()

    def _may(self, function):
        with self._attempt() as outcome:
            function()
        return any(outcome)

    def _rights(self, record, create_vals, change):
        """:return: letters of what the user of ``record`` may do with it, tried out"""
        letters = ""
        if self._may(lambda: record.read(["display_name", *change])):
            letters += "r"
        if self._may(lambda: record.write(change)):
            letters += "w"
        if self._may(lambda: record.browse().create(create_vals)):
            letters += "c"
        if self._may(record.unlink):
            letters += "u"
        return letters or "-"

    def _complaint_rights(self):
        matrix = defaultdict(lambda: defaultdict(dict))
        for case, records in self.cases.items():
            for model, record in records.items():
                if not record:
                    continue
                # Nothing of what is tried stays: one set of values serves every role
                vals = self._prepare_part_vals(
                    model,
                    records["complaint.complaint"],
                    self.user_quality,
                    records["complaint.report"],
                )
                if model == "complaint.cause":
                    vals = {"complaint_id": vals["complaint_id"], "name": "Bad film"}
                elif model == "complaint.report":
                    vals["kind"] = "feedback"
                self.env.flush_all()
                for role in ROLES:
                    user = self._user(role)
                    matrix[model][role][case] = self._rights(
                        record.with_user(user), vals, CHANGES[model]
                    )
        return matrix

    def _configuration_rights(self):
        matrix = defaultdict(lambda: defaultdict(dict))
        for model, vals in CONFIGURATION.items():
            if model == "complaint.team.function":
                team = self.env["complaint.team"].create({"name": "Without functions"})
                vals = {**vals, "team_id": team.id}
                change = {"user_id": self.user_quality.id}
                record = team.function_ids.create({**vals, "function": "finance"})
            elif model == "complaint.escalation.recipient":
                level = self.env["complaint.escalation.level"].create({"name": "Without people"})
                vals = {**vals, "level_id": level.id}
                change = {"recipient": "backup"}
                record = level.recipient_ids.create({**vals, "recipient": "owner"})
            elif model == "complaint.report.form.field":
                profile = self.env["complaint.report.profile"].create({"name": "His form"})
                vals = {**vals, "profile_id": profile.id}
                change = {"sequence": 5}
                record = self.env[model].create({**vals, "target": "B1"})
            elif model in ("complaint.limit", "complaint.approval.policy"):
                # Of each there is one; nobody who may create is stopped by that
                other = {"function": "product"} if "function" in vals else {"kind": "repair"}
                change = {"active": False}
                record = self.env[model].create({**vals, **other})
            elif model == "complaint.report.profile.section":
                profile = self.env["complaint.report.profile"].create({"name": "His way"})
                vals = {**vals, "profile_id": profile.id}
                change = {"is_printed": False}
                record = profile.section_ids[:1]
            else:
                if model in ("complaint.category.evidence", "complaint.category.question"):
                    vals = {**vals, "category_id": self.category_simple.id}
                named = "name" in self.env[model]._fields
                change = {"name": "Renamed"} if named else {"sequence": 5}
                record = self.env[model].create(vals)
            for role in ROLES:
                matrix[model][role]["any"] = self._rights(
                    record.with_user(self._user(role)), vals, change
                )
        return matrix

    def _library_rights(self):
        matrix = defaultdict(lambda: defaultdict(dict))
        for state, records in self.library.items():
            for model, record in records.items():
                vals = self._prepare_library_vals(
                    model, records["complaint.lesson"], training=records["complaint.training"]
                )
                if model == "complaint.training":
                    vals["lesson_ids"] = self.library["published"]["complaint.lesson"].ids
                for role in ROLES:
                    matrix[model][role][state] = self._rights(
                        record.with_user(self._user(role)), vals, CHANGES[model]
                    )
        return matrix

    def _wizard_rights(self):
        """Who may open which wizard; that it is closed to others is in ``test_wizard_rights``."""
        matrix = defaultdict(lambda: defaultdict(dict))
        for model in own_models(self.env):
            if issubclass(self.env.registry[model], TransientModel):
                for role in ROLES:
                    may = self.env[model].with_user(self._user(role)).has_access("create")
                    matrix[model][role]["open"] = "yes" if may else "-"
        return matrix

    def test_matrix(self):
        matrix = {
            **self._complaint_rights(),
            **self._configuration_rights(),
            **self._library_rights(),
            **self._wizard_rights(),
        }
        self.assertEqual(sorted(matrix), own_models(self.env), "Each model needs its lines here")
        if write_expectations(EXPECTED, matrix):
            return
        expected = read_expectations(EXPECTED)
        for model in sorted({*matrix, *expected}):
            for role in ROLES:
                with self.subTest(model=model, role=role):
                    self.assertEqual(
                        dict(matrix.get(model, {}).get(role, {})),
                        expected.get(model, {}).get(role, {}),
                    )

    def test_every_door_shows_what_may_be_read(self):
        # Exporting needs a right of its own besides; once, as every write of a user clears caches
        exporter = self.env.ref("base.group_allow_export")
        users = self.env["res.users"].union(*map(self._user, ROLES))
        users.group_ids = [Command.link(exporter.id)]
        cases = [*self.cases.values(), *self.library.values()]
        for model in [*self.cases["own"], *self.library["draft"]]:
            everything = self.env[model].browse(
                [case[model].id for case in cases if case.get(model)]
            )
            for role in ROLES:
                with self.subTest(model=model, role=role):
                    self._check_doors(everything.with_user(self._user(role)))

    def _check_doors(self, records):
        domain = [("id", "in", records.ids)]
        readable = set(records._filtered_access("read").ids)
        doors = {
            "search_read": lambda: {row["id"] for row in records.search_read(domain, ["id"])},
            "formatted_read_group": lambda: {
                row["id"][0] if isinstance(row["id"], tuple) else row["id"]
                for row in records.formatted_read_group(domain, ["id"], ["__count"])
                if row["__count"]
            },
            "name_search": lambda: {row[0] for row in records.name_search("", domain, limit=None)},
            "search_count": lambda: records.search_count(domain),
        }
        if not records.browse().has_access("read"):
            for name, door in doors.items():
                with self.assertRaises(AccessError, msg=name):
                    door()
        else:
            counted = doors.pop("search_count")()
            self.assertEqual(counted, len(readable))
            for name, door in doors.items():
                found = door()
                self.assertEqual(found, readable, name)
        for record in records:
            self._check_export(record, record.id in readable)

    def _check_export(self, record, may_read):
        """Nobody exports what he may not read."""
        if may_read:
            rows = record.export_data([".id"])["datas"]
            self.assertEqual(rows, [[str(record.id)]])
        else:
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                record.export_data([".id", "display_name"])

    def test_access_lines_name_a_group(self):
        """A line of access without a group would be for everybody, the portal included."""
        lines = self.env["ir.model.access"].search([("model_id.model", "in", own_models(self.env))])
        self.assertFalse(lines.filtered(lambda line: not line.group_id).mapped("name"))
