"""A kit comes back as the components it went out as (R37)."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .goods_common import GoodsCase


@tagged("post_install", "-at_install", "-standard", "complaint_kit")
class TestReturnKit(GoodsCase):
    """Needs sale_mrp: runs on the database that has it, by its own tag."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_kit()
        cls.order = cls._order(lines=[(cls.kit, 5)])
        cls.delivery = cls._deliver(cls.order)

    def _moved(self, pickings):
        return {move.product_id: move.product_uom_qty for move in pickings.move_ids}

    def test_components_come_back(self):
        demand = self._case(self.order, 2)
        self.assertEqual(demand.line_ids.product_id, self.kit)
        demand.action_execute()
        returned = self._pickings(demand)
        self.assertEqual(self._moved(returned), {self.handle: 2, self.blade: 4})
        self.assertFalse(demand.can_execute)
        returned.move_ids.picked = True
        returned.button_validate()
        self.assertEqual(demand.state, "done")
        self.assertEqual(self.order.order_line.qty_delivered, 3)

    def test_one_component_is_missing(self):
        """Its receipt was cancelled: that alone is made again."""
        demand = self._case(self.order, 2)
        demand.action_execute()
        returned = self._pickings(demand)
        returned.move_ids.filtered(lambda m: m.product_id == self.blade)._action_cancel()
        demand.action_execute()
        self.assertEqual(self._moved(self._pickings(demand) - returned), {self.blade: 4})

    def test_no_more_kits_than_delivered(self):
        self._case(self.order, 4).action_execute()
        with self.assertRaisesRegex(UserError, "only 1 Units"):
            self._case(self.order, 2).action_execute()

    def test_exchange(self):
        demand = self._case(self.order, 2, "exchange")
        demand.action_execute()
        pickings = self._pickings(demand)
        back = pickings.filtered("return_id")
        self.assertEqual(self._moved(back), {self.handle: 2, self.blade: 4})
        self.assertEqual(self._moved(pickings - back), {self.handle: 2, self.blade: 4})
        self.assertFalse(demand.line_ids._get_remaining_quantity())

    def test_one_component_complained_about(self):
        """From the delivery's door the components are the goods."""
        complaint = self.complaints.create_from_picking(
            self.delivery.id,
            {
                "description": "Blunt",
                "category_id": self.category_simple.id,
                "demand_ids": [Command.create({"kind": "return"})],
            },
        )
        for line in complaint.line_ids.filtered(lambda ln: ln.product_id == self.blade):
            line.quantity_complained = 3
        complaint.action_register()
        complaint.demand_ids.action_accept()
        complaint.demand_ids.action_execute()
        self.assertEqual(self._moved(self._pickings(complaint.demand_ids)), {self.blade: 3})

    def test_bom_changed_since(self):
        """The kit is what the bill of materials says; what was never delivered is said."""
        self.bom.bom_line_ids[0].product_qty = 2
        demand = self._case(self.order, 4)
        with self.assertRaisesRegex(UserError, "Handle"):
            demand.action_execute()

    def test_kit_of_kits(self):
        outer = self._product(name="Workshop")
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": outer.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [Command.create({"product_id": self.kit.id, "product_qty": 3})],
            }
        )
        order = self._order(lines=[(outer, 2)])
        self._deliver(order)
        demand = self._case(order, 1)
        demand.action_execute()
        self.assertEqual(self._moved(self._pickings(demand)), {self.handle: 3, self.blade: 6})

    def test_kits_by_the_dozen(self):
        order = self._order(lines=[(self.kit, 1, self.uom_dozen)])
        self._deliver(order)
        demand = self._case(order, 0.25)
        demand.action_execute()
        self.assertEqual(self._moved(self._pickings(demand)), {self.handle: 3, self.blade: 6})
