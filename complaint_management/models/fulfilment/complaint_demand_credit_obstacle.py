from odoo import models


class ComplaintDemandCreditObstacle(models.Model):
    """What stands in the way of money back for goods."""

    _inherit = "complaint.demand"

    def _get_promise_obstacle(self, state):
        """Goods and an amount of money are two credits: limits would be asked about one of them."""
        if obstacle := super()._get_promise_obstacle(state):
            return obstacle
        if self.remedy_kind == "credit" and self.amount and self.line_ids:
            return self.env._(
                "“%s” names goods and an amount: keep the goods, or the amount alone.",
                self.display_name,
            )
        return ""

    def _get_execution_obstacle(self):
        if obstacle := super()._get_execution_obstacle():
            return obstacle
        if self.remedy_kind == "return":
            return self._get_credited_obstacle()
        if self.remedy_kind != "credit" or self._is_amount_credit():
            return ""
        return self._get_credit_obstacle()

    def _get_credited_obstacle(self):
        """Goods that were credited as staying would make the order ask for a second credit note.

        :return: translated sentence, or an empty text
        """
        self.ensure_one()
        # sudo: credit notes of a complaint the caller works on; only the request is named
        demand = self.sudo()
        sold = demand.env["sale.order.line"].union(
            *(li._get_sale_lines() for li in demand.line_ids)
        )
        for other in demand.complaint_id.demand_ids - demand:
            stays = other._get_living_refunds().invoice_line_ids.filtered("complaint_goods_stay")
            if any(li._get_sale_lines() & sold for li in stays.complaint_demand_line_id):
                return self.env._(
                    "“%s” credited these goods as staying with the customer. Cancel its credit "
                    "note first, or take them back by hand without updating the order.",
                    other.display_name,
                )
        return ""

    def _get_credit_obstacle(self):
        """:return: translated sentence, or an empty text"""
        self.ensure_one()
        if self.line_ids and (returns := self.line_ids._get_all_awaited_returns()):
            return self.env._(
                "The goods of “%s” are still on their way back: receive them first.",
                returns[0].display_name,
            )
        if not self._get_customer_orders():
            return self.env._(
                "“%s”: without an order nobody knows what was paid. Link the order, or write an "
                "amount instead of goods.",
                self.display_name,
            )
        if not self._get_invoices():
            return self.env._(
                "%s is not invoiced yet: returned goods will not be invoiced at all. Take off the "
                "order what stays with the customer, and press Done.",
                self._get_customer_orders()[0].name,
            )
        return ""
