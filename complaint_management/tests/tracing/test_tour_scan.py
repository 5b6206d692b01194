"""A hand scanner on the quick form: code after code, without a hand on the mouse (R7)."""

import time
from functools import wraps

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from .common import TracingCase

# Seconds; longer than a new draft waits before it saves itself
SLOW = 1.5


@tagged("post_install", "-at_install")
class TestTourScan(TracingCase, BrowserCase):
    @mute_logger("odoo.http")  # the code that is refused
    def test_scan(self):
        serials = [self._lot(self.drill, f"SN-{number}") for number in range(3)]
        lot = self._lot(self.paint, "LOT-9")
        picking = self._deliver_lots([(serial, 1) for serial in serials])
        for quantity in (2, 3):
            self._deliver_lots([(lot, quantity)])
        before = self.env["complaint.complaint"].search([])
        self.user_sales.password = "a-scanner-types-8"
        self.start_tour("/odoo/complaint-entry", "complaint_scan", login=self.user_sales.login)
        complaint = self.env["complaint.complaint"].search([]) - before
        self.assertEqual(len(complaint), 1, "a refused code leaves no draft behind")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.picking_id, picking)
        self.assertEqual(
            self._ticked(complaint),
            [(self.drill, "SN-1, SN-2", 2, False), (self.paint, "LOT-9", 0, True)],
        )
        self.assertTrue(complaint.has_several_orders)

    def test_scan_while_it_saves_itself(self):
        """Words and a scan in one second make one draft, on a slow line, too."""
        serial = self._lot(self.drill, "SN-1")
        picking = self._deliver_lots([(serial, 1)])
        complaints = self.env.registry["complaint.complaint"]
        create_from_code = complaints.create_from_code

        @wraps(create_from_code)
        def create_slowly(self, *args, **kwargs):
            time.sleep(SLOW)
            return create_from_code(self, *args, **kwargs)

        self.patch(complaints, "create_from_code", create_slowly)
        before = self.env["complaint.complaint"].search([])
        self.user_sales.password = "a-scanner-types-8"
        url = "/odoo/complaint-entry"
        self.start_tour(url, "complaint_scan_words", login=self.user_sales.login)
        complaint = self.env["complaint.complaint"].search([]) - before
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.picking_id, picking)
        self.assertEqual(str(complaint.description), "It does not start any more")
