from odoo import api, models
from odoo.exceptions import AccessError


class ComplaintCall(models.AbstractModel):
    """The call card: who is on the phone, what he bought, and what he complained about (R1, R2).

    Nothing is stored here. Each part of the card is an aspect in a file of its own which adds to
    :meth:`_prepare_card_vals`; everything is read with the rights of the user who looks.
    """

    _name = "complaint.call"
    _description = "Call Card"

    @api.model
    @api.readonly
    def card(self, number="", partner_id=None):
        """Everything one wants to know before saying hello.

        :param str number: telephone number in any notation; may be empty when ``partner_id`` says
            whom the card is about
        :param int partner_id: the one of the callers the card is about, or any other contact
        :return: dict; see :meth:`_prepare_card_vals`
        :raise AccessError: for users who do not work on complaints
        """
        self._check_card_access()
        callers = self._find_callers(number or "")
        chosen = self._choose_caller(callers, partner_id)
        return self._prepare_card_vals(number or "", callers, chosen)

    @api.model
    def _check_card_access(self):
        """:raise AccessError: for users who may not open complaints"""
        if not self.env["complaint.complaint"].has_access("create"):
            raise AccessError(self.env._("The call card is for those who take complaints."))

    @api.model
    def _find_callers(self, number):
        """:return: all ``res.partner`` the user may read whose number this is, best match first"""
        return self.env["res.partner"]

    @api.model
    def _choose_caller(self, callers, partner_id):
        """:return: the ``res.partner`` the card is about: the one asked for, else the first caller

        :raise AccessError: for a contact the user may not read
        """
        if not partner_id:
            return callers[:1]
        partner = self.env["res.partner"].browse(partner_id).exists()
        partner.check_access("read")
        return partner

    @api.model
    def _prepare_card_vals(self, number, callers, partner):
        """What the card shows; called by :meth:`card`, each aspect adds its part.

        :param str number: as it was given
        :param callers: ``res.partner`` whose number this is
        :param partner: whom the card is about, may be empty
        :return: dict that can be sent to a browser
        """
        customer = partner.commercial_partner_id
        return {
            "number": number,
            "partner_id": partner.id,
            "customer_id": customer.id,
        }
