from odoo import fields, models
from odoo.tools import email_normalize

from ..complaint.complaint_complaint import OVER_STATES

# What a person writes. Notifications, acknowledgements and out-of-office notes are other types.
PERSONAL_TYPES = ("comment", "email", "email_outgoing")


class ComplaintResponse(models.Model):
    """The first answer is a person's: his message to the customer stamps it (R11).

    A logged call stamps it too (``complaint_contact``), as does a report that goes out. Notes for
    colleagues and what the system sends by itself do not. ``_note_told`` hears of each.
    """

    _inherit = "complaint.complaint"

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Note that the customer was told once core has settled who gets the message."""
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if len(self) == 1 and self._is_answer(message, recipients):
            # sudo: whoever may write to the customer answers him, whatever else he may edit
            self.sudo()._stamp_response()
        return recipients

    def _stamp_response(self):
        """A person talked to the customer: the first answer of the round, where there is none yet.

        Callers have checked that he may.
        """
        unanswered = self.filtered(lambda c: not c.date_responded)
        if unanswered:
            unanswered._write_trusted({"date_responded": fields.Datetime.now()})
        self._note_told()

    def _note_told(self):
        """Hook: a person wrote to the customer or called him, for the first time or again."""

    def _is_answer(self, message, recipients):
        """Whether ``message`` is a person's to the customer.

        :param list recipients: what core's ``_notify_get_recipients`` returned
        """
        self.ensure_one()
        # sudo: author and kind of the message that is being sent
        message = message.sudo()
        if (
            self.state in OVER_STATES
            or message.message_type not in PERSONAL_TYPES
            or message.is_internal
            or message.subtype_id.internal
            or not message.author_id.user_ids.filtered(lambda u: u.active and u._is_internal())
        ):
            return False
        return any(self._is_complaining(recipient) for recipient in recipients)

    def _is_complaining(self, recipient):
        """:return: whether a recipient is the customer's side: the customer, a colleague of his,
        or the address the complaint came from
        """
        # sudo: addresses of the customer, compared only
        side = (self.partner_id | self.contact_id).sudo()
        partner = side.browse(recipient["id"] or ())
        if partner in side or (
            recipient["share"]
            and partner
            and partner.commercial_partner_id in side.mapped("commercial_partner_id")
        ):
            return True
        known = {email_normalize(email) for email in [self.email_from, *side.mapped("email")]}
        return recipient["email_normalized"] in known - {False}
