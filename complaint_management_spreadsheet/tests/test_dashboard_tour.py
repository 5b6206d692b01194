from odoo.tests import tagged

from odoo.addons.complaint_management.tests.browser import BrowserCase
from odoo.addons.complaint_management.tests.common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestDashboardTour(ComplaintCommon, BrowserCase):
    """In the browser the dashboard shows the database's figures, or a sample, and no error."""

    browser_size = "1400x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.complaint"].flush_model()
        cls.env.cr.execute("UPDATE complaint_complaint SET active = FALSE")
        cls.env.invalidate_all()
        cls.user_quality.password = "quality-looks-at-figures-8"

    def _open(self, tour):
        dashboard = self.env.ref(
            "complaint_management_spreadsheet.spreadsheet_dashboard_complaints"
        )
        url = f"/odoo/dashboards?dashboard_id={dashboard.id}"
        self.start_tour(url, tour, login=self.user_quality.login)

    def test_figures(self):
        """Three complaints of two defects; of three first responses two were in time."""
        scratch = self.defect_rust.copy({"name": "Test: scratch"})
        self.customer.country_id = self.env.ref("base.de")
        complaints = self.env["complaint.complaint"].concat(
            self._registered_complaint(),
            self._registered_complaint(),
            self._registered_complaint(defect_id=scratch.id),
        )
        self._registered_complaint(category_id=self._get_praise().id)
        self.env.flush_all()
        for complaint, state in zip(complaints, ("met", "met", "breached"), strict=True):
            self.env.cr.execute(
                "UPDATE complaint_clock SET state = %s WHERE complaint_id = %s"
                " AND kind = 'response'",
                (state, complaint.id),
            )
        self.env.invalidate_all()
        self._open("complaint_dashboard")

    def _get_praise(self):
        return self.category_quality.copy({"name": "Test: praise", "is_complaint": False})

    def test_empty(self):
        """Without any complaint Odoo shows the sample."""
        self._open("complaint_dashboard_empty")
