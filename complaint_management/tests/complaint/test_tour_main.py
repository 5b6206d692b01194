import hashlib
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestTourMain(BrowserCase, ComplaintCommon):
    """The main job in a real browser: from the order to the report in the customer's mail box.

    The tour counts what the salesperson has to do: at most eight presses or filled fields from the
    order to the registered complaint (R3, R10).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.user_sales + cls.user_quality + cls.user_manager:
            user.password = user.login
        cls.goods = cls._product("lot", name="Screwdriver set")
        cls.order = cls._order(lines=[(cls.goods, 120), (cls._product(name="Hammer"), 10)])
        cls._deliver(cls.order)

    def test_from_order_to_report(self):
        self.start_tour(
            f"/odoo/action-sale.action_orders/{self.order.id}",
            "complaint_main_sales",
            login=self.user_sales.login,
        )
        complaint = self.env["complaint.complaint"].search([("sale_order_id", "=", self.order.id)])
        self.assertEqual(len(complaint), 1)
        self._check_registered(complaint)

        url = f"/odoo/complaints/{complaint.id}"
        self.start_tour(url, "complaint_main_quality", login=self.user_quality.login)
        self.assertEqual(complaint.measures_state, "requested")
        self.assertEqual(complaint.cause_ids.state, "verified")
        measures = complaint.action_ids.filtered(lambda a: a.kind in ("corrective", "preventive"))
        self.assertTrue(measures.activity_id)
        self.assertEqual(set(measures.mapped("kind")), {"corrective", "preventive"})

        with self._real_pdf():
            self.start_tour(url, "complaint_main_manager", login=self.user_manager.login)
        self._check_sent(complaint)

    def test_new_complaint_without_a_word_is_not_kept(self):
        """Nothing typed, nothing saved and no number used up; the words alone suffice (R3)."""
        complaints = self.env["complaint.complaint"]
        before = complaints.search([])
        login = self.user_sales.login
        self.start_tour("/odoo/complaints", "complaint_draft_untouched", login=login)
        self.assertEqual(complaints.search([]), before)
        self.start_tour("/odoo/complaints", "complaint_draft_words", login=login)
        self.assertEqual((complaints.search([]) - before).description, "It is too short")

    def test_new_complaint_saves_itself(self):
        """The words so far are there after a moment, and the title grows with them (R3)."""
        complaints = self.env["complaint.complaint"]
        before = complaints.search([])
        self.start_tour("/odoo/complaints", "complaint_draft_new", login=self.user_sales.login)
        complaint = complaints.search([]) - before
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.description, "It is too long")
        self.assertEqual(complaint.subject, "It is too long")
        self.assertEqual(complaint.state, "draft")

    def test_draft_survives_reloading(self):
        """A draft saves itself while somebody types: nothing moves under his hands, nothing is
        registered, nobody is told, and after reloading it is there (R3).
        """
        order = self.order.with_user(self.user_sales)
        complaint = self.env["complaint.complaint"].browse(
            order.action_create_complaint()["res_id"]
        )
        messages = complaint.message_ids
        self.start_tour(
            f"/odoo/complaint-entry/{complaint.id}",
            "complaint_draft_reload",
            login=self.user_sales.login,
        )
        self.assertEqual(complaint.description, "Rusty ti")
        self.assertEqual(complaint.evidence_ids.mapped("name"), ["Photo of a tip in the light"])
        self.assertEqual(complaint.state, "draft")
        self.assertEqual(complaint.message_ids, messages)

    def _check_registered(self, complaint):
        self.assertEqual(complaint.state, "registered")
        self.assertEqual(complaint.user_id, self.user_sales)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(
            complaint.category_id, self.env.ref("complaint_management.category_quality")
        )
        self.assertEqual(complaint.line_ids.product_id, self.goods)
        self.assertEqual(complaint.line_ids.quantity_complained, 3)
        self.assertEqual(complaint.line_ids.quantity_shipped, 120)
        self.assertTrue(complaint.line_ids.lot_ids)
        self.assertEqual(complaint.demand_ids.kind, "cause_prevention")
        self.assertEqual(complaint.evidence_ids.missing_reason, "Photo follows")
        # Rust on three tips is minor: the leadership reads of it in its digest (R21)
        self.assertEqual(complaint.severity, "minor")
        digest = self.env["complaint.digest.item"].search([("complaint_id", "=", complaint.id)])
        told = digest.filtered(lambda item: item.event == "registered").user_id
        self.assertLessEqual(self.user_leadership + self.user_manager, told)
        for user in self.user_quality + self.user_purchasing:
            activities = complaint.activity_ids.filtered(lambda a, user=user: a.user_id == user)
            self.assertTrue(activities, user.name)
            self.assertTrue(all(a.date_deadline >= fields.Date.today() for a in activities))

    def _check_sent(self, complaint):
        report = complaint.report_ids
        self.assertEqual(report.state, "sent")
        content = report._get_pdf_bytes()
        self.assertTrue(content.startswith(b"%PDF-"))
        self.assertTrue(complaint.date_reported)
        message = report.message_ids.filtered(lambda m: m.message_type == "comment")[:1]
        self.assertIn(report.partner_id, message.partner_ids)
        self.assertEqual(
            [hashlib.sha256(a.raw).hexdigest() for a in message.attachment_ids],
            [report.pdf_sha256],
        )

    def _real_pdf(self):
        """Let the report be printed as in production; core's tests get HTML otherwise."""
        model = type(self.env["complaint.report"])
        original = model._render_document

        def render(records):
            return original(records.with_context(force_report_rendering=True))

        return patch.object(model, "_render_document", render)
