from odoo import api, models


class ComplaintCallCustomer(models.AbstractModel):
    """Whom the card is about (R1)."""

    _inherit = "complaint.call"

    @api.model
    def _prepare_card_vals(self, number, callers, partner):
        vals = super()._prepare_card_vals(number, callers, partner)
        customer = self._get_customer(partner)
        figures = self._read_figures(customer) if customer else None
        vals.update(self._prepare_customer_vals(partner, customer, figures))
        return vals

    @api.model
    def _prepare_customer_vals(self, partner, customer, figures):
        """What the card shows of a customer; called for a card, each aspect adds its part.

        :param partner: ``res.partner`` the card is about, may be empty
        :param customer: ``res.partner`` whose orders and complaints are shown; empty where nobody
            was found
        :param figures: ``CustomerFigures``; None without a customer
        :return: dict that can be sent to a browser
        """
        return {"customer": self._prepare_customer(customer) if customer else False}

    @api.model
    def _get_customer(self, partner):
        """:return: the company a contact belongs to; himself where the user may not read that"""
        customer = partner.commercial_partner_id
        return customer if customer.has_access("read") else partner

    @api.model
    def _prepare_customer(self, customer):
        """:return: dict about the ``res.partner``"""
        may_weigh = customer._has_field_access(customer._fields["complaint_tier"], "read")
        return {
            "id": customer.id,
            "name": customer.display_name,
            "tier": (may_weigh and customer.complaint_tier) or False,
            # sudo: a name, as every list of contacts shows it; he may have left, or work elsewhere
            "salesperson": customer.user_id.sudo().name or False,
            "email": customer.email or False,
            "phone": customer.phone or False,
            "city": customer.city or False,
        }
