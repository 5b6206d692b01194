from odoo.tests import tagged

from ..browser import BrowserCase
from .eightd_common import EightdCommon


@tagged("post_install", "-at_install")
class TestTourReports(EightdCommon, BrowserCase):
    """Documents in a real browser: many at once, a profile's text, changes before approving."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.user_quality + cls.user_manager + cls.user_admin:
            user.password = user.login

    def test_many_documents_with_progress(self):
        self.env["complaint.complaint"].search([]).active = False
        complaints = self.env["complaint.complaint"].concat(*(self._case() for _x in range(7)))
        complaints[3].sudo()._write_trusted({"partner_id": False, "contact_id": False})
        self.start_tour("/odoo/complaints", "complaint_report_batch", login=self.user_quality.login)
        self.assertEqual(len(complaints.report_ids), 6)

    def test_placeholder_is_picked(self):
        self.start_tour(
            "/odoo/complaint-report-profiles/new",
            "complaint_report_profile",
            login=self.user_admin.login,
        )
        profile = self.env["complaint.report.profile"].search([("name", "=", "Exampleton Motors")])
        self.assertRegex(profile.intro, r"^To ?\{\{customer\}\}$")
        self.assertEqual(
            profile.section_ids.mapped("code"),
            list(self.env["complaint.report"]._get_section_titles("preventive")),
        )

    def test_changes_are_read_before_approving(self):
        complaint = self._case_8d()
        first = self._report(complaint, "8d")
        first.with_user(self.user_manager).action_approve()
        action = first.action_new_version()
        complaint.first_good_lot = "LOT-0100"
        self.start_tour(
            f"/odoo/complaint-reports/{action['res_id']}",
            "complaint_report_changes",
            login=self.user_manager.login,
        )
        self.assertEqual(first.browse(action["res_id"]).state, "approved")
