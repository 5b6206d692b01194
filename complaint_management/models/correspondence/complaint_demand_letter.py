from odoo import models


class ComplaintDemandLetter(models.Model):
    """An offer nobody tells the customer about is none (R35)."""

    _inherit = "complaint.demand"

    def action_offer(self):
        """See super; the letter with the offer is proposed.

        :return: action of the composer where one request is offered, for who may write letters
        """
        result = super().action_offer()
        complaint = self.complaint_id
        if len(self) != 1 or not complaint.has_access("write"):
            return result
        return complaint._open_letter("offer")
