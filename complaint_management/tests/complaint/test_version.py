from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestVersion(ComplaintCommon):
    """Nobody decides on what he did not see (T17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint()

    def test_each_change_of_substance_counts(self):
        cause = self.env["complaint.cause"].create(
            {"complaint_id": self.complaint.id, "name": "Wet cartons"}
        )
        for change in (
            lambda: self.complaint.write({"plan_summary": "Wrap the pallets"}),
            lambda: cause.write({"name": "Wet pallets"}),
            lambda: self.complaint.demand_ids.write({"answer": "We will"}),
            cause.unlink,
        ):
            version = self.complaint.version
            change()
            self.assertGreater(self.complaint.version, version)

    def test_housekeeping_does_not_count(self):
        version = self.complaint.version
        self.complaint.message_post(body="Called him")
        self.complaint.write({"tracking_ref": "1Z"})
        self.assertEqual(self.complaint.version, version)

    def test_stale_button_is_refused(self):
        seen = self.complaint.version
        self.complaint.write({"plan_summary": "Wrap the pallets"})
        stale = self.complaint.with_user(self.user_quality).with_context(seen_version=seen)
        with self.assertRaisesRegex(UserError, "changed after you opened it"):
            stale.action_release()
        self.assertEqual(self.complaint.state, "registered")
        stale.with_context(seen_version=self.complaint.version).action_release()
        self.assertNotEqual(self.complaint.state, "registered")

    def test_wizard_remembers_what_was_seen(self):
        action = self.complaint.action_cancel()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.complaint.write({"investigation_result": "It is worse than we thought"})
        wizard.reason = "Entered twice"
        with self.assertRaisesRegex(UserError, "changed after you opened it"):
            wizard.action_confirm()
        self.assertEqual(self.complaint.state, "registered")

    def test_version_is_written_by_nobody(self):
        with self.assertRaises(UserError):
            self.complaint.write({"version": 1})
