from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import ComplaintCommon


class OverviewTourCase(ComplaintCommon, BrowserCase):
    """Two complaints; one of them waits too long, the other is the lead's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.complaint"].flush_model()
        cls.env.cr.execute("UPDATE complaint_complaint SET active = FALSE")
        cls.env.invalidate_all()
        late = cls._registered_complaint(subject="Overdue case", lead_user_id=cls.user_service.id)
        cls._registered_complaint(subject="My case", lead_user_id=cls.user_quality.id)
        cls.env.flush_all()
        # Nobody waits two days for a test
        cls.env.cr.execute(
            "UPDATE complaint_complaint SET next_deadline = %s, next_user_id = %s WHERE id = %s",
            (fields.Date.today() - timedelta(days=2), cls.user_service.id, late.id),
        )
        cls.env.invalidate_all()
        cls.user_quality.password = "quality-looks-at-figures-8"


@tagged("post_install", "-at_install")
class TestOverviewTour(OverviewTourCase):
    """Cards set filters, filters set cards (R25)."""

    browser_size = "1400x900"

    def test_cards(self):
        self.start_tour("/odoo/complaints", "complaint_overview", login=self.user_quality.login)

    def test_failing_request(self):
        """One request without an answer takes nothing away for good."""
        self.start_tour(
            "/odoo/complaints", "complaint_overview_failing", login=self.user_quality.login
        )


@tagged("post_install", "-at_install")
class TestOverviewTourPhone(OverviewTourCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_cards_on_a_phone(self):
        self.start_tour(
            "/odoo/complaints", "complaint_overview_phone", login=self.user_quality.login
        )
