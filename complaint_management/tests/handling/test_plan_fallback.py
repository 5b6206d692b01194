from odoo import Command
from odoo.tests import tagged

from ..common import MODULE
from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestPlanFallback(HandlingCommon):
    """A function without somebody never fails: another gets it, and the chatter says so (R21)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls.team.function_ids.filtered(lambda f: f.function == "purchasing")

    def _register(self):
        complaint = self._registered_complaint(user=self.user_sales)
        notes = "".join(complaint.message_ids.mapped("body"))
        return self._action_from_template(complaint, "purchasing").user_id, notes

    def test_holder(self):
        user, notes = self._register()
        self.assertEqual(user, self.user_purchasing)
        self.assertNotIn("purchasing manager", notes)

    def test_backup(self):
        self.row.write({"user_id": False, "backup_user_id": self.user_service.id})
        user, notes = self._register()
        self.assertEqual(user, self.user_service)
        note = "No purchasing manager is set: Service got the action"
        self.assertEqual(notes.count(note), 1, "said once, not twice")

    def test_only_the_case_without_holder_is_noted(self):
        other = self.team.copy({"name": "Complete team"})
        self.row.write({"user_id": False, "backup_user_id": self.user_service.id})
        complaints = self._complaint(category_id=self.category_quality.id) + self._complaint(
            category_id=self.category_quality.id, team_id=other.id
        )
        complaints.action_register()
        noted = complaints.filtered(
            lambda c: "No purchasing manager" in "".join(c.message_ids.mapped("body"))
        )
        self.assertEqual(noted, complaints[0])

    def test_team_leader(self):
        self.row.unlink()
        user, notes = self._register()
        self.assertEqual(user, self.user_manager)
        self.assertIn("No purchasing manager is set", notes)

    def test_registering_user(self):
        self.row.unlink()
        self.team.user_id = False
        user, _notes = self._register()
        self.assertEqual(user, self.user_sales)

    def test_archived_holder(self):
        self.row.backup_user_id = self.user_service
        self.user_purchasing.action_archive()
        user, notes = self._register()
        self.assertEqual(user, self.user_service)
        self.assertIn("Purchasing (purchasing manager) is not available", notes)

    def test_holder_of_another_company(self):
        company = self._second_company()
        self.user_purchasing.write(
            {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        )
        user, _notes = self._register()
        self.assertEqual(user, self.user_manager)

    def test_nobody_anywhere(self):
        """A team nobody set up: everything goes to whoever registers."""
        self.team.function_ids.unlink()
        self.team.user_id = False
        complaint = self._registered_complaint(user=self.user_sales)
        self.assertEqual(complaint.action_ids.user_id, self.user_sales)
        self.assertEqual(complaint.lead_user_id, self.user_sales)

    def test_nobody_anywhere_and_the_system_registers(self):
        """Another company without a team, registered by no person at all."""
        company = self._second_company()
        self.env["complaint.team"].search([("company_id", "=", company.id)]).unlink()
        manager = self.env["res.users"].create(
            {
                "name": "Their manager",
                "login": self.login_prefix + "theirs",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.link(self.env.ref(f"{MODULE}.group_complaint_manager").id)],
            }
        )
        complaint = self._complaint(
            user=self.env.ref("base.user_root"),
            company_id=company.id,
            category_id=self.category_quality.id,
            user_id=False,
            partner_id=self.env["res.partner"].create({"name": "Their customer"}).id,
            contact_id=False,
            team_id=False,
        )
        complaint.action_register()
        self.assertEqual(complaint.state, "registered")
        self.assertEqual(complaint.sudo().action_ids.activity_id.user_id, manager)

    def test_fixed_user_of_a_line_left(self):
        template = self.plan.template_ids[0]
        template.write({"responsible_type": "other", "responsible_id": self.user_stock.id})
        self.user_stock.action_archive()
        complaint = self._registered_complaint(user=self.user_sales)
        action = complaint.action_ids.filtered(lambda a: a.template_id == template)
        self.assertEqual(action.user_id, self.user_manager)

    def test_line_that_asks_at_launch(self):
        template = self.plan.template_ids[0]
        template.responsible_type = "on_demand"
        complaint = self._registered_complaint(user=self.user_sales)
        action = complaint.action_ids.filtered(lambda a: a.template_id == template)
        self.assertEqual(action.user_id, complaint.lead_user_id)

    def test_lead_function_without_holder(self):
        self.team.function_ids.filtered(lambda f: f.function == "quality").unlink()
        complaint = self._registered_complaint(user=self.user_sales)
        self.assertEqual(complaint.lead_user_id, self.user_manager)
        self.assertIn(
            "No quality manager is set or available: Manager leads",
            "".join(complaint.message_ids.mapped("body")),
        )
