from odoo import models

# Requests that are met by words.
LETTER_KINDS = ("explanation", "apology")


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

    # ------------------------------------------------------------
    # What a letter carries out
    # ------------------------------------------------------------
    def _execute_explanation(self):
        """Nothing is made: the letter is proposed and sent by whoever presses (R37)."""
        return self.env["mail.message"]

    def _execute_apology(self):
        """Nothing is made: the letter is proposed and sent by whoever presses (R37)."""
        return self.env["mail.message"]

    def _open_documents(self, made):
        """See super; where words are what the customer asked for, the letter is proposed."""
        complaint = self.complaint_id
        words = all(demand.remedy_kind in LETTER_KINDS for demand in self)
        if made or not words or len(complaint) != 1 or not complaint.has_access("write"):
            return super()._open_documents(made)
        return complaint._open_letter("explanation")
