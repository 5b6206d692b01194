"""Editing a transfer brings back no more than was delivered, and sends no more than granted."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .free_common import FreeCommon
from .goods_common import GoodsCase


@tagged("post_install", "-at_install")
class TestTransferLimits(GoodsCase):
    """R37, T16, T17."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.delivery = cls._deliver(cls.order)

    def _execute(self, quantity, kind="return"):
        demand = self._case(self.order, quantity, kind)
        demand.action_execute()
        return self._pickings(demand)

    def _refused(self, picking, quantity, text):
        with self.assertRaisesRegex(UserError, text) as caught, self.env.cr.savepoint():
            self._validate(picking.with_user(self.user_stock), {self.product: quantity})
        self.assertNotEqual(picking.state, "done")
        return str(caught.exception)

    def test_more_than_delivered(self):
        returned = self._execute(10)
        self._refused(returned, 15, "only 10 Units can still come back")
        self._validate(returned.with_user(self.user_stock), {self.product: 9})

    def test_came_back_by_hand_meanwhile(self):
        returned = self._execute(10)
        by_hand = self._return(self.delivery, {self.product: 8})
        self.assertIn(by_hand.name, self._refused(returned, 10, "only 2 Units can still"))
        self._validate(returned, {self.product: 2})
        self.assertEqual(self.order.order_line.qty_delivered, 0)

    def test_by_hand_after_ours(self):
        self._validate(self._execute(10))
        with self.assertRaisesRegex(UserError, "only 0 Units"), self.env.cr.savepoint():
            self._return(self.delivery, {self.product: 1})

    def test_in_two_receipts_at_once(self):
        first, second = self._execute(4), self._execute(6)
        for picking in first | second:
            picking.move_ids.quantity = 6
            picking.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "can still come back"), self.env.cr.savepoint():
            (first | second).with_context(skip_backorder=True).button_validate()
        first.move_ids.quantity = 4
        (first | second).with_context(skip_backorder=True).button_validate()
        self.assertEqual(set((first | second).mapped("state")), {"done"})

    def test_returns_without_a_request_are_as_core_has_them(self):
        """Core limits nothing; that is none of ours."""
        self._return(self.delivery, {self.product: 8})
        self._return(self.delivery, {self.product: 8})
        self.assertEqual(self.order.order_line.qty_delivered, -6)

    def test_exchange_sends_no_more(self):
        pickings = self._execute(3, "exchange")
        sent = pickings.filtered(lambda p: p.picking_type_code == "outgoing")
        self._refused(sent, 4, "no more than 3 Units were granted")
        self._validate(sent, {self.product: 2})
        rest = self._pickings(sent.sudo().complaint_demand_id) - pickings
        self._refused(rest, 2, "no more than 3 Units were granted")
        self._validate(rest, {self.product: 1})


@tagged("post_install", "-at_install")
class TestFreeTransferLimits(FreeCommon):
    def test_free_order_sends_no_more(self):
        demand = self._free_demand()
        order = self._carry_out(demand)
        granted = order.order_line.filtered("product_id").product_uom_qty
        picking = order.picking_ids
        message = f"no more than {granted:g} Units were granted"
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            self._validate(picking, {self.product: granted + 1})
        self._validate(picking, {self.product: granted})
        self.assertEqual(demand.state, "done")

    def test_sent_again_after_it_came_back(self):
        """The warehouse exchanges what is broken on its own."""
        order = self._carry_out(self._free_demand())
        self._validate(order.picking_ids)
        sent = order.picking_ids
        self._return(sent, {self.product: 1}, exchange=True)
        again = order.picking_ids.filtered(
            lambda p: p.state != "done" and p.picking_type_code == "outgoing"
        )
        self._validate(again)
        self.assertEqual(again.state, "done")
