from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.complaint_management.tests.common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestOpportunity(ComplaintCommon):
    """A follow-up that finds a sales opportunity opens one, linked both ways (R49)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._complaint(category_id=cls.category_simple.id, subject="Zyxwv")
        cls.complaint.action_register()
        cls.complaint.action_resolve()

    def _followup(self, user=None):
        return self.env["complaint.action"].create(
            {
                "complaint_id": self.complaint.id,
                "name": "Call the customer",
                "kind": "followup",
                "user_id": (user or self.user_sales).id,
                "deadline": "2099-01-01",
            }
        )

    def _finish(self, action, user=None):
        wizard = self.env["complaint.action.wizard"].with_user(user or self.user_sales)
        wizard = wizard.create(
            {
                "verb": "finish",
                "action_ids": action.ids,
                "note": "They build a second hotel",
                "satisfaction": "opportunity",
            }
        )
        wizard.action_confirm()

    def test_opens_one(self):
        action = self._followup()
        self._finish(action)
        lead = self.complaint.opportunity_id
        self.assertEqual((action.state, action.verdict), ("done", "opportunity"))
        self.assertEqual((lead.type, lead.partner_id), ("opportunity", self.contact))
        self.assertEqual((lead.user_id, lead.company_id), (self.user_sales, self.env.company))
        self.assertIn("second hotel", str(lead.description))
        self.assertIn(self.complaint.name, lead.name)
        self.assertNotIn("Zyxwv", lead.name)
        inside = lead.with_user(self.user_sales)
        self.assertEqual(inside.complaint_count, 1)
        found = self.env["complaint.complaint"].search(inside.action_view_complaints()["domain"])
        self.assertEqual(found, self.complaint)
        opened = self.complaint.with_user(self.user_sales).action_open_opportunity()
        self.assertEqual(opened["res_id"], lead.id)

    def test_once_a_complaint(self):
        self._finish(self._followup())
        lead = self.complaint.opportunity_id
        self._finish(self._followup())
        self.assertEqual(self.complaint.opportunity_id, lead)

    def test_also_after_closing(self):
        action = self._followup()
        self.complaint._write_trusted({"state": "closed"})
        self._finish(action)
        self.assertTrue(self.complaint.opportunity_id)

    def test_a_backup_finds_one_for_the_salesperson(self):
        """Whoever sees only his own leads opens one that is a colleague's."""
        backup = self.user_sales.copy({"login": "backup", "email": "backup@company.example.com"})
        lead = self.complaint.with_user(backup)._open_lead("They build a second hotel")
        self.assertEqual((lead.user_id, lead.create_uid), (self.user_sales, backup))
        self.assertEqual(self.complaint.opportunity_id, lead)

    def test_who_may_open_none_is_told(self):
        action = self._followup(self.user_purchasing)
        with self.assertRaisesRegex(UserError, "may not open sales opportunities"):
            self._finish(action, self.user_purchasing)

    def test_link_is_the_verbs(self):
        lead = self.env["crm.lead"].create({"name": "Other"})
        with self.assertRaises(UserError):
            self.complaint.with_user(self.user_admin).opportunity_id = lead
