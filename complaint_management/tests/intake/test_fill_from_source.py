"""The buttons: one draft per source, and orders linked to complaints that came without (R61)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_prefill_order import PrefillCase


@tagged("post_install", "-at_install")
class TestComplaintButton(PrefillCase):
    def _press(self, source):
        action = source.with_user(self.user_sales).action_create_complaint()
        self.assertEqual(
            (action["res_model"], action["type"]), ("complaint.complaint", "ir.actions.act_window")
        )
        return self.complaints.browse(action["res_id"])

    def test_draft_is_saved_at_once(self):
        order = self._order()
        self._deliver(order)
        complaint = self._press(order)
        self.assertEqual(complaint.sale_order_id, order)
        self.assertEqual(len(complaint.line_ids), 1)

    def test_pressing_twice_opens_the_same(self):
        order = self._order()
        picking = self._deliver(order)
        complaint = self._press(order)
        self.assertEqual(self._press(order), complaint)
        self.assertEqual(len(complaint.line_ids), 1)
        self.assertNotEqual(self._press(picking), complaint, "the delivery is another door")

    def test_untouched_draft_learns_of_new_deliveries(self):
        order = self._order()
        complaint = self._press(order)
        self.assertEqual(complaint.line_ids.quantity_shipped, 0)
        self._deliver(order)
        self.assertEqual(self._press(order), complaint)
        self.assertEqual(self._quantities(complaint), [(self.product, 10, 0)])

    def test_touched_draft_is_left_alone(self):
        order = self._order()
        complaint = self._press(order)
        complaint.description = "Too late"
        second = self._press(order)
        self.assertNotEqual(second, complaint)
        second.line_ids.quantity_complained = 1
        self.assertNotIn(self._press(order), complaint + second)

    def test_colleagues_draft_is_not_mine(self):
        order = self._order(user=self.env["res.users"])
        complaint = self._press(order)
        action = order.with_user(self.user_sales2).action_create_complaint()
        self.assertNotEqual(action["res_id"], complaint.id)


@tagged("post_install", "-at_install")
class TestFillFromSource(PrefillCase):
    def test_order_linked_later(self):
        order = self._order(partner=self.contact)
        self._deliver(order)
        complaint = self._complaint(
            user=self.user_sales,
            partner_id=self.customer2.id,
            contact_id=False,
            line_ids=[(0, 0, {"name": "A blue one", "lot_name": "on the box: 7"})],
        )
        self.assertFalse(complaint.can_fill)
        complaint.sale_order_id = order
        self.assertTrue(complaint.can_fill)
        complaint.action_fill_from_source()
        self.assertFalse(complaint.can_fill)
        self.assertEqual(complaint.line_ids.product_id, self.product)
        self.assertEqual(len(complaint.line_ids), 2)
        self.assertEqual(complaint.customer_order_ref, "PO-4711")
        self.assertEqual(complaint.partner_id, self.customer2, "what was typed stays")
        complaint.action_fill_from_source()
        self.assertEqual(len(complaint.line_ids), 2)

    def test_lots_not_there_yet(self):
        product = self._product("lot", name="Paint")
        lots = [(self._lot(product, "P-1"), 7), (self._lot(product, "P-2"), 3)]
        order = self._order(lines=[(product, 10)])
        self._deliver(order, lots={product: lots})
        complaint = self._from_order(order)
        complaint.line_ids[1].unlink()
        complaint.action_fill_from_source()
        self.assertEqual(complaint.line_ids.mapped("lot_label"), ["P-1", "P-2"])

    def test_serials_taken_away_stay_away(self):
        product = self._product("serial", name="Drill")
        order = self._order(lines=[(product, 3)])
        self._deliver(order)
        complaint = self._from_order(order)
        kept = complaint.line_ids.lot_ids[:1]
        complaint.line_ids.lot_ids = kept
        complaint.action_fill_from_source()
        self.assertEqual(complaint.line_ids.lot_ids, kept)

    def test_without_source(self):
        with self.assertRaisesRegex(UserError, "Choose the order or the delivery"):
            self._complaint().action_fill_from_source()

    def test_foreign_order(self):
        complaint = self._complaint(user=self.user_sales)
        complaint.sudo().sale_order_id = self._order(user=self.user_sales2)
        with self.assertRaises(AccessError):
            complaint.action_fill_from_source()

    def test_registered(self):
        complaint = self._registered_complaint()
        complaint.sale_order_id = self._order()
        with self.assertRaisesRegex(UserError, "is registered"):
            complaint.action_fill_from_source()

    def test_direct_complaint_without_order(self):
        """A consumer on the hotline: words, batch code, where bought (R61)."""
        complaint = self.complaints.create(
            {
                "complainant_type": "consumer",
                "complainant_name": "A guest",
                "phone": "+1 555 010 0199",
                "purchase_place": "Corner Shop",
                "description": "A blade in the tissue",
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Tissue 3-ply",
                            "lot_name": "B77",
                            "production_date": "2026-01-02",
                        },
                    )
                ],
            }
        )
        self.assertEqual(complaint.state, "draft")
        self.assertFalse(complaint.line_ids.date_shipped)
        self.assertFalse(complaint.line_ids.warranty_end)
