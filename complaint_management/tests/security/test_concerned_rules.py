from odoo.models import TransientModel
from odoo.tests import TransactionCase, tagged

from ..common import MODULE
from .fixtures import own_models

COMPLAINT = "complaint.complaint"


@tagged("post_install", "-at_install")
class TestConcernedRules(TransactionCase):
    """Every part of a complaint has the rule that closes it to whom the complaint is about (R73).

    A new model with a complaint fails here until it has one.
    """

    def _get_parts(self):
        """:return: dict model name → name of the field that leads to its complaint"""
        parts = {}
        for name in own_models(self.env):
            model = self.env.registry[name]
            if issubclass(model, TransientModel):
                continue  # wizards are their user's own
            for field in model._fields.values():
                if field.type == "many2one" and field.comodel_name == COMPLAINT and field.store:
                    parts.setdefault(name, field.name)
        return parts

    def _get_global_rules(self, model):
        return self.env["ir.rule"].search(
            [("model_id.model", "=", model), ("groups", "=", False), ("active", "=", True)]
        )

    def _assert_rule(self, model, text):
        rules = self._get_global_rules(model).filtered(lambda r: text in (r.domain_force or ""))
        self.assertTrue(rules, f"{model} needs its line in complaint_concerned_rules.xml")
        for name in ("perm_read", "perm_write", "perm_create", "perm_unlink"):
            self.assertTrue(any(rules.mapped(name)), name)

    def test_complaint(self):
        self._assert_rule(COMPLAINT, "('is_about_reader', '=', False)")

    def test_every_part(self):
        parts = self._get_parts()
        self.assertGreaterEqual(
            set(parts), {"complaint.line", "complaint.action", "complaint.report", COMPLAINT}
        )
        for name, field in parts.items():
            if name != COMPLAINT:
                with self.subTest(model=name):
                    self._assert_rule(
                        name, f"('{field}', 'not any', [('concerned_user_ids', 'in', [user.id])])"
                    )

    def test_lessons_being_written(self):
        for name, field in (
            ("complaint.lesson", "rule_source_ids"),
            ("complaint.lesson.picture", "lesson_id.rule_source_ids"),
        ):
            with self.subTest(model=name):
                self._assert_rule(
                    name, f"('{field}', 'not any', [('concerned_user_ids', 'in', [user.id])])"
                )

    def test_parts_of_parts(self):
        """What hangs on a part only, without the complaint itself, would be missed above."""
        parts = {COMPLAINT, *self._get_parts()}
        for name in own_models(self.env):
            model = self.env.registry[name]
            if name in parts or issubclass(model, TransientModel):
                continue
            leads = [
                field.name
                for field in model._fields.values()
                if field.type == "many2one" and field.comodel_name in parts and field.store
            ]
            self.assertFalse(leads, f"{name} hangs on a complaint: give it complaint_id and a rule")

    def test_threads_and_activities_are_watched(self):
        watched = self.env["mail.message"]._get_discreet_models()
        for name in self._get_parts():
            if "message_ids" in self.env[name]._fields or "activity_ids" in self.env[name]._fields:
                self.assertIn(name, watched)

    def test_nobody_reads_the_helper_fields(self):
        field = self.env["res.users"]._fields["concerned_complaint_ids"]
        admin = self.env.ref("base.user_admin")
        self.assertFalse(self.env["res.users"].with_user(admin)._has_field_access(field, "read"))
        self.assertNotIn(field.name, self.env["res.users"].with_user(admin).fields_get())
        field = self.env[COMPLAINT]._fields["is_about_reader"]
        self.assertFalse(self.env[COMPLAINT].with_user(admin)._has_field_access(field, "read"))
        self.assertNotIn(field.name, self.env[COMPLAINT].with_user(admin).fields_get())

    def test_form_hides_it_from_contributors(self):
        groups = self.env[COMPLAINT]._fields["concerned_user_ids"].groups
        self.assertIn(f"{MODULE}.group_complaint_user", groups)
        self.assertNotIn(f"{MODULE}.group_complaint_contributor", groups)
