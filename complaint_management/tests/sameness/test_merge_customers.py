"""Two customers' complaints as one case: neither sees or is paid what is the other's (T2, T3)."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PNG, SamenessCommon


@tagged("post_install", "-at_install")
class TestMergeCustomers(SamenessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.original = cls._about(lot_name="B-1", c_partner_id=cls.customer2.id, c_contact_id=False)
        cls.other = cls._about(
            product_id=cls.paint.id,
            sale_line_id=cls.paint_line.id,
            move_id=cls.paint_move.id,
            lot_ids=[Command.link(cls.lot.id)],
            name="Paint of the dealer",
            c_sale_order_id=cls.order.id,
            c_picking_id=cls.picking.id,
            c_customer_reference="DEALER-1",
            c_customer_order_ref="DEALER-2",
            c_demand_ids=[Command.create({"kind": "compensation", "name": "Pay the dealer"})],
        )
        cls.other.evidence_ids.write({"file": PNG, "file_name": "a.png", "customer_visible": True})

    def _wizard(self):
        action = self.other.with_user(self.user_manager).action_same_case(self.original.id)
        return self.env[action["res_model"]].with_user(self.user_manager).browse(action["res_id"])

    def _merge(self):
        self.other.with_user(self.user_manager).action_same_case(
            self.original.id, confirmed=True, other_customer=True
        )
        self.env.invalidate_all()

    def test_is_confirmed(self):
        self.other.demand_ids.action_cancel()
        wizard = self._wizard()
        self.assertIn(self.customer2.name, wizard.other_customers)
        self.assertFalse(wizard.goods or wizard.requests)
        self.assertIn("Goods of the other customer: Paint", wizard.left_behind)
        with self.assertRaisesRegex(UserError, "different customers"):
            wizard.action_confirm()
        wizard.other_customer = True
        wizard.action_confirm()
        self.assertEqual(self.other.duplicate_of_id, self.original)

    def test_nothing_of_the_other_customer_comes(self):
        self.other.demand_ids.action_cancel()
        known = self.original.evidence_ids
        goods, requests = self.original.line_ids, self.original.demand_ids
        self._merge()
        original = self.original
        self.assertEqual(original.partner_id, self.customer2)
        self.assertFalse(original.sale_order_id | original.line_ids.sale_order_id)
        self.assertFalse(original.picking_id | original.line_ids.picking_id)
        self.assertFalse(original.customer_reference or original.customer_order_ref)
        self.assertEqual((original.line_ids, original.demand_ids), (goods, requests))
        self.assertFalse(original.demand_ids._get_customer_orders())
        self.assertTrue((original.evidence_ids - known).file)
        self.assertFalse(original.evidence_ids.filtered("customer_visible"))
        bodies = "".join(original.message_ids.mapped("body"))
        self.assertIn("Goods of the other customer: Paint", bodies)
        page = repr(original.sudo()._prepare_customer_page(self.customer2))
        for word in ("DEALER", "Paint", self.order.name, self.picking.name, self.lot.name):
            self.assertNotIn(word, page)

    def test_what_he_waits_for_is_answered_first(self):
        self.env["complaint.promise"].create(
            {
                "complaint_id": self.other.id,
                "name": "We call the dealer",
                "deadline": fields.Datetime.now() + timedelta(days=1),
                "user_id": self.user_sales.id,
            }
        )
        with self.assertRaisesRegex(UserError, "(?s)Pay the dealer.*We call the dealer"):
            self._merge()
        self.assertEqual(self.other.demand_ids.state, "open")
        self.other.demand_ids.action_done()
        self.other.promise_ids.action_keep()
        self._merge()
        self.assertEqual(self.other.outcome, "duplicate")
        self.assertFalse(self.original.promise_ids)
