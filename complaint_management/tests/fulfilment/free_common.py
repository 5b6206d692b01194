from odoo import Command

from ..common import ComplaintCommon


class FreeCommon(ComplaintCommon):
    """A complaint about a delivered order, and requests for goods that cost nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category_quality.plan_id = False
        cls.order = cls._order(lines=[(cls.product, 10.0)])
        cls.picking = cls._deliver(cls.order)

    @classmethod
    def _free_demand(cls, kind="free_goods", accept=True, user=None, **vals):
        """An accepted request of ``kind`` about the delivered order, as its salesperson sees it."""
        complaint = cls._registered_complaint(
            **{
                "sale_order_id": cls.order.id,
                "picking_id": cls.picking.id,
                "demand_ids": [Command.create({"kind": kind})],
                **vals,
            }
        )
        demand = complaint.demand_ids.with_user(user or cls.user_sales)
        if accept:
            demand.action_accept()
        return demand

    def _carry_out(self, demand):
        """Carry ``demand`` out; the orders that were made by it, as superuser."""
        before = demand.sudo().order_ids
        demand.action_execute()
        return demand.sudo().order_ids - before
