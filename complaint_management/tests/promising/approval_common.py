"""Limits as in the practice, in the company's currency, and requests that meet them."""

from odoo import Command

from ..common import ComplaintCommon

LIMITS = {"salesperson": 200, "customer_service": 500, "sales_manager": 2000, "management": 20000}


class ApprovalCommon(ComplaintCommon):
    """A registered complaint of ten screwdrivers at 20; whoever grants something has a limit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint()

    @classmethod
    def _set_up_limits(cls):
        cls.limits = {
            function: cls.env["complaint.limit"].create(
                {"function": function, "amount": amount, "company_id": cls.company.id}
            )
            for function, amount in LIMITS.items()
        }

    def _demand(self, amount=0.0, kind="compensation", user=None, complaint=None, **vals):
        """A request as its salesperson records it."""
        demands = self.env["complaint.demand"].with_user(user or self.user_sales)
        return demands.create(
            {
                "complaint_id": (complaint or self.complaint).id,
                "kind": kind,
                "amount": amount,
                "answer": "We make it good",
                **vals,
            }
        )

    def _goods(self, quantity, product=None, line=None):
        """:return: command of goods of a request; default: the complaint's"""
        line = line or self.complaint.line_ids[:1]
        return Command.create(
            {
                "product_id": (product or line.product_id).id,
                "quantity": quantity,
                **({} if product else {"complaint_line_id": line.id}),
            }
        )

    def _ask(self, demand, reason="He is a good customer"):
        """:return: the approval asked for"""
        demand.action_request_approval(reason)
        return demand.approval_ids.filtered(lambda a: a.state == "requested")

    def _approved(self, amount=1000.0, **how):
        """:return: a request whose promise is approved by the sales manager"""
        demand = self._demand(amount, **how)
        self._ask(demand).with_user(self.user_manager).action_approve("")
        return demand
