import base64
import io

from PIL import Image

from odoo.tests import tagged

from ..browser import BrowserCase
from .common import PASSWORD
from .intake_common import IntakeCase


@tagged("post_install", "-at_install")
class TestIntakeTour(BrowserCase, IntakeCase):
    """A customer complains on his phone, with photos (R5, R8)."""

    browser_size = "390x844"
    touch_enabled = True

    def _check_raised(self):
        complaint = self._new()
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.description, "The tips are rusty")
        self.assertEqual(complaint.line_ids.quantity_complained, 2.0)
        self.assertEqual(complaint.demand_ids.kind, "exchange")
        # Made small before they were sent; small ones are left as they are
        names = complaint.evidence_ids.mapped("file_name")
        self.assertEqual(names, ["first.jpg", "second.jpeg"])
        content = base64.b64decode(complaint.evidence_ids[0].file)
        self.assertEqual(Image.open(io.BytesIO(content)).size, (2000, 2000))

    def test_from_his_order(self):
        self.user_portal.password = PASSWORD
        self.start_tour(
            self.order.get_portal_url(), "complaint_customer_raises", login=self.user_portal.login
        )
        self._check_raised()

    def test_through_the_qr_code(self):
        url = self.picking._get_complaint_qr_url().replace(self.picking.get_base_url(), "")
        self.start_tour(url, "complaint_qr_raises")
        self._check_raised()
