from odoo import api, fields, models

from .complaint_letters import LETTER

# He was not helped, took it back, or it was another case: thanks would mock him.
THANKED_OUTCOMES = ("accepted", "tacit")


class ComplaintThanking(models.Model):
    """Whoever told us what was wrong is thanked when it is settled, once (R9, R65)."""

    _inherit = "complaint.complaint"

    date_thanked = fields.Datetime("Thanked on", readonly=True, copy=False)

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"date_thanked"}

    def _after_close(self):
        result = super()._after_close()
        self._thank()
        return result

    def _thank(self):
        """Send the letter of thanks where it fits and was not sent before.

        :return: the complaints whose letter is queued
        """
        queued = self.filtered(lambda c: c._is_thanked())._send_automatic(LETTER % "thanks")
        if queued:
            # sudo: the stamp is the machine's
            queued.sudo()._write_trusted({"date_thanked": fields.Datetime.now()})
        return queued

    def _is_thanked(self):
        """:return: whether the customer is to be thanked now; praise needs no apology"""
        self.ensure_one()
        # sudo: a setting of the company, to whoever closes
        return (
            self.sudo().company_id.complaint_thank
            and not self.date_thanked
            and self.outcome in THANKED_OUTCOMES
            and (not self.category_id or self.category_id.is_complaint)
        )

    def _get_thanks_lines(self):
        """:return: further sentences of letter and chat text; none here, for addons with gifts

        In the language of the context; the customer reads them.
        """
        return []
