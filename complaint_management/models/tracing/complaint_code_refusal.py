from odoo import models


class ComplaintCodeRefusal(models.Model):
    """Why goods that are known cannot stand in this complaint; nobody is named to whom may not
    read his documents (R60).
    """

    _inherit = "complaint.complaint"

    def _get_lot_refusal(self, code, delivered):
        """:param list delivered: all deliveries of the lot, none of which fits
        :return: translated sentence
        """
        readable = [d for d in delivered if d.source]
        company = [d for d in readable if d.move.company_id != self.company_id]
        other = [d for d in readable if d.move.company_id == self.company_id]
        if other:
            return self.env._(
                "“%(code)s” went to %(other)s, this complaint is of %(customer)s. Open a complaint "
                "of its own for it.",
                code=code,
                other=other[0].customer.name,
                customer=self._get_customer().name,
            )
        if company:
            return self.env._(
                "“%(code)s” was delivered by %(other)s, this complaint belongs to %(company)s. "
                "Open a complaint there.",
                code=code,
                other=company[0].move.company_id.name,
                company=self.company_id.name,
            )
        if delivered:
            return self.env._(
                "“%s” was delivered, but to another customer or with an order that you may not "
                "open. Ask the colleague who looks after it, or write the code into the line.",
                code,
            )
        return self.env._(
            "“%s” is a lot of ours, but no delivery of it to a customer is booked. Write the code "
            "into the line and say where it was bought.",
            code,
        )
