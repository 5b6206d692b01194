from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestApproval(DocumentsCommon):
    """Who approves cause and measures, and what voids it (R33, T16, T17)."""

    def setUp(self):
        super().setUp()
        self.complaint = self._case()

    def _as(self, user):
        return self.complaint.with_user(user)

    def test_request_informs_the_approver(self):
        self._as(self.user_quality).action_request_approval()
        self.assertEqual(self.complaint.measures_state, "requested")
        self.assertEqual(self.complaint.measures_requested_by_id, self.user_quality)
        self.assertEqual(self.complaint.measures_activity_id.user_id, self.user_manager)
        self._as(self.user_manager).action_approve_measures()
        self.assertEqual(self.complaint.measures_approved_by_id, self.user_manager)
        self.assertTrue(self.complaint.measures_approved_on)
        self.assertFalse(self.complaint.measures_activity_id.active)
        bodies = " ".join(self.complaint.message_ids.mapped("body"))
        self.assertIn("Manager approved cause and measures", bodies)

    def test_only_lead_or_quality_ask(self):
        self.complaint.lead_user_id = self.user_sales2
        with self.assertRaisesRegex(AccessError, "Sales2"):
            self._as(self.user_sales).action_request_approval()
        self._as(self.user_sales2).action_request_approval()
        self.assertEqual(self.complaint.measures_state, "requested")

    def test_nothing_to_approve(self):
        complaint = self._registered_complaint()
        with self.assertRaisesRegex(UserError, "neither a cause nor a measure"):
            complaint.with_user(self.user_manager).action_approve_measures()

    def test_refusal_names_who_may(self):
        with self.assertRaisesRegex(AccessError, "Ask: Manager"):
            self._as(self.user_sales).action_approve_measures()

    def test_holder_and_backup_of_the_function(self):
        row = self.team.function_ids.filtered(lambda f: f.function == "sales_manager")
        backup = self.user_leadership
        row.write({"user_id": self.user_sales2.id, "backup_user_id": backup.id})
        self.complaint.lead_user_id = self.user_quality
        self.assertTrue(self._as(backup).can_approve_measures)
        self._as(backup).action_approve_measures()
        self.assertEqual(self.complaint.measures_approved_by_id, backup)

    def test_four_eyes(self):
        """Neither who asked, nor who wrote, nor the lead; each refusal names the one who may."""
        second = new_test_user(
            self.env,
            "test_complaint_manager2",
            groups="complaint_management.group_complaint_manager",
            name="Second Manager",
        )
        self._as(self.user_manager).action_request_approval()
        with self.assertRaisesRegex(AccessError, "who asked.*\n.*Second Manager"):
            self._as(self.user_manager).action_approve_measures()
        self.complaint.lead_user_id = second
        with self.assertRaisesRegex(AccessError, "the lead"):
            self._as(second).action_approve_measures()
        self.complaint.lead_user_id = False
        self.complaint.cause_ids.with_user(second).write({"name": "Another cause"})
        with self.assertRaisesRegex(AccessError, "their own cause"):
            self._as(second).action_approve_measures()
        self.company.complaint_four_eyes = False
        self._as(second).action_approve_measures()
        self.assertEqual(self.complaint.measures_state, "approved")

    def test_context_and_sudo_grant_nothing(self):
        forged = {
            "complaint_transition": True,
            "complaint_four_eyes": False,
            "seen_version": self.complaint.version,
        }
        with self.assertRaises(AccessError):
            self._as(self.user_sales).with_context(**forged).action_approve_measures()
        with self.assertRaises(AccessError):
            self._as(self.user_sales).sudo().action_approve_measures()
        with self.assertRaises(UserError):
            self._as(self.user_manager).with_context(**forged).write({"measures_state": "approved"})
        with self.assertRaises(UserError):
            self.complaint.sudo().write({"measures_approved_by_id": self.user_manager.id})

    def test_stale_version(self):
        seen = self.complaint.version
        self.complaint.cause_ids.with_user(self.user_quality).name = "Other words"
        self.assertGreater(self.complaint.version, seen)
        with self.assertRaisesRegex(UserError, "changed after you opened it"):
            self._as(self.user_manager).with_context(seen_version=seen).action_approve_measures()
        self._as(self.user_manager).with_context(
            seen_version=self.complaint.version
        ).action_approve_measures()

    def _assert_void(self, change):
        if self.complaint.measures_state != "approved":
            self._as(self.user_manager).action_approve_measures()
        change()
        self.assertEqual(self.complaint.measures_state, "draft")
        self.assertFalse(self.complaint.measures_approved_by_id)
        self.assertIn("their approval is void", self.complaint.message_ids[0].body)

    def test_changes_void_the_approval(self):
        cause = self.complaint.cause_ids.with_user(self.user_quality)
        action = self.complaint.action_ids.filtered(lambda a: a.kind == "corrective")
        action = action.with_user(self.user_quality)
        other = self._add_action(self.complaint, kind="correction", name="Replace")
        for change in (
            lambda: cause.write({"name": "New cause"}),
            lambda: cause.write({"whys": "Why?"}),
            lambda: cause.action_reject(),
            lambda: cause.action_reset(),
            lambda: action.write({"name": "New measure"}),
            lambda: action.write({"cause_id": cause.id}),
            lambda: action.write({"description": "Other instructions"}),
            lambda: action.sudo().write({"kind": "preventive"}),
            lambda: other.write({"kind": "preventive"}),
            lambda: other.write({"kind": "correction"}),
            lambda: self._add_action(self.complaint, kind="preventive"),
            lambda: self._add_cause(self.complaint),
            lambda: self.complaint.cause_ids[-1].action_reject(),
        ):
            self._assert_void(change)

    def test_what_does_not_void(self):
        self._as(self.user_manager).action_approve_measures()
        action = self.complaint.action_ids.filtered(lambda a: a.kind == "corrective")
        action._write_trusted({"state": "done"})
        action.write({"name": action.name})
        self.complaint.cause_ids.write({"evidence_note": "Test report 7"})
        self.complaint.cause_ids.action_verify()
        self._add_action(self.complaint, kind="communication", name="Call")
        self.assertEqual(self.complaint.measures_state, "approved")
