from odoo.tests import tagged

from ..sameness.common import SamenessCommon

MODULE = "complaint_management"


@tagged("post_install", "-at_install")
class TestCounted(SamenessCommon):
    """What is a complaint to whoever counts complaints (R56, R63, R71)."""

    def assertCounted(self, complaint, expected, message=None):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(complaint.is_counted, expected, message)

    def test_registered(self):
        complaint = self._complaint(category_id=self.category_quality.id)
        self.assertCounted(complaint, False, "a draft")
        complaint.action_register()
        self.assertCounted(complaint, True)

    def test_waiting_for_review(self):
        complaint = self._complaint(category_id=self.category_quality.id)
        complaint._write_trusted({"state": "submitted"})
        self.assertCounted(complaint, False)

    def test_cancelled(self):
        draft, registered = self._complaint(), self._registered_complaint()
        draft.action_cancel("Typed twice")
        registered.action_cancel("Withdrawn")
        self.assertCounted(draft, False)
        self.assertCounted(registered, True, "it was one")

    def test_duplicate(self):
        original, newer = self._registered_complaint(), self._registered_complaint()
        newer.action_same_case(original.id, confirmed=True)
        self.assertCounted(original, True)
        self.assertCounted(newer, False)
        newer.action_reopen("Another batch")
        self.assertCounted(newer, True)

    def test_cancelled_as_duplicate(self):
        original, newer = self._registered_complaint(), self._registered_complaint()
        newer.duplicate_of_id = original
        self.assertCounted(newer, True, "marking hides nothing")
        newer.action_cancel("The same")
        self.assertCounted(newer, False)

    def test_back_to_draft(self):
        original = self._registered_complaint()
        draft = self._complaint(category_id=self.category_quality.id)
        draft.action_same_case(original.id, confirmed=True)
        self.assertCounted(draft, False)
        draft.action_redraft("It is another")
        self.assertCounted(draft, False)
        draft.action_register()
        self.assertCounted(draft, True)

    def test_praise(self):
        praise = self.env.ref(f"{MODULE}.category_suggestion")
        complaint = self._registered_complaint()
        self.assertFalse(praise.is_complaint)
        complaint.category_id = praise
        self.assertCounted(complaint, False)
        complaint.category_id = self.category_quality
        self.assertCounted(complaint, True)

    def test_flag_of_the_category_changes(self):
        complaint = self._registered_complaint()
        self.category_quality.is_complaint = False
        self.assertCounted(complaint, False)
        self.category_quality.is_complaint = True
        self.assertCounted(complaint, True)

    def test_closed_and_reopened(self):
        complaint = self._registered_complaint()
        complaint.demand_ids.action_cancel()
        complaint._write_trusted({"state": "resolved"})
        complaint.action_close("rejected", "No fault")
        self.assertCounted(complaint, True)
        complaint.action_reopen("He found another")
        self.assertCounted(complaint, True)

    def test_imported(self):
        vals = self._prepare_complaint_vals(category_id=self.category_quality.id)
        complaints = self.env["complaint.complaint"].with_user(self.user_admin)
        states = {"closed": True, "executing": True, "cancelled": False, "draft": False}
        for state, expected in states.items():
            with self.subTest(state):
                self.assertCounted(complaints.create({**vals, "state": state}), expected)
        # It was registered before it was cancelled
        past = {"state": "cancelled", "date_registered": "2026-01-05 10:00:00"}
        self.assertCounted(complaints.create({**vals, **past}), True)

    def test_without_category(self):
        complaint = self.env["complaint.complaint"].with_user(self.user_admin)
        complaint = complaint.create(self._prepare_complaint_vals(state="executing"))
        complaint._thaw().category_id = False
        self.assertCounted(complaint, True, "nobody said it was praise")

    def test_nobody_writes_it(self):
        with self.assertRaisesRegex(Exception, "follow"):
            self._complaint().with_user(self.user_admin).is_counted = True
