"""Whatever text field there is, or will be: it is on the list below, or no customer reads it.

Every stored text of every model of ours gets a mark of its own, straight in the database; then
each document and letter for customers is made and searched for the marks. A new field that leaks
fails here, and so does a line of the list that no document prints any more.
"""

import base64
import re
from collections import defaultdict

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.complaint.complaint_state_guard import TRUSTED
from ...models.correspondence.complaint_chat import MOMENTS
from ..common import MODULE
from ..security.fixtures import SecurityCommon, own_models
from . import office_files as files
from .common import DocumentsCommon

# What customers may read, in any document or letter. Adding a line here is a decision.
CUSTOMER_FIELDS = {
    "complaint.action": {
        "choice_note",
        "clean_point",
        "evidence_note",
        "name",
        "validation_note",
    },
    "complaint.cause": {"evidence_note", "name", "whys"},
    "complaint.comparison": {"not_observed", "observed"},
    "complaint.complaint": {
        "complainant_name",
        "customer_feedback",
        "customer_order_ref",
        "customer_plant",
        "customer_reference",
        "description",
        "first_good_lot",
        "first_good_marking",
        "investigation_result",
        "lesson_learned",
        "name",
        "phone",
        "place",
        "plan_summary",
        "purchase_place",
    },
    "complaint.containment.check": {"action"},
    "complaint.defect": {"name"},
    "complaint.demand": {"alternative", "answer", "name"},
    "complaint.demand.option": {"description", "name"},
    "complaint.department": {"name"},
    "complaint.document.revision": {"name", "revision"},
    "complaint.evidence": {"name"},
    "complaint.line": {"customer_part", "drawing_revision", "lot_name", "name"},
    "complaint.member": {"contact", "function", "name"},
    "complaint.point": {"finding_note", "words"},
    "complaint.promise": {"name"},
    "complaint.report": {"name"},
    "complaint.report.profile": {"closing", "form_number", "intro", "supplier_code", "title"},
    "complaint.report.profile.section": {"body", "title"},
}
# Of siblings, where they are installed.
SIBLING_FIELDS = {"complaint.complaint": {"coupon_code"}}
# Printed by purpose, and what makes a document work: a mark there would be no document any more.
UNMARKED_FIELDS = {
    "complaint.report": {"lang", "office_name", "office_sha256", "pdf_name", "pdf_sha256"},
    "complaint.report.profile": {"form_name"},
    "complaint.report.profile.section": {"code"},
    "complaint.report.section": {"body", "code", "title"},
}
# Templates of mails between colleagues; every other one counts as a letter to the customer.
INTERNAL_TEMPLATES = re.compile(r"mail_template_(action_done|escalation|notice|plan|registration)$")
TEXTS = ("char", "text", "html")
MARK = re.compile(r"zq(\d+)q", re.IGNORECASE)


@tagged("post_install", "-at_install")
class TestCustomerFields(DocumentsCommon):
    """No text field reaches a customer unless somebody decided so (R31, R34, practice: *never*)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_form_profile()
        cls.complaint = cls._full_case()
        cls.marked = cls._mark_everything()

    @classmethod
    def _full_case(cls):
        """A case with two points, every kind of action and one of each part there is."""
        scratch = cls.env["complaint.defect"].create({"name": "Test: scratch"})
        complaint = cls._case(
            photos=1,
            line_ids=[
                Command.create(cls._prepare_line_vals(product_id=False, name="Film")),
                Command.create(cls._prepare_line_vals(defect_id=scratch.id)),
            ],
            demand_ids=[
                Command.create({"kind": "cause_prevention", "name": "Why?"}),
                Command.create({"kind": "credit", "name": "Pay"}),
            ],
        )
        department = cls.env["complaint.department"].create({"name": "Transport"})
        complaint.cause_ids.department_id = department
        for kind in ("containment", "correction", "verification", "communication"):
            action = cls._add_action(complaint, kind=kind, name=kind, department_id=department.id)
            action._write_trusted({"state": "done", "date_done": "2026-01-05 10:00:00"})
        cls._complete(complaint)
        for demand, state in zip(complaint.demand_ids, ("offered", "declined"), strict=True):
            demand._write_trusted({"state": state})
        return complaint

    @classmethod
    def _make_form_profile(cls):
        """A customer's form that asks for everything there is."""
        sources = cls.env["complaint.report"]._get_form_sources()
        cells = {f"A{row}": f"{{{{{key}}}}}" for row, key in enumerate(sources, 1)}
        cls.env["complaint.report.profile"].create(
            {
                "name": "Form",
                "kind": "form",
                "form_file": base64.b64encode(files.sheet(cells)),
                "form_name": "form.xlsx",
                "sequence": 999,
            }
        )

    @classmethod
    def _complete(cls, complaint):
        """Add one of each part the case has none of; ``without``: models of unknown values."""
        cls.without = []
        for name in own_models(cls.env):
            model = cls.env[name]
            if model._transient or not model._auto or "complaint_id" not in model._fields:
                continue
            if name.startswith("complaint.report") or model.search_count(
                [("complaint_id", "=", complaint.id)]
            ):
                continue
            try:
                prepare = SecurityCommon._prepare_part_vals.__func__
                vals = prepare(cls, name, complaint, cls.user_contributor)
            except KeyError:
                cls.without.append(name)
            else:
                # Trusted: some are written by the system only
                model.with_context(complaint_transition=TRUSTED).create(vals)

    @classmethod
    def _get_text_fields(cls, model):
        """:return: names of the stored texts of ``model`` that may be marked"""
        return sorted(
            name
            for name, field in model._fields.items()
            if field.type in TEXTS
            and field.store
            and field.column_type
            and not field.company_dependent
            and name not in UNMARKED_FIELDS.get(model._name, ())
        )

    @classmethod
    def _mark_everything(cls):
        """Give each text field of each model of ours a mark of its own.

        :return: list of ``(model, field)``; its index is the number in the mark
        """
        models = [cls.env[name] for name in own_models(cls.env)]
        models = [model for model in models if model._auto and not model._transient]
        marked = [(model._name, name) for model in models for name in cls._get_text_fields(model)]
        for model in models:
            cls._mark(model, marked)
        cls.env.registry.clear_all_caches()
        return marked

    @classmethod
    def _mark(cls, model, marked):
        """Write the marks of ``model`` straight into its table: nothing refuses, nobody is told."""
        cls.env.flush_all()
        for number, (model_name, name) in enumerate(marked):
            if model_name != model._name:
                continue
            value = SQL("%s || id", f"zq{number}q")  # with the id: some are unique
            if model._fields[name].translate:
                value = SQL("jsonb_build_object('en_US', %s)", value)
            cls.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s",
                    SQL.identifier(model._table),
                    SQL.identifier(name),
                    value,
                )
            )
        cls.env.invalidate_all()

    def _find(self, html, found, document):
        for number in MARK.findall(html):
            found[self.marked[int(number)]].add(document)

    def _get_text(self, report):
        """:return: what a document says: of a customer's form every cell and every part"""
        if report.kind != "form":
            return self._html(report)
        parts = files.read_parts(report._make_office()[0])
        return "\n".join(content.decode(errors="ignore") for content in parts.values())

    def _get_templates(self):
        """:return: dict name → ``mail.template`` of ours whose mails go to customers"""
        data = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "mail.template")]
        )
        templates = {
            row.name: self.env["mail.template"].browse(row.res_id)
            for row in data.sorted("name")
            if not INTERNAL_TEMPLATES.match(row.name)
        }
        return {name: template for name, template in templates.items() if template.exists()}

    def _get_found(self):
        """:return: dict ``(model, field)`` → set of the documents in which its mark stands"""
        found = defaultdict(set)
        for moment, _label in MOMENTS:
            self._find(self.complaint._get_chat_text(moment), found, f"chat: {moment}")
        kinds = [key for key, _label in self.env["complaint.report"]._fields["kind"].selection]
        reports = {kind: self._report(self.complaint, kind) for kind in kinds}
        reports["8d"].stage = "final"
        self._mark(self.env["complaint.report"], self.marked)
        for kind, report in reports.items():
            self._find(self._get_text(report), found, kind)
        values = reports["preventive"]._get_placeholder_values()
        self._find("\n".join(values.values()), found, "placeholders")
        records = {
            "complaint.complaint": self.complaint,
            "complaint.report": reports["preventive"],
        }
        for name, template in self._get_templates().items():
            record = records.get(template.model)
            for field in ("subject", "body_html") if record else ():
                texts = template._render_field(field, record.ids)
                self._find(str(texts[record.id]), found, name)
        return found

    @mute_logger("odoo.addons.base.models.ir_qweb")
    def test_only_what_is_on_the_list(self):
        self._check_found(self._get_found())

    @mute_logger("odoo.addons.base.models.ir_qweb")
    def test_in_chinese_too(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        (self.customer + self.contact).lang = "zh_CN"
        self._check_found(self._get_found())

    def _check_found(self, found):
        allowed = {(model, name) for model, names in CUSTOMER_FIELDS.items() for name in names}
        allowed |= {
            (model, name)
            for model, names in SIBLING_FIELDS.items()
            for name in names & self.env[model]._fields.keys()
        }
        leaks = {f"{m}.{n}": sorted(found[m, n]) for m, n in sorted(set(found) - allowed)}
        self.assertFalse(leaks, "Decide: may customers read this? Then put it on the list.")
        stale = sorted(f"{m}.{n}" for m, n in allowed - set(found))
        self.assertFalse(stale, "No document prints this (any more): take it off the list.")

    def test_the_marks_are_there(self):
        """Else the test above would find nothing for the wrong reason."""
        for model, name in self.marked:
            record = self.env[model].sudo().search([], limit=1)
            if record:
                with self.subTest(model=model, field=name):
                    self.assertRegex(str(record[name] or "zq0q"), MARK)
        inside = self.complaint.with_user(self.user_quality)
        self.assertRegex(inside.assessment, MARK)
        self.assertRegex(inside.point_ids[0].assessment, MARK)
        self.assertRegex(inside.cause_ids[0].operator_name, MARK)

    def test_a_part_of_every_kind_is_looked_at(self):
        self.assertFalse(self.without, "Give them values in tests/security/fixtures.py.")

    def test_every_text_is_marked_or_named(self):
        marked = set(self.marked)
        for model_name in own_models(self.env):
            model = self.env[model_name]
            for name in () if model._transient or not model._auto else model._fields:
                field = model._fields[name]
                if field.type in TEXTS and field.store:
                    self.assertTrue(
                        (model_name, name) in marked or name in UNMARKED_FIELDS.get(model_name, ()),
                        f"{model_name}.{name}",
                    )
