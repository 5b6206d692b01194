"""Who made a report asks for its approval; the approver gets an activity (R33, R44)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestReportRequest(DocumentsCommon):
    """Asked, approved, dropped: the activity follows."""

    def setUp(self):
        super().setUp()
        self.complaint = self._case()
        self.report = self._report(self.complaint)

    def test_approver_is_told_until_it_is_approved(self):
        self.assertTrue(self.report.can_request_approval)
        self.report.action_request_approval()
        activity = self.report.sudo().approval_activity_id
        self.assertEqual(activity.user_id, self.user_manager)
        self.assertEqual(activity.res_id, self.complaint.id)
        self.assertIn(self.report.name, activity.summary)
        self.assertEqual(self.report.approval_waits_for, self.user_manager.name)
        self.report.with_user(self.user_manager).action_approve()
        self.assertFalse(activity.active)
        self.assertFalse(self.report.approval_waits_for)
        with self.assertRaisesRegex(UserError, "is approved"):
            self.report.action_request_approval()

    def test_asked_again_there_is_one_activity(self):
        for _press in range(2):
            self.report.action_request_approval()
        activities = self.complaint.sudo().activity_ids
        asked = activities.filtered(lambda a: self.report.name in (a.summary or ""))
        self.assertEqual(len(asked), 1)
        self.report.unlink()
        self.assertFalse(asked.exists())

    def test_who_edited_is_not_asked(self):
        self.report.section_ids[1].with_user(self.user_manager).body = "Rewritten"
        self.report.action_request_approval()
        self.assertNotEqual(self.report.sudo().approval_activity_id.user_id, self.user_manager)

    def test_only_lead_or_quality_ask(self):
        with self.assertRaises(AccessError):
            self.report.with_user(self.user_sales).action_request_approval()

    def test_incomplete_is_not_asked_for(self):
        report = self._report(self._case(measures=0))
        with self.assertRaisesRegex(UserError, "cannot be approved yet"):
            report.action_request_approval()
        self.assertFalse(report.sudo().approval_activity_id)

    def test_a_cancelled_case_asks_nobody(self):
        self.report.action_request_approval()
        activity = self.report.sudo().approval_activity_id
        self.complaint.with_user(self.user_manager).action_cancel("Entered twice")
        self.assertFalse(activity.active)
