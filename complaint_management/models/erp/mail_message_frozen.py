from odoo import models
from odoo.exceptions import UserError

from ..complaint.complaint_frozen import THAWED
from ..complaint.complaint_frozen_thread import TIDYING
from ..complaint.complaint_state_guard import TRUSTED

# What was said, by whom, when, to whom, where, with which files. Everything else (stars, reactions,
# who has read it, what the mail server answered) goes on living.
KEPT_FIELDS = frozenset(
    {
        "subject",
        "body",
        "date",
        "author_id",
        "author_guest_id",
        "email_from",
        "partner_ids",
        "incoming_email_to",
        "incoming_email_cc",
        "outgoing_email_to",
        "attachment_ids",
        "parent_id",
        "model",
        "res_id",
        "message_type",
        "subtype_id",
    }
)


class MailMessage(models.Model):
    """What was written in a registered complaint stays as it was written (T20).

    Core lets everybody rewrite and delete messages who may write the complaint, the customer's
    too. Here nobody does, whatever the door, and neither does sudo.
    """

    _inherit = "mail.message"

    def write(self, vals):
        """:raise UserError: when a kept message would say something else"""
        names = KEPT_FIELDS.intersection(vals)
        if names and not self._is_complaint_tidying():
            for message in self._filter_kept_by_complaint():
                if any(message._is_rewritten(name, vals[name]) for name in names):
                    message._refuse_complaint_message()
        return super().write(vals)

    def unlink(self):
        """:raise UserError: for a kept message, whoever asks"""
        if not self._is_complaint_tidying() and self._filter_kept_by_complaint():
            self._refuse_complaint_message()
        return super().unlink()

    def _filter_kept_by_complaint(self):
        """:return: those of the messages a complaint keeps, by sudo; empty ones say nothing"""
        # sudo: only whether they are kept, nothing is shown
        messages = self.sudo()
        pairs = {(message.model, message.res_id) for message in messages}
        keepers = self.env["complaint.state.guard"]._browse_keepers(pairs)
        kept = {pair for pair, record in keepers.items() if record._keeps_thread()}
        if not kept:
            return messages.browse()
        return messages.filtered(lambda m: (m.model, m.res_id) in kept and not m._is_empty())

    def _is_rewritten(self, name, value):
        """:return: whether ``value`` says something else than the message; a missing subject may
        be filled in, as core does before it sends
        """
        self.ensure_one()
        field = self._fields[name]
        old = field.convert_to_cache(self[name], self)
        new = field.convert_to_cache(value, self)
        if field.type == "many2many":
            return set(new or ()) != set(old or ())
        if name == "subject":
            return bool(old) and str(new or "").split() != old.split()
        return (new or False) != (old or False)

    def _is_complaint_tidying(self):
        context = self.env.context
        return (
            context.get("complaint_tidying") is TIDYING
            or context.get("complaint_thaw") is THAWED
            or context.get("complaint_transition") is TRUSTED
        )

    def _refuse_complaint_message(self):
        raise UserError(
            self.env._(
                "Messages and files of a registered complaint stay as they are. Write another "
                "message that puts it right."
            )
        )


class MailTrackingValue(models.Model):
    """Who changed what is part of the message (T20)."""

    _inherit = "mail.tracking.value"

    def write(self, vals):
        """:raise UserError: for changes logged in a registered complaint"""
        self._check_kept_by_complaint()
        return super().write(vals)

    def unlink(self):
        """:raise UserError: for changes logged in a registered complaint"""
        self._check_kept_by_complaint()
        return super().unlink()

    def _check_kept_by_complaint(self):
        # sudo: only whether they are kept, nothing is shown
        messages = self.sudo().mail_message_id
        if not messages._is_complaint_tidying() and messages._filter_kept_by_complaint():
            messages._refuse_complaint_message()
