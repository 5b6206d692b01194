from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestTourCall(BrowserCase, ComplaintCommon):
    """The call card in a real browser: from the ring to the registered complaint (R1, R2, R3).

    The tours count what the salesperson has to do: at most twelve presses or filled fields.
    """

    browser_size = "1400x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_sales.password = cls.user_sales.login
        cls.contact.phone = "+1 555 010 0101"
        cls.env["res.partner"].create({"name": "Harbour Master's Office", "is_company": True})
        goods = [
            (cls._product("lot", name="Screwdriver set"), 120),
            (cls._product(name="Hammer"), 10),
        ]
        cls.earlier = cls._order(lines=[(cls._product(name="Rasp"), 5)])
        cls._deliver(cls.earlier)
        cls.order = cls._order(lines=goods)
        cls.order.client_order_ref = "HH-4711"
        cls._deliver(cls.order)

    def _tour(self, url, name):
        self.start_tour(url, f"complaint_call_{name}", login=self.user_sales.login)
        self.env.invalidate_all()
        return self.env["complaint.complaint"].search([("sale_order_id", "=", self.order.id)])

    def _check_registered(self, complaint):
        self.assertEqual(complaint.state, "registered")
        self.assertEqual(complaint.user_id, self.user_sales)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.contact_id, self.contact)
        self.assertIn("0101", complaint.phone)
        self.assertEqual(complaint.channel_id.code, "phone_salesperson")
        self.assertEqual(complaint.line_ids.product_id.name, "Screwdriver set")
        self.assertEqual(complaint.line_ids.quantity_complained, 3)
        self.assertEqual(complaint.demand_ids.kind, "cause_prevention")
        self.assertEqual(complaint.evidence_ids.missing_reason, "Photo follows")

    def test_from_ring_to_registered(self):
        self._check_registered(self._tour("/odoo/complaints", "registered"))

    def test_from_ring_to_registered_on_a_phone(self):
        self.browser_size, self.touch_enabled = "390x844", True
        self._check_registered(self._tour("/odoo/complaints", "registered_phone"))

    def test_by_keyboard_alone(self):
        complaint = self._tour("/odoo/call", "keyboard")
        self.assertEqual((complaint.state, complaint.partner_id), ("draft", self.customer))

    def test_somebody_elses_order(self):
        """Who is on the phone stays the one who complains, whosever order he names (R6)."""
        order = self._order(partner=self.customer2, client_order_ref="CS-0815")
        self._deliver(order)
        self._tour("/odoo/call?phone=%2B15550100101", "others_order")
        complaint = self.env["complaint.complaint"].search([("sale_order_id", "=", order.id)])
        self.assertEqual(complaint.partner_id, self.customer2)
        self.assertFalse(complaint.contact_id)
        self.assertEqual(complaint.complainant_id, self.contact)
        self.assertEqual(complaint.complainant_type, "consumer")
        self.assertIn("0101", complaint.phone)

    def test_nothing_found(self):
        """Enter does what the box says, and nobody acts on the card of somebody else meanwhile."""
        # Quality may not create contacts, whatever other apps let salespeople do
        self.start_tour("/odoo/call", "complaint_call_nothing", login=self.user_quality.login)
