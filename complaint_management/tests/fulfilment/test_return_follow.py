"""The request follows its transfers, whoever moves them and however (R37, T17)."""

from odoo import Command
from odoo.tests import tagged

from .goods_common import GoodsCase


@tagged("post_install", "-at_install")
class TestReturnFollow(GoodsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.delivery = cls._deliver(cls.order)

    def setUp(self):
        super().setUp()
        self.demand = self._case(self.order, 3)
        self.demand.action_execute()
        self.returned = self._pickings(self.demand).with_user(self.user_stock)

    def _notes(self):
        return self.demand.complaint_id.message_ids.filtered(lambda m: "is met by" in (m.body))

    def test_part_of_it_came(self):
        """What is still to come is a transfer of the request, too; it is done with the last one."""
        self._validate(self.returned, {self.product: 2})
        rest = self._pickings(self.demand) - self.returned
        self.assertEqual((rest.backorder_id, rest.move_ids.product_uom_qty), (self.returned, 1))
        self.assertEqual(rest.move_ids.sudo().complaint_demand_line_id, self.demand.line_ids)
        self.assertEqual(self.demand.state, "accepted")
        self.assertFalse(self.demand.can_execute, "all is on its way")
        self._validate(rest.with_user(self.user_stock))
        self.assertEqual(self.demand.state, "done")
        self.assertEqual(len(self._notes()), 1)

    def test_the_rest_does_not_come(self):
        """Then the salesperson decides: have it come once more, or call the request done."""
        self._validate(self.returned, {self.product: 2})
        (self._pickings(self.demand) - self.returned).action_cancel()
        self.assertEqual(self.demand.state, "accepted")
        self.assertTrue(self.demand.can_execute)
        self.demand.action_execute()
        again = self._pickings(self.demand).filtered(lambda p: p.state == "assigned")
        self.assertEqual(again.move_ids.product_uom_qty, 1)
        again.action_cancel()
        self.demand.action_done()
        self.assertEqual(self.demand.state, "done")

    def test_split_before_it_came(self):
        self.returned.move_ids.quantity = 1
        self.returned.action_split_transfer()
        pickings = self._pickings(self.demand)
        self.assertEqual(sorted(pickings.move_ids.mapped("product_uom_qty")), [1, 2])
        self.assertFalse(self.demand.can_execute)
        for picking in pickings:
            self._validate(picking.with_user(self.user_stock))
        self.assertEqual(self.demand.state, "done")

    def test_cancelled_and_made_again(self):
        self.returned.action_cancel()
        self.assertEqual(self.demand.state, "accepted")
        self.assertTrue(self.demand.can_execute)
        self.demand.action_execute()
        again = self._pickings(self.demand) - self.returned
        self.assertEqual(again.move_ids.product_uom_qty, 3)
        self._validate(again)
        self.assertEqual(self.demand.state, "done")

    def test_deleted_and_made_again(self):
        self.returned.action_cancel()
        self.returned.sudo().unlink()
        self.assertFalse(self._pickings(self.demand))
        self.demand.action_execute()
        self.assertEqual(len(self._pickings(self.demand)), 1)

    def test_goods_done_and_cancelled_one_by_one(self):
        """The state of a transfer comes from its moves: those tell the request."""
        move = self.returned.move_ids
        move.picked = True
        move._action_done()
        self.assertEqual(self.demand.state, "done")

    def test_taken_back_from_its_end(self):
        """Other addons reset transfers by their moves: the request is open again."""
        self._validate(self.returned)
        self.returned.move_ids.state = "assigned"
        self.assertEqual(self.demand.state, "accepted")
        self.returned.move_ids.state = "done"
        self.assertEqual(self.demand.state, "accepted", "only who does it tells the request")

    def test_move_cancelled(self):
        other = self._product(name="Hammer")
        order = self._order(lines=[(self.product, 10), (other, 4)])
        self._deliver(order)
        demand = self._case(order, {self.product: 2, other: 1})
        demand.action_execute()
        returned = self._pickings(demand)
        move = returned.move_ids.filtered(lambda m: m.product_id == other)
        move._action_cancel()
        (returned.move_ids - move).picked = True
        returned.button_validate()
        self.assertEqual(returned.state, "done")
        self.assertEqual(demand.state, "accepted", "the hammer is missing")
        demand.action_execute()
        again = self._pickings(demand) - returned
        self.assertEqual(again.move_ids.product_id, other)

    def test_case_is_over(self):
        """Nothing of a closed case changes by itself: the lead is told."""
        self._validate(self.returned)
        complaint = self.demand.complaint_id.sudo()
        complaint._write_trusted({"state": "closed"})
        self.returned.move_ids.state = "assigned"
        self.assertEqual(self.demand.state, "done")
        self.assertTrue(
            complaint.activity_ids.filtered(lambda a: "document" in (a.summary or "")),
            complaint.activity_ids.mapped("summary"),
        )

    def test_goods_the_warehouse_adds(self):
        """What came in addition waits with the rest; it is no part of the request."""
        other = self._product(name="Hammer")
        move = self.returned.move_ids
        self.returned.move_ids = [
            Command.create(
                {
                    "product_id": other.id,
                    "product_uom_qty": 1,
                    "product_uom": other.uom_id.id,
                    "location_id": move.location_id.id,
                    "location_dest_id": move.location_dest_id.id,
                    "picking_id": self.returned.id,
                }
            )
        ]
        added = self.returned.move_ids - move
        self.assertFalse(added.sudo().complaint_demand_line_id)
        self._validate(self.returned.sudo())
        self.assertEqual(self.demand.state, "done")

    def test_nobody_links_a_transfer_by_hand(self):
        """A stock worker who knows the names of the fields gets nowhere."""
        line = self.demand.line_ids
        wizard = (
            self.env["stock.return.picking"]
            .with_user(self.user_stock)
            .sudo()
            .create(
                {
                    "picking_id": self.delivery.id,
                    "product_return_moves": [
                        Command.create(
                            {
                                "product_id": self.product.id,
                                "move_id": self.delivery.move_ids.id,
                                "quantity": 1,
                                "complaint_demand_line_id": line.id,
                            }
                        )
                    ],
                }
            )
        )
        with self.assertRaisesRegex(Exception, "made by the request's buttons"):
            wizard.action_create_returns()

    # ------------------------------------------------------------
    # What it costs others
    # ------------------------------------------------------------
    def _count_queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_other_transfers_ask_for_no_request(self):
        """Of a delivery without a request, only the link itself is read: once for all moves."""
        counts = {}
        for number in (1, 12):
            products = [self._product(name=f"Part {index}") for index in range(number)]
            order = self._order(lines=[(product, 1) for product in products])
            picking = order.picking_ids.with_user(self.user_stock)
            picking.move_ids.picked = True
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertLogs("odoo.sql_db", level="DEBUG") as log:
                picking.button_validate()
                self.env.flush_all()
            ours = [line for line in log.output if "complaint" in line]
            counts[number] = len(ours)
            self.assertFalse([line for line in ours if 'FROM "complaint_demand' in line], ours)
        self.assertEqual(picking.state, "done")
        self.assertNoQueryEach(counts[1], counts[12], further=11)
