from odoo import Command
from odoo.tests import tagged

from odoo.addons.complaint_management.tests.common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestRepairCost(ComplaintCommon):
    """What a repair took from stock is a cost of the complaint, the repaired goods are none."""

    def test_parts_count_when_the_repair_is_done(self):
        self.category_quality.plan_id = False
        part = self._product(name="Tip", is_storable=True)
        part.standard_price = 3.5
        complaint = self._registered_complaint(demand_ids=[Command.create({"kind": "repair"})])
        demand = complaint.demand_ids.with_user(self.user_sales)
        demand.action_accept()
        demand.action_execute()
        repair = demand.sudo().repair_ids
        repair.move_ids = [
            Command.create(
                {"product_id": part.id, "product_uom_qty": quantity, "repair_line_type": kind}
            )
            for kind, quantity in (("add", 3.0), ("remove", 1.0))
        ]
        repair.action_validate()
        self.assertFalse(complaint.cost_total)
        repair.action_repair_start()
        repair.move_ids.write({"picked": True})
        for move in repair.move_ids:
            move.quantity = move.product_uom_qty
        repair.action_repair_end()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(repair.state, "done")
        cost = complaint.cost_ids
        self.assertEqual((cost.kind, cost.amount, cost.product_id), ("parts", 10.5, part))
        self.assertEqual(complaint.cost_expense, 10.5)
