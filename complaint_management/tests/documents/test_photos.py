from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestPhotos(BrowserCase, ComplaintCommon):
    """Photos dropped and pasted in a real browser, several at a time (R8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_sales.password = cls.user_sales.login

    def test_draft(self):
        complaints = self.env["complaint.complaint"]
        before = complaints.search([])
        self.start_tour(
            "/odoo/complaints/new", "complaint_photos_draft", login=self.user_sales.login
        )
        complaint = complaints.search([]) - before
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.description, "The tips are rusty, all of them.")
        evidence = complaint.evidence_ids
        self.assertEqual(
            set(evidence.mapped("file_name")),
            {"first.png", "second.png", "shot one.png", "截图二.png", "third.png"},
        )
        self.assertEqual(len(evidence), 5)
        self.assertEqual(set(evidence.mapped("kind")), {"photo"})
        self.assertFalse(any(evidence.mapped("customer_visible")))
        self.assertEqual(evidence[0]._get_file_bytes()[:4], b"\x89PNG")

    def test_registered(self):
        complaint = self._registered_complaint(user=self.user_sales)
        self.start_tour(
            f"/odoo/complaints/{complaint.id}",
            "complaint_photos_registered",
            login=self.user_sales.login,
        )
        self.assertEqual(complaint.evidence_ids[-1].file_name, "later.png")
