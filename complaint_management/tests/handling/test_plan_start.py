from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ...models.routing.complaint_function import FUNCTIONS
from ..common import MODULE
from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestPlanStart(HandlingCommon):
    """Registering makes dated actions and information activities for the right people (R21)."""

    def _activities(self, complaint, user):
        return complaint.activity_ids.filtered(lambda a: a.user_id == user)

    def test_quality_purchasing_and_management_find_an_activity(self):
        complaint = self._registered_complaint(user=self.user_sales, severity="major")
        for user in (
            self.user_quality,
            self.user_purchasing,
            self.user_leadership,
            self.user_manager,
            self.user_sales,
        ):
            with self.subTest(user=user.login):
                self.assertTrue(self._activities(complaint, user))

    def test_lines_with_a_kind_become_actions(self):
        complaint = self._registered_complaint(user=self.user_sales)
        templates = self.plan.template_ids.filtered(
            lambda t: t.action_kind and t.complaint_from == "registration"
        )
        self.assertEqual(complaint.action_ids.template_id, templates)
        today = fields.Date.context_today(complaint)
        for action in complaint.action_ids:
            self.assertEqual(action.kind, action.template_id.action_kind)
            self.assertEqual(
                action.deadline, today + timedelta(days=action.template_id.delay_count)
            )
            self.assertEqual(action.activity_id.user_id, action.user_id)
            self.assertEqual(action.state, "open")
        block = self._action_from_template(complaint, "block")
        self.assertEqual((block.kind, block.user_id), ("containment", self.user_quality))

    def test_lines_without_become_information(self):
        complaint = self._registered_complaint(user=self.user_sales, severity="major")
        information = complaint.activity_ids.filtered("complaint_until")
        self.assertEqual(
            len(information), len(self.plan.template_ids.filtered(lambda t: not t.action_kind))
        )
        self.assertFalse(self.Action.search([("activity_id", "in", information.ids)]))
        # They belong to nobody's work: everybody may drop his own.
        self._activities(complaint, self.user_leadership).with_user(self.user_leadership).unlink()

    def test_category_without_plan_uses_the_teams(self):
        self.category_simple.plan_id = False
        self.team.plan_id = self.env.ref(f"{MODULE}.plan_simple")
        complaint = self._complaint(user=self.user_sales, category_id=self.category_simple.id)
        complaint.action_register()
        self.assertIn("Look into it and settle it", complaint.activity_ids.mapped("summary"))
        complaint.action_resolve()
        self.assertEqual(complaint.action_ids.kind, "followup")

    def test_simple_case_is_resolved_in_one_press(self):
        self.category_simple.plan_id = self.env.ref(f"{MODULE}.plan_simple")
        complaint = self._complaint(user=self.user_sales, category_id=self.category_simple.id)
        complaint.action_register()
        self.assertTrue(complaint.activity_ids.filtered("complaint_until"))
        complaint.action_resolve()
        self.assertFalse(complaint.activity_ids.filtered("complaint_until"))

    def test_no_plan_at_all(self):
        complaint = self._bare_complaint()
        self.assertEqual(complaint.state, "registered")
        self.assertFalse(complaint.activity_ids)

    def test_lead_is_the_categorys_function(self):
        complaint = self._registered_complaint(user=self.user_sales)
        self.assertEqual(complaint.lead_user_id, self.user_quality)
        chosen = self._registered_complaint(
            user=self.user_service, lead_user_id=self.user_service.id
        )
        self.assertEqual(chosen.lead_user_id, self.user_service)

    def test_information_closes_with_its_occasion(self):
        complaint = self._registered_complaint(user=self.user_sales, severity="major")
        complaint.plan_summary = "Plan"
        acknowledge = self._activities(complaint, self.user_leadership)
        complaint.with_user(self.user_quality).action_release()
        self.assertFalse(acknowledge.active)
        self.assertTrue(complaint.activity_ids.filtered(lambda a: a.complaint_until == "approve"))
        complaint.with_user(self.user_manager).action_cancel("Withdrawn")
        self.assertFalse(complaint.activity_ids)

    def test_report_and_approval_answer_themselves(self):
        complaint = self._registered_complaint(user=self.user_sales)
        for until, vals in (
            ("report", {"date_reported": fields.Datetime.now()}),
            ("approve", {"measures_state": "requested"}),
        ):
            activity = complaint.activity_ids.filtered(lambda a, u=until: a.complaint_until == u)
            self.assertTrue(activity.active)
            complaint._write_trusted(vals)
            self.assertFalse(activity.active)

    def test_objecting_customer_asks_the_lead_for_a_plan(self):
        complaint = self._bare_complaint()
        complaint.plan_summary = "Plan"
        complaint.with_user(self.user_quality).action_release()
        complaint.with_user(self.user_sales).action_object("Not enough")
        activity = self._activities(complaint, self.user_quality).filtered(
            lambda a: "revise the plan" in a.summary
        )
        self.assertEqual(activity.complaint_until, "release")
        complaint.with_user(self.user_quality).action_release()
        self.assertFalse(activity.active)

    def test_all_responsible_types_find_somebody(self):
        complaint = self._registered_complaint(user=self.user_sales)
        template = self.env.ref(f"{MODULE}.plan_quality_block")
        expected = {f"complaint_{f.function}": f.user_id for f in self.team.function_ids}
        expected |= {"complaint_lead": self.user_quality, "complaint_salesperson": self.user_sales}
        self.assertEqual(len(expected), len(FUNCTIONS) + 2)
        for responsible_type, user in expected.items():
            with self.subTest(responsible_type=responsible_type):
                template.responsible_type = responsible_type
                found = template._determine_responsible(self.env["res.users"], complaint)
                self.assertEqual(found, {"responsible": user, "error": False, "warning": False})

    def test_own_types_are_for_complaints_only(self):
        plan = self.env["mail.activity.plan"].create({"name": "Other", "res_model": "res.partner"})
        for vals in ({"responsible_type": "complaint_quality"}, {"action_kind": "containment"}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                plan.write({"template_ids": [fields.Command.create({"summary": "x", **vals})]})

    def test_plan_launched_by_hand_makes_actions(self):
        complaint = self._bare_complaint()
        wizard = self.env["mail.activity.schedule"].with_user(self.user_quality)
        wizard = wizard.create(
            {"res_model": complaint._name, "res_ids": str(complaint.ids), "plan_id": self.plan.id}
        )
        version = complaint.version
        wizard.action_schedule_plan()
        self.assertGreater(complaint.version, version, "no verb counts it")
        self.assertEqual(
            complaint.action_ids.template_id, self.plan.template_ids.filtered("action_kind")
        )
        draft = self._complaint()
        wizard = wizard.sudo().create(
            {"res_model": draft._name, "res_ids": str(draft.ids), "plan_id": self.plan.id}
        )
        with self.assertRaises(UserError):
            wizard.action_schedule_plan()

    def test_registering_with_its_plan_is_one_version(self):
        complaint = self._complaint(category_id=self.category_quality.id, severity="major")
        version = complaint.version
        complaint.action_register()
        self.assertTrue(complaint.action_ids)
        self.assertEqual(complaint.version, version + 1)

    def test_activities_are_written_once(self):
        """The names and time zones they copy are right without a second write."""
        self.user_purchasing.tz = "Asia/Tokyo"
        complaint = self._complaint(category_id=self.category_quality.id, severity="major")
        complaint.action_register()
        activities = complaint.sudo().activity_ids
        self.assertIn("Asia/Tokyo", activities.mapped("user_tz"))
        for activity in activities:
            self.assertEqual(activity.res_name, complaint.display_name)
            self.assertEqual(activity.user_tz, activity.user_id.tz)
        complaint.sudo().concerned_user_ids = self.user_purchasing
        told = complaint.sudo().activity_schedule(user_id=self.user_purchasing.id)
        self.assertNotEqual(told.user_id, self.user_purchasing)
        self.assertEqual(told.user_tz, told.user_id.tz, "of who stands in")

    def test_imported_cases_wake_nobody(self):
        mails = self.env["mail.mail"].search_count([])
        vals = {
            "name": "Look into it",
            "user_id": self.user_purchasing.id,
            "deadline": "2020-01-31",
        }
        complaint = self._complaint(
            user=self.user_admin,
            category_id=self.category_quality.id,
            state="executing",
            action_ids=[fields.Command.create(vals)],
        )
        self.assertEqual(complaint.state, "executing")
        self.assertEqual(len(complaint.action_ids), 1)
        self.assertFalse(complaint.activity_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertTrue(self._action(complaint).activity_id)

    def test_administrators_of_complaints_edit_plans(self):
        with Form(
            self.env["mail.activity.plan"]
            .with_user(self.user_admin)
            .with_context(default_res_model="complaint.complaint", default_company_id=False),
            "mail.mail_activity_plan_view_form",
        ) as form:
            form.name = "Ours"
            with form.template_ids.new() as line:
                line.summary = "Weigh the pallet"
                line.action_kind = "investigation"
                line.responsible_type = "complaint_warehouse"
        plan = form.save()
        self.category_quality.plan_id = plan
        complaint = self._registered_complaint(user=self.user_sales)
        self.assertEqual(complaint.action_ids.name, "Weigh the pallet")
        self.assertEqual(complaint.action_ids.user_id, self.user_contributor)
        self.plan.with_user(self.user_admin).template_ids[0].delay_count = 9
        other = self.env["mail.activity.plan"].create({"name": "Other", "res_model": "res.partner"})
        with self.assertRaises(UserError):
            other.with_user(self.user_admin).name = "Not ours"
        with self.assertRaises(UserError):
            self.plan.with_user(self.user_manager).name = "Not a manager's"
