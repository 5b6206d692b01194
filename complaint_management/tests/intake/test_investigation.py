from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import MODULE, ComplaintCommon


@tagged("post_install", "-at_install")
class TestInvestigation(ComplaintCommon):
    """The category says how far to investigate; one case may do without, with a reason (R10)."""

    def setUp(self):
        super().setUp()
        self.complaint = self._registered_complaint(user=self.user_sales)
        self.by_quality = self.complaint.with_user(self.user_quality)

    def test_shipped_categories(self):
        expected = {
            "quality": "required",
            "safety": "required",
            "packaging": "required",
            "shortage": "cause_only",
            "delivery": "cause_only",
            "service": "fact_check",
            "price": "none",
            "documents": "none",
            "suggestion": "none",
        }
        for code, key in expected.items():
            with self.subTest(code=code):
                self.assertEqual(self.env.ref(f"{MODULE}.category_{code}").investigation, key)

    def test_without_a_reason_comes_the_wizard(self):
        action = self.by_quality.action_waive_investigation()
        wizard = self.env[action["res_model"]].with_user(self.user_quality).browse(action["res_id"])
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.reason = "Known from last week"
        wizard.action_confirm()
        self.assertEqual(self.complaint._get_investigation(), "none")

    def test_waived_and_taken_back(self):
        self.assertEqual(self.complaint.investigation, "required")
        self.assertIn("verified cause", "\n".join(self.complaint._get_missing("resolve")))
        self.env.flush_all()
        self.cr.flush()
        self.by_quality.action_waive_investigation("Known from last week")
        self.assertEqual(self.complaint.investigation, "none")
        self.assertNotIn("verified cause", "\n".join(self.complaint._get_missing("resolve")))
        self.env.flush_all()
        self.cr.flush()
        tracked = self.complaint.message_ids.sudo().tracking_value_ids
        self.assertIn("investigation_waived_reason", tracked.field_id.mapped("name"))
        self.by_quality.action_require_investigation()
        self.assertEqual(self.complaint.investigation, "required")

    def test_who_decides(self):
        self.assertFalse(self.complaint.can_waive_investigation)
        self.assertTrue(self.by_quality.can_waive_investigation)
        with self.assertRaises(AccessError):
            self.complaint.action_waive_investigation("It is only rust")
        self.complaint.sudo().lead_user_id = self.user_sales
        self.complaint.action_waive_investigation("It is only rust")
        self.assertEqual(self.complaint.investigation, "none")

    def test_nobody_writes_it(self):
        with self.assertRaises(UserError):
            self.by_quality.investigation_waived_reason = "Because"

    def test_only_while_somebody_works_on_it(self):
        draft = self._complaint(user=self.user_quality, category_id=self.category_quality.id)
        with self.assertRaises(UserError):
            draft.action_waive_investigation("Because")

    def test_the_next_round_decides_anew(self):
        self.complaint.team_id.sudo().objection_hours = 0
        self.by_quality.action_waive_investigation("Known from last week")
        self.by_quality.plan_summary = "Exchange"
        self.by_quality.action_release()
        self.by_quality.action_object("It is something else this time")
        self.assertEqual(self.complaint.investigation, "required")
