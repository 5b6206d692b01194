import base64
import hashlib

from odoo import Command, fields
from odoo.tests import tagged

from ..browser import BrowserCase
from .common import PortalCommon

LONG = "The tips are rusty, all of them. 螺丝刀的尖端生锈了，拆包时发现。" * 12


@tagged("post_install", "-at_install")
class TestTourCustomer(BrowserCase, PortalCommon):
    """The customer on his page, in a real browser: choose, sign, confirm, rate (R12, R35, R48)."""

    browser_size = "1400x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_portal.password = cls.user_portal.login
        goods = [Command.create(cls._prepare_line_vals(lot_name=f"L-{n:04}")) for n in range(200)]
        cls.complaint = cls._registered_complaint(
            category_id=cls.category_simple.id,
            defect_id=cls.defect_billing.id,
            description=LONG,
            customer_reference="KR-77",
            line_ids=goods,
            demand_ids=[Command.create({"kind": "credit", "name": LONG})],
        )
        cls.demand = cls.complaint.demand_ids
        cls.demand.option_ids = [
            Command.create({"name": "Ten new ones", "description": LONG}),
            Command.create({"name": "The money back"}),
            Command.create({"name": "Rework" + "-and-rework" * 12}),
        ]
        cls.demand.action_offer()

    def _send_sheet(self):
        """A feedback sheet that was sent to him."""
        report = self.env["complaint.report"].create(
            {
                "complaint_id": self.complaint.id,
                "kind": "feedback",
                "partner_id": self.portal_partner.id,
                "lang": "en_US",
            }
        )
        content = b"%PDF-1.4 sheet"
        report._write_trusted(
            {
                "state": "sent",
                "date_sent": fields.Datetime.now(),
                "pdf": base64.b64encode(content),
                "pdf_sha256": hashlib.sha256(content).hexdigest(),
                "pdf_name": "sheet.pdf",
            }
        )
        return report

    def test_from_offer_to_rating(self):
        login = self.user_portal.login
        self.start_tour("/my/complaints", "complaint_portal_answer", login=login)
        chosen = self.demand.option_ids.filtered(lambda o: o.state == "chosen")
        self.assertEqual(chosen.name, "The money back")
        self.assertEqual(self.demand.customer_remark, "To the account you know")
        report = self._send_sheet()
        self.demand.action_done()
        self.complaint.action_resolve()
        url = f"/my/complaints/{self.complaint.id}"
        self.start_tour(url, "complaint_portal_end", login=login)
        self.assertEqual(report.signed_by, "Pat Portal")
        self.assertEqual(report.state, "acknowledged")
        self.assertTrue(report.signature)
        self.assertEqual((self.complaint.state, self.complaint.outcome), ("closed", "accepted"))
        self.assertEqual(self.complaint.customer_feedback, "All fine now")
        self.assertEqual(self.complaint.satisfaction, "5")


@tagged("post_install", "-at_install")
class TestTourCustomerPhone(TestTourCustomer):
    """The same on a phone."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
