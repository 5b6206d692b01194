"""A scanned lot picks line and delivery (R7)."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import TracingCase


@tagged("post_install", "-at_install")
class TestAddLot(TracingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._lot(cls.paint, "LOT-2001 A")
        cls.other_lot = cls._lot(cls.paint, "LOT-2002")

    def test_delivery_comes_along(self):
        """All of the delivery is here, the scanned lot is ticked, how much is asked."""
        picking = self._deliver_lots([(self.lot, 7), (self.other_lot, 3)])
        complaint = self._draft()
        answer = complaint.action_add_code("LOT-2001 A")
        self.assertEqual(answer["level"], "success")
        self.assertIn("how many", answer["message"])
        self.assertFalse(answer["action"])
        self.assertEqual(len(complaint.line_ids), 2)
        self.assertEqual(self._ticked(complaint), [(self.paint, "LOT-2001 A", 0, True)])
        line = complaint.line_ids.browse(answer["line_id"])
        self.assertEqual((line.quantity_shipped, line.move_id), (7, picking.move_ids))
        self.assertEqual(line.date_shipped, picking.move_ids.date)
        self.assertEqual(line.days_since_shipment, 0)
        self.assertEqual(complaint.picking_id, picking)
        self.assertEqual(complaint.sale_order_id, picking.sale_id)
        self.assertEqual(complaint.customer_order_ref, "PO-4711")

    def test_twice(self):
        self._deliver_lots([(self.lot, 7), (self.other_lot, 3)])
        complaint = self._draft()
        complaint.action_add_code("LOT-2001 A")
        answer = complaint.action_add_code("LOT-2001 A")
        self.assertEqual(answer["level"], "info")
        self.assertIn("there already", answer["message"])
        self.assertEqual(len(complaint.line_ids), 2)
        self.assertEqual(len(self._ticked(complaint)), 1)
        complaint.action_add_code("LOT-2002")
        self.assertEqual(len(complaint.line_ids), 2)
        self.assertEqual(len(self._ticked(complaint)), 2)

    def test_quantity_said_stays(self):
        self._deliver_lots([(self.lot, 7)])
        complaint = self._draft()
        complaint.action_add_code("LOT-2001 A")
        complaint.line_ids.quantity_complained = 4
        complaint.action_add_code("LOT-2001 A")
        self.assertEqual(complaint.line_ids.quantity_complained, 4)

    def test_single_piece_needs_no_question(self):
        self._deliver_lots([(self.lot, 1)])
        complaint = self._draft()
        complaint.action_add_code("LOT-2001 A")
        self.assertEqual(self._ticked(complaint), [(self.paint, "LOT-2001 A", 1, False)])

    def test_line_of_the_order_is_ticked(self):
        """The draft was opened from the order: nothing is added."""
        picking = self._deliver_lots([(self.lot, 7), (self.other_lot, 3)])
        complaint = self._from_order(picking.sale_id)
        complaint.action_add_code("LOT-2002")
        self.assertEqual(len(complaint.line_ids), 2)
        self.assertEqual(self._ticked(complaint), [(self.paint, "LOT-2002", 0, True)])
        self.assertFalse(complaint.picking_id, "the order was the door")

    def test_customer_is_taken_over(self):
        picking = self._deliver_lots([(self.lot, 7)], partner=self.contact)
        complaint = self._draft(partner_id=False)
        complaint.action_add_code("LOT-2001 A")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.contact_id, self.contact)
        self.assertEqual(complaint.phone, self.contact.phone)
        self.assertEqual(complaint.picking_id, picking)

    def test_new_complaint(self):
        """Opened and filled in one go; rows that say nothing go; refused codes leave nothing."""
        self._deliver_lots([(self.lot, 7)])
        vals = {"phone": "+1 555 010 0177", "line_ids": [(0, 0, {"quantity_complained": 1})]}
        answer = self.complaints.create_from_code("LOT-2001 A", vals)
        complaint = self.complaints.browse(answer["complaint_id"])
        self.assertEqual((complaint.state, complaint.partner_id), ("draft", self.customer))
        self.assertEqual(complaint.phone, "+1 555 010 0177", "what was typed stays")
        self.assertEqual(self._ticked(complaint), [(self.paint, "LOT-2001 A", 0, True)])
        self.assertEqual(len(complaint.line_ids), 1)
        count = self.complaints.search_count([])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.complaints.create_from_code("NEVER-HEARD-OF", vals)
        self.assertEqual(self.complaints.search_count([]), count)

    def test_consumer_stays_who_complains(self):
        """The dealer's lot makes no dealer of him: his name can be written, his line stays."""
        self._deliver_lots([(self.lot, 7)])
        line = {"name": "Paint, blue tin", "quantity_complained": 1}
        vals = {"complainant_type": "consumer", "phone": "+1 555 010 0177"}
        answer = self.complaints.create_from_code(
            "LOT-2001 A", {**vals, "line_ids": [(0, 0, line)]}
        )
        complaint = self.complaints.browse(answer["complaint_id"])
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual((complaint.complainant_type, complaint.contact_id.id), ("consumer", False))
        self.assertIn("Paint, blue tin", complaint.line_ids.mapped("name"))
        view = "complaint_management.complaint_complaint_view_form_quick"
        form = Form(complaint.with_user(self.user_sales), view=view)
        for name in ("complainant_name", "phone", "purchase_place"):
            self.assertFalse(form._get_modifier(name, "invisible"), name)
        form.complainant_name = "Ms Lee"
        self.assertEqual(form.save().complainant_name, "Ms Lee")

    def test_typed_without_care(self):
        self._deliver_lots([(self.lot, 7)])
        for code in ("lot2001a", "Lot 2001-A", "ＬＯＴ－２００１　Ａ", "(10)LOT-2001 A"):
            with self.subTest(code=code):
                complaint = self._draft()
                complaint.action_add_code(code)
                self.assertEqual(self._ticked(complaint), [(self.paint, "LOT-2001 A", 0, True)])

    def test_same_lot_of_two_products(self):
        """The GS1 code names the product, too; without it one is asked."""
        tape = self._product("lot", name="Tape", barcode="4098765432105")
        same = self._lot(tape, "LOT-2001 A")
        self._deliver_lots([(self.lot, 7)])
        self._deliver_lots([(same, 2)])
        complaint = self._draft()
        complaint.action_add_code("(01)04098765432105(10)LOT-2001 A")
        self.assertEqual(self._ticked(complaint), [(tape, "LOT-2001 A", 0, True)])
        answer = self._draft().action_add_code("LOT-2001 A")
        self.assertEqual(answer["level"], "choice")

    def test_several_deliveries(self):
        first = self._deliver_lots([(self.lot, 7)])
        second = self._deliver_lots([(self.lot, 3)])
        complaint = self._draft()
        answer = complaint.action_add_code("LOT-2001 A")
        self.assertEqual(answer["level"], "choice")
        self.assertFalse(complaint.line_ids, "nothing is written before one chose")
        wizard = self.env["complaint.source.wizard"].browse(answer["action"]["res_id"])
        wizard = wizard.with_user(self.user_sales)
        self.assertEqual(wizard.line_ids.mapped("source_name"), [second.name, first.name])
        self.assertEqual(wizard.line_ids.mapped("quantity"), [3, 7])
        self.assertEqual(wizard.line_ids[:1].customer_name, self.customer.display_name)
        wizard.line_ids[1].action_take()
        self.assertEqual(complaint.line_ids.picking_id, first)
        self.assertEqual(len(self._ticked(complaint)), 1)
        answer = complaint.action_add_code("LOT-2001 A")
        self.assertEqual(answer["level"], "info", "it is the one that stands here")

    def test_draft_knows_the_delivery(self):
        """Of several deliveries the one that the complaint is about is meant."""
        first = self._deliver_lots([(self.lot, 7)])
        self._deliver_lots([(self.lot, 3)])
        complaint = self._from_picking(first)
        complaint.action_add_code("LOT-2001 A")
        self.assertEqual(self._ticked(complaint), [(self.paint, "LOT-2001 A", 0, True)])

    def test_partial_delivery(self):
        """The order is delivered in two parts: the second comes to the lines of the first."""
        order = self._order(lines=[(self.paint, 10)])
        first = self._deliver(order, quantities={self.paint: 6}, lots={self.paint: [(self.lot, 6)]})
        complaint = self._from_order(order)
        self._deliver(order, lots={self.paint: [(self.other_lot, 4)]})
        complaint.action_add_code("LOT-2002")
        self.assertEqual(len(complaint.line_ids), 2)
        self.assertEqual(self._ticked(complaint), [(self.paint, "LOT-2002", 0, True)])
        self.assertIn(first, complaint.line_ids.picking_id)

    def test_returned_goods(self):
        picking = self._deliver_lots([(self.lot, 7)])
        self._return(picking, {self.paint: 6}, lots={self.paint: [(self.lot, 6)]})
        complaint = self._draft()
        complaint.action_add_code("LOT-2001 A")
        line = complaint.line_ids
        self.assertEqual((line.quantity_shipped, line.quantity_returned), (7, 6))
        self.assertEqual(line.quantity_complained, 1, "one piece is left with the customer")

    def test_never_delivered(self):
        complaint = self._draft()
        with self.assertRaisesRegex(UserError, "no delivery of it"):
            complaint.action_add_code("LOT-2001 A")
        self.assertFalse(complaint.line_ids)

    def test_unknown(self):
        complaint = self._draft()
        for code in ("NEVER-HEARD-OF", "%", "_", "' OR 1=1 --", "🙂"):
            with self.subTest(code=code), self.assertRaisesRegex(UserError, "is no lot"):
                complaint.action_add_code(code)
        with self.assertRaisesRegex(UserError, "Scan or type"):
            complaint.action_add_code("  ")
        self.assertFalse(complaint.line_ids)

    def test_after_registration(self):
        """Only the line itself is added, it is noted, and nothing said is rewritten."""
        picking = self._deliver_lots([(self.lot, 7), (self.other_lot, 3)])
        complaint = self._registered_complaint(user=self.user_sales)
        said = complaint.line_ids
        answer = complaint.action_add_code("LOT-2002")
        self.assertEqual(answer["level"], "success")
        added = complaint.line_ids - said
        self.assertEqual((added.lot_label, added.quantity_unsaid), ("LOT-2002", True))
        self.assertEqual(complaint.sale_order_id, picking.sale_id, "it was left empty")
        self.assertIn("Goods added", complaint.message_ids[:1].body)
        self.assertEqual(complaint.action_add_code("LOT-2002")["level"], "info")
        with self.assertRaisesRegex(UserError, "is registered"):
            complaint.action_add_code(picking.name)

    def test_over(self):
        self._deliver_lots([(self.lot, 7)])
        complaint = self._registered_complaint(user=self.user_sales)
        complaint._write_trusted({"state": "closed"})
        with self.assertRaisesRegex(UserError, "is over"):
            complaint.action_add_code("LOT-2001 A")
