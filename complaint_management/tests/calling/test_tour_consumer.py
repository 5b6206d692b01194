from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import ComplaintCommon

TOUR = "complaint_consumer"
URL = "/odoo/call?phone=%2B1%20555%20010%200199"


class ConsumerCase(BrowserCase, ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_service.password = cls.user_service.login

    def _check_registered(self):
        before = self.env["complaint.complaint"].search([])
        self.start_tour(URL, TOUR, login=self.user_service.login)
        complaint = self.env["complaint.complaint"].search([]) - before
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.state, "registered")
        self.assertEqual(complaint.complainant_type, "consumer")
        self.assertEqual(complaint.complainant_name, "Ms Lee")
        self.assertEqual(complaint.phone.replace(" ", ""), "+15550100199")
        self.assertEqual(complaint.purchase_place, "Corner Shop")
        self.assertEqual(complaint.channel_id.code, "phone_hotline")
        self.assertFalse(complaint.partner_id)
        goods = complaint.line_ids
        self.assertEqual((goods.name, goods.lot_name), ("Tissue 3-ply", "B77"))
        self.assertEqual(complaint.demand_ids.kind, "explanation")
        return complaint


@tagged("post_install", "-at_install")
class TestTourConsumer(ConsumerCase):
    """The hotline: a number nobody knows, no order, and a complaint that is registered (R61)."""

    def test_unknown_number(self):
        self._check_registered()

    def test_gate_leads_to_what_is_missing(self):
        order = self._order()
        self._deliver(order)
        draft = order.with_user(self.user_service).action_create_complaint()["res_id"]
        self.start_tour(
            f"/odoo/complaint-entry/{draft}", "complaint_quick_gate", login=self.user_service.login
        )
        self.assertEqual(self.env["complaint.complaint"].browse(draft).state, "draft")


@tagged("post_install", "-at_install")
class TestTourConsumerPhone(ConsumerCase):
    """The same on the road: nothing is wider than the screen."""

    browser_size = "390x844"
    touch_enabled = True

    def test_unknown_number(self):
        self._check_registered()
