"""Documents that make up the cost of a complaint, posted and done as their people would."""

from datetime import timedelta

from odoo import Command, fields

from ..common import ComplaintCommon


class CostCommon(ComplaintCommon):
    """A complaint with requests of every kind, and factories for the documents that meet them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.complaint = cls._registered_complaint()
        cls.goods = cls._stocked("standard", cost=7.0)
        cls.costs = cls.env["complaint.analysis.cost"]

    @classmethod
    def _demand(cls, kind, complaint=None, **vals):
        """An accepted request of ``complaint``, default the one of the class."""
        demand = cls.env["complaint.demand"].create(
            {"complaint_id": (complaint or cls.complaint).id, "kind": kind, **vals}
        )
        demand.action_accept()
        return demand

    @classmethod
    def _stocked(cls, method, cost=0.0, **vals):
        """:return: storable product valued by ``method`` (standard, average, fifo)"""
        category = cls.env["product.category"].create(
            {"name": f"Test: {method}", "property_cost_method": method}
        )
        product = cls._product(
            name=f"Goods {method}", is_storable=True, categ_id=category.id, **vals
        )
        if cost:
            product.standard_price = cost
        return product

    @classmethod
    def _receive(cls, product, quantity, cost):
        """Take ``quantity`` of a product in at ``cost`` each."""
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        move = cls.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom": product.uom_id.id,
                "product_uom_qty": quantity,
                "location_id": cls.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": warehouse.lot_stock_id.id,
                "company_id": cls.company.id,
                "value_manual": quantity * cost,
            }
        )
        move._action_confirm()
        move.quantity = quantity
        move.picked = True
        move._action_done()
        return move

    @classmethod
    def _given(cls, demand, lines, quantities=None, **vals):
        """Goods for nothing: an order of ``demand`` whose delivery is done.

        :param lines: as for ``_order``
        :return: the order
        """
        order = cls._order(lines=lines, confirm=False, **vals)
        order.order_line.price_unit = 0.0
        order._link_to_demand(demand)
        order.action_confirm()
        cls._deliver(order, quantities)
        return order

    @classmethod
    def _refund(cls, demand, price, post=True, currency=None, date=None, **vals):
        """A credit note over ``price`` without taxes, linked to ``demand``."""
        refund = cls.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": cls.customer.id,
                "company_id": demand.company_id.id,
                "invoice_date": date or cls.today,
                **({"currency_id": currency.id} if currency else {}),
                "invoice_line_ids": [
                    Command.create({"name": "Credit", "quantity": 1, "price_unit": price, **vals})
                ],
            }
        )
        refund._link_to_demand(demand)
        refund._note_grant()
        if post:
            refund.action_post()
        return refund

    @classmethod
    def _foreign_currency(cls):
        """:return: a currency of which two, and from ten days ago on four, make one of ours"""
        return cls.env["res.currency"].create(
            {
                "name": "XCT",
                "symbol": "c",
                "rate_ids": [
                    Command.create({"name": cls.today - timedelta(days=days), "rate": rate})
                    for days, rate in ((30, 2.0), (10, 4.0))
                ],
            }
        )

    def _rows(self, complaint=None):
        """:return: list of (kind, amount) of a complaint's cost items, as they are now"""
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.costs.search([("complaint_id", "=", (complaint or self.complaint).id)])
        return sorted((row.kind, round(row.amount, 2)) for row in rows)
