"""The factories every other test stands on do what they say."""

from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestFactories(ComplaintCommon):
    def test_order_and_delivery(self):
        order = self._order()
        self.assertEqual(order.state, "sale")
        picking = self._deliver(order, {self.product: 4.0})
        self.assertEqual(picking.state, "done")
        self.assertEqual(order.order_line.qty_delivered, 4.0)
        self.assertEqual(len(order.picking_ids), 2, "the rest is a backorder")

    def test_tracked_goods(self):
        serial, lot = self._product("serial"), self._product("lot")
        order = self._order(lines=[(serial, 3), (lot, 5)])
        picking = self._deliver(order)
        self.assertEqual(order.order_line.mapped("qty_delivered"), [3.0, 5.0])
        lines = picking.move_line_ids
        self.assertEqual(len(lines.lot_id), 4)
        self.assertEqual(sum(lines.mapped("quantity")), 8.0)

    def test_return(self):
        order = self._order()
        picking = self._deliver(order)
        returned = self._return(picking, {self.product: 2.0})
        self.assertEqual(returned.move_ids.origin_returned_move_id, picking.move_ids)
        self.assertEqual(order.order_line.qty_delivered, 8.0)

    def test_roles(self):
        self.assertTrue(self.user_sales.has_group("complaint_management.group_complaint_user"))
        self.assertFalse(self.user_stock.has_group("complaint_management.group_complaint_user"))
        self.assertTrue(self.user_portal._is_portal())
        self.assertTrue(self.team._get_function_user("purchasing", self.env.user))
        self.assertEqual(self.env["complaint.team"]._get_default_team(self.company), self.team)

    def test_draft(self):
        complaint = self._complaint()
        self.assertEqual(complaint.state, "draft")
        self.assertEqual(complaint.team_id, self.team)
