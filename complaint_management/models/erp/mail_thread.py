from odoo import api, models

from ..complaint.complaint_tacit import AUTOMATIC

# Precedence of mails no person wrote; RFC 3834 § 3.1.8 and what was usual before it.
AUTOMATIC_PRECEDENCES = ("auto_reply", "bulk", "junk", "list")


class MailThread(models.AbstractModel):
    """An out-of-office reply is kept like any mail, yet it is no answer of the customer (R69)."""

    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Let the record know that a machine wrote; core reads the headers only for loops."""
        if self._is_automatic_mail(message):
            self = self.with_context(complaint_mail=AUTOMATIC)
        return super()._message_route_process(message, message_dict, routes)

    @api.model
    def _is_automatic_mail(self, message):
        """:param message: the parsed ``email.message.EmailMessage``
        :return: whether a machine answered (RFC 3834)
        """
        submitted = (message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
        precedence = (message.get("Precedence") or "").strip().lower()
        return (
            submitted != "no"
            or precedence in AUTOMATIC_PRECEDENCES
            or any(message.get(name) for name in ("X-Autoreply", "X-Autorespond"))
        )
