"""A hand scanner on the quick form: code after code, without a hand on the mouse (R7)."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from .common import TracingCase


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
