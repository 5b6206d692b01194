from odoo.fields import Command

from ..common import ComplaintCommon


class CallCommon(ComplaintCommon):
    """What the call card says of a customer."""

    def _card(self, partner=None, user=None, **context):
        """:return: the card of ``partner``, default the hotel, as ``user_sales`` sees it"""
        calls = self.env["complaint.call"].with_user(user or self.user_sales)
        self.env.flush_all()
        self.env.invalidate_all()
        return calls.with_context(**context).card(partner_id=(partner or self.customer).id)

    def _steps(self, order, **kwargs):
        """:return: dict of key → step of an order of the hotel"""
        shown = [row for row in self._card(**kwargs)["orders"] if row["id"] == order.id]
        return {step["key"]: step for step in shown[0]["steps"]}

    @classmethod
    def _invoice(cls, order, post=True, **vals):
        """:return: the invoice of what can be invoiced of an order"""
        invoice = order._create_invoices()
        invoice.write(vals)
        if post:
            invoice.action_post()
        return invoice

    @classmethod
    def _several(cls, number, **kwargs):
        """:return: so many orders of the hotel"""
        orders = cls.env["sale.order"]
        for _number in range(number):
            orders += cls._order(**kwargs)
        return orders

    @classmethod
    def _give(cls, user, *xmlids):
        """Give a user further groups."""
        user.group_ids = [Command.link(cls.env.ref(xmlid).id) for xmlid in xmlids]
