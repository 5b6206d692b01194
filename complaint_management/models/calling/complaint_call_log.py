from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html


class ComplaintCallLog(models.AbstractModel):
    """A call that was taken is written down where it belongs (R9, R11)."""

    _inherit = "complaint.call"

    @api.model
    def log(self, partner_id=None, complaint_id=None, number="", said=""):
        """Log a call somebody made to us: on a complaint, else as a note on the contact.

        :param int partner_id: ``res.partner`` who called
        :param int complaint_id: ``complaint.complaint`` he called about, not over yet
        :param str number: the number he called from, in any notation; may be empty
        :param str said: what was said, plain text; may be empty
        :return: dict ``{res_model, res_id, name}`` of what the call stands on
        :raise AccessError: without write access to the complaint, else to the contact
        :raise MissingError: for what is gone
        :raise UserError: without either, for a complaint that is over, for what is no number
        """
        self._check_card_access()
        if said is not None and not isinstance(said, str):
            raise UserError(self.env._("“said” is what was said, as a text."))
        partner = self._browse_asked("res.partner", partner_id)
        complaint = self._browse_asked("complaint.complaint", complaint_id)
        caller = self._get_caller_label(partner, self._read_number(number or ""))
        if complaint:
            complaint.action_log_call("incoming", self._join_lines(caller, said))
        elif partner:
            self._log_on_contact(partner, caller, said)
        else:
            raise UserError(
                self.env._("Choose whom the call is from, or the complaint it is about.")
            )
        logged = complaint or partner
        return {"res_model": logged._name, "res_id": logged.id, "name": logged.display_name}

    @api.model
    def _get_caller_label(self, partner, number):
        """:return: who called from where, as far as it is known; plain text"""
        return ", ".join(filter(None, (partner.display_name or "", number)))

    @api.model
    def _join_lines(self, *lines):
        """:return: the lines that are not empty, one below the other; plain text"""
        return "\n".join(filter(None, ((line or "").strip() for line in lines)))

    @api.model
    def _log_on_contact(self, partner, caller, said):
        """Write a note into the chatter of a contact; it is for colleagues only.

        :param str caller: who called from where
        :raise AccessError: for those who may not write there, as core has it for every note
        """
        if not partner.has_access("write"):
            raise AccessError(
                self.env._(
                    "You may not write on the contact “%s”: choose the complaint the call is "
                    "about.",
                    partner.display_name,
                )
            )
        body = Markup("<p>{}</p>").format(
            self.env["complaint.complaint"]._get_call_label("incoming")
        )
        details = self._join_lines(caller, said)
        if details:
            body += plaintext2html(details)
        partner.message_post(body=body, subtype_xmlid="mail.mt_note")
