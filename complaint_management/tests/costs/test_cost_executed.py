from odoo import Command
from odoo.tests import tagged

from .cost_common import CostCommon


@tagged("post_install", "-at_install")
class TestCostExecuted(CostCommon):
    """What a press on “Carry out” makes is what is counted, once, when it is done (R37)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category_quality.plan_id = False
        cls.order = cls._order(lines=[(cls.goods, 10.0)])
        cls.picking = cls._deliver(cls.order)

    def _carried_out(self, kind, **vals):
        """:return: an accepted request about three of the delivered goods, carried out"""
        complaint = self._registered_complaint(
            sale_order_id=self.order.id,
            picking_id=self.picking.id,
            line_ids=[
                Command.create(
                    self._prepare_line_vals(
                        product_id=self.goods.id,
                        sale_line_id=self.order.order_line.id,
                        move_id=self.picking.move_ids.id,
                        lot_name=False,
                    )
                )
            ],
            demand_ids=[Command.create({"kind": kind, **vals})],
        )
        demand = complaint.demand_ids.with_user(self.user_sales)
        demand.action_accept()
        demand.action_execute()
        return demand

    def test_free_goods_through_every_step_of_the_warehouse(self):
        self.order.warehouse_id.delivery_steps = "pick_pack_ship"
        demand = self._carried_out("free_goods")
        order = demand.sudo().order_ids
        for _step in range(3):
            self.assertEqual(self._rows(demand.complaint_id), [])
            self._validate(order.picking_ids.filtered(lambda p: p.state not in ("done", "cancel")))
        self.assertEqual(self._rows(demand.complaint_id), [("replacement", 21.0)])

    def test_exchange(self):
        demand = self._carried_out("exchange")
        pickings = demand.sudo().picking_ids
        back = pickings.filtered(lambda p: p.location_id.usage == "customer")
        self._validate(back)
        self.assertEqual(self._rows(demand.complaint_id), [])
        self._validate(pickings - back)
        self.assertEqual(self._rows(demand.complaint_id), [("replacement", 21.0)])

    def test_rework(self):
        self.company.complaint_hourly_cost = 40.0
        demand = self._carried_out("rework")
        action = demand.action_ids
        action.labour_hours_done = 1.5
        self.assertEqual(self._rows(demand.complaint_id), [("labour", 60.0)])
        self.assertEqual(demand.complaint_id.cost_ids.demand_id, demand)
