from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.complaint.complaint_state_guard import TRUSTED
from .free_common import FreeCommon


@tagged("post_install", "-at_install")
class TestFreeGoodsGuard(FreeCommon):
    """What was granted is what leaves, for nothing, whoever edits the order (R38, T16)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demand = cls._free_demand()
        cls.demand.action_execute()
        cls.free = cls.demand.sudo().order_ids
        cls.line = cls.free.order_line[-1]

    def test_no_price_comes_back(self):
        with self.assertRaises(UserError):
            self.line.price_unit = 20.0
        self.line.product_uom_qty = 2.0
        self.free._recompute_prices()
        self.assertEqual((self.line.price_unit, self.free.amount_total), (0.0, 0.0))

    def test_nobody_sends_more_or_other_goods(self):
        other = self._product(name="Hammer")
        seller = self.free.with_user(self.user_sales)
        with self.assertRaises(UserError):
            seller.order_line[-1].product_uom_qty = 4.0
        for price in (0.0, 15.0):
            with self.subTest(price=price), self.assertRaises(UserError):
                seller.order_line = [Command.create({"product_id": other.id, "price_unit": price})]
        self.free._action_cancel()
        self.free.action_draft()
        with self.assertRaises(UserError):
            self.line.product_id = other

    def test_no_line_moves_in_and_no_price_is_negative(self):
        self.line.product_uom_qty = 2.0
        sold = self._order()
        for vals in ({"order_id": self.free.id}, {"order_id": self.free.id, "price_unit": 0.0}):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.env.cr.savepoint():
                sold.order_line.write(vals)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.line.price_unit = -50.0

    def test_a_cancelled_order_is_not_taken_up_for_a_declined_request(self):
        self.free._action_cancel()
        self.demand.action_decline("No", "A visit")
        with self.assertRaisesRegex(UserError, "does not grant"), self.env.cr.savepoint():
            self.free.action_draft()
        self.demand.action_reopen()
        self.demand.remedy_kind = "apology"
        self.demand.action_accept()
        with self.assertRaisesRegex(UserError, "does not grant"), self.env.cr.savepoint():
            self.free.action_draft()

    def test_a_draft_is_not_confirmed_for_a_declined_request(self):
        self.free._action_cancel()
        self.free.action_draft()
        self.demand.with_context(complaint_transition=TRUSTED)._set_state("open")
        with self.assertRaisesRegex(UserError, "does not grant"), self.env.cr.savepoint():
            self.free.action_confirm()
        self.demand.with_context(complaint_transition=TRUSTED)._set_state("accepted")
        self.free.action_confirm()
        self.assertEqual(self.free.state, "sale")

    def test_links_are_not_written_by_hand(self):
        plain = self._order()
        seller = plain.with_user(self.user_sales)
        with self.assertRaises(UserError):
            seller.complaint_demand_id = self.demand
        with self.assertRaises(UserError):
            seller.order_line.complaint_demand_line_id = self.demand.line_ids
        with self.assertRaises(UserError):
            self.free.with_user(self.user_sales).complaint_demand_id = False

    @mute_logger("odoo.models")
    def test_ordinary_orders_are_as_before(self):
        order = self._order()
        self.assertEqual(order.invoice_status, "to invoice")
        order.order_line.price_unit = 33.0
        order.order_line.product_uom_qty = 12.0
        self.assertEqual(order.amount_total, 33.0 * 12)

    def test_the_complaint_is_found_from_order_and_by_who_may_see_it(self):
        complaint = self.demand.complaint_id
        order = self.free.with_user(self.user_sales)
        self.assertEqual(order.complaint_count, 1)
        found = self.env["complaint.complaint"].search(order.action_view_complaints()["domain"])
        self.assertEqual(found, complaint)
        complaint.sudo().concerned_user_ids = self.user_service
        for user in (self.user_sales2, self.user_service):
            with self.subTest(user=user.name):
                self.assertFalse(self.free.with_user(user)._get_remedied_complaints())

    def test_no_down_payment_either(self):
        self.assertTrue(self.free.with_user(self.user_sales).complaint_is_free)
        self.assertFalse(self.order.complaint_is_free)
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=self.free.ids)
            .create({"advance_payment_method": "fixed", "fixed_amount": 10.0})
        )
        wizard.create_invoices()
        self.assertFalse(self.free.invoice_ids)
        self.assertEqual(self.free.amount_total, 0.0)
