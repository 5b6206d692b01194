"""A scanned serial number is one piece (R7)."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TracingCase


@tagged("post_install", "-at_install")
class TestAddSerial(TracingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.serials = [cls._lot(cls.drill, f"SN-{number}") for number in range(3)]

    def test_pieces_one_by_one(self):
        picking = self._deliver_lots([(serial, 1) for serial in self.serials])
        complaint = self._from_picking(picking)
        complaint.action_add_code("SN-1")
        self.assertEqual(self._ticked(complaint), [(self.drill, "SN-1", 1, False)])
        self.assertEqual(complaint.action_add_code("SN-1")["level"], "info")
        complaint.action_add_code("SN-2")
        self.assertEqual(self._ticked(complaint), [(self.drill, "SN-1, SN-2", 2, False)])
        complaint.action_add_code("SN-1")
        complaint.action_add_code("SN-0")
        self.assertEqual(len(complaint.line_ids), 1)
        self.assertEqual(complaint.line_ids.quantity_complained, 3)
        self.assertEqual(complaint.line_ids.quantity_shipped, 3)

    def test_empty_draft(self):
        picking = self._deliver_lots([(serial, 1) for serial in self.serials])
        complaint = self._draft(partner_id=False)
        answer = complaint.action_add_code("SN-2")
        self.assertEqual(answer["message"], "Drill · SN-2 added.")
        self.assertEqual(complaint.picking_id, picking)
        self.assertEqual(self._ticked(complaint), [(self.drill, "SN-2", 1, False)])

    def test_number_said_before_the_pieces(self):
        """Two of three, said the customer; then he reads them off."""
        picking = self._deliver_lots([(serial, 1) for serial in self.serials])
        complaint = self._from_picking(picking)
        complaint.line_ids.quantity_complained = 2
        complaint.action_add_code("SN-0")
        self.assertEqual(self._ticked(complaint), [(self.drill, "SN-0", 2, False)])
        complaint.action_add_code("SN-1")
        self.assertEqual(self._ticked(complaint), [(self.drill, "SN-0, SN-1", 2, False)])

    def test_returned_and_sold_again(self):
        """It is where it went last; but a customer's complaint is about his delivery."""
        serial = self.serials[0]
        first = self._deliver_lots([(serial, 1)])
        self._return(first, {self.drill: 1}, lots={self.drill: [(serial, 1)]})
        second = self._deliver_lots([(serial, 1)], partner=self.customer2)
        complaint = self._draft(partner_id=False)
        complaint.action_add_code("SN-0")
        self.assertEqual((complaint.picking_id, complaint.partner_id), (second, self.customer2))
        complaint = self._draft()
        complaint.action_add_code("SN-0")
        self.assertEqual(complaint.picking_id, first)
        self.assertEqual(complaint.line_ids.quantity_returned, 1)

    def _register(self, complaint):
        complaint.write(
            {
                "description": "It does not start",
                "defect_id": self.defect_rust.id,
                "category_id": self.category_quality.id,
                "demand_ids": [Command.create({"kind": "cause_prevention"})],
                "evidence_ids": [Command.create({"name": "X", "missing_reason": "follows"})],
            }
        )
        complaint.action_register()

    def test_after_registration(self):
        picking = self._deliver_lots([(serial, 1) for serial in self.serials])
        complaint = self._from_picking(picking)
        complaint.action_add_code("SN-0")
        self._register(complaint)
        complaint.action_add_code("SN-1")
        self.assertEqual(
            self._ticked(complaint),
            [(self.drill, "SN-0", 1, False), (self.drill, "SN-1", 1, False)],
        )
        self.assertEqual(complaint.action_add_code("SN-0")["level"], "info")
        self.assertEqual(complaint.action_add_code("SN-1")["level"], "info")
        self.assertEqual(len(complaint.line_ids), 2)

    def test_product_after_registration(self):
        """Its bar code does not say which of the pieces; a registered line could not be mended."""
        self.drill.barcode = "4012345678918"
        hammer = self._product(name="Hammer")
        order = self._order(lines=[(hammer, 1)])
        complaint = self._from_picking(self._deliver(order))
        complaint.line_ids.quantity_complained = 1
        self._register(complaint)
        self._deliver_lots([(serial, 1) for serial in self.serials[:2]])
        with self.assertRaisesRegex(UserError, "Scan the serial number"), self.cr.savepoint():
            complaint.action_add_code("4012345678918")
        self.assertEqual(complaint.line_ids.product_id, hammer)
        complaint.action_add_code("SN-1")
        self.assertEqual(complaint.line_ids.lot_ids, self.serials[1])

    def test_product_of_one_piece_after_registration(self):
        self.drill.barcode = "4012345678918"
        hammer = self._product(name="Hammer")
        complaint = self._from_picking(self._deliver(self._order(lines=[(hammer, 1)])))
        complaint.line_ids.quantity_complained = 1
        self._register(complaint)
        self._deliver_lots([(self.serials[2], 1)])
        complaint.action_add_code("4012345678918")
        self.assertEqual(self._ticked(complaint)[1:], [(self.drill, "SN-2", 1, False)])
