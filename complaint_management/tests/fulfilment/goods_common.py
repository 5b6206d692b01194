"""Complaints about what was really delivered, with a request that was accepted."""

from odoo import Command

from ..common import ComplaintCommon


class GoodsCase(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaints = cls.env["complaint.complaint"].with_user(cls.user_sales)

    def _case(self, order, complained, kind="return", user=None):
        """A registered complaint of the salesperson about an order.

        :param complained: what is bad of each of its lines, in their order: a number, or a dict
            product → number
        :return: the accepted request, as its salesperson
        """
        user = user or self.user_sales
        complaint = self.complaints.with_user(user).create_from_order(
            order.id,
            {
                "description": "Does not work",
                "category_id": self.category_simple.id,
                "demand_ids": [Command.create({"kind": kind})],
            },
        )
        for line in complaint.line_ids:
            line.quantity_complained = (
                complained.get(line.product_id, 0.0) if isinstance(complained, dict) else complained
            )
        complaint.action_register()
        demand = complaint.demand_ids
        demand.action_accept()
        return demand

    def _pickings(self, demand):
        """:return: transfers of a request, the oldest first"""
        return demand.sudo().picking_ids.sorted("id").with_env(self.env)

    def _lots(self, moves):
        """:return: dict name of lot → quantity booked on it"""
        lots = {}
        for line in moves.move_line_ids:
            name = line.lot_id.name or ""
            lots[name] = lots.get(name, 0.0) + line.quantity_product_uom
        return lots
