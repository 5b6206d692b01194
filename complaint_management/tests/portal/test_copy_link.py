from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestCopyLink(HttpCase, PortalCommon):
    """Salespeople, who make no contacts, hand the customer his link themselves (R46, R60)."""

    def test_salesperson_copies_the_link_and_it_opens_the_page(self):
        complaint = self._complaint_of(self.customer, self.portal_partner)
        shared = complaint.with_user(self.user_sales)
        self.assertFalse(self.user_sales.has_group("base.group_partner_manager"))
        action = shared.action_copy_customer_link()
        self.assertEqual((action["target"], action["res_id"]), ("new", complaint.id))
        link = shared.customer_link
        self.assertEqual(link, complaint._get_customer_url(self.portal_partner))
        self.authenticate(None, None)
        page = self.url_open(link.replace(complaint.get_base_url(), ""))
        self.assertEqual(page.status_code, 200)
        self.assertIn(complaint.name, page.text)

    def test_readers_and_customers_get_none(self):
        complaint = self._complaint_of(self.customer, self.portal_partner)
        with self.assertRaises(AccessError):
            complaint.with_user(self.user_portal).read(["customer_link"])
        with self.assertRaises(AccessError):
            complaint.with_user(self.user_sales2).action_copy_customer_link()

    def test_without_a_customer(self):
        complaint = self._complaint(
            partner_id=False, contact_id=False, complainant_name="Walter", phone="1"
        )
        with self.assertRaises(UserError):
            complaint.action_copy_customer_link()
