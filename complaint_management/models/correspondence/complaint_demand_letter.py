from odoo import models


class ComplaintDemandLetter(models.Model):
    """An offer nobody tells the customer about is none, nor is a refusal (R35, R41)."""

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

    def action_decline(self, answer=None, alternative=None, reason=None):
        """See super; the letter that explains it and says what we can do instead is proposed.

        :return: action of the composer, for who may write letters, or of the wizard
        """
        result = super().action_decline(answer, alternative, reason)
        complaint = self.complaint_id
        if result or len(complaint) != 1 or not complaint.has_access("write"):
            return result
        return complaint._open_letter("decline")
