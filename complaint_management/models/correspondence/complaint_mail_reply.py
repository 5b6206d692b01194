from odoo import api, models

from ..complaint.complaint_complaint import OVER_STATES
from .mail_nature import PERSON, UNANSWERED


class ComplaintMailReply(models.Model):
    """An answer by mail to what is here already (R5, R48)."""

    _inherit = "complaint.complaint"

    @api.private
    def message_update(self, msg_dict, update_vals=None):
        """Let an answer in; called by the mail gateway only.

        The mail itself is posted by core, which makes it the customer's answer. One to a case that
        is over changes nothing by itself: somebody looks at it.
        """
        result = super().message_update(msg_dict, update_vals=update_vals)
        door = self._get_mail_door()
        if door:
            door.landed.append(("reply", self.id))
            if self.state in OVER_STATES and door.nature in (PERSON, UNANSWERED):
                self._ask_about_reopening()
        return result

    def _ask_about_reopening(self):
        """One activity for whoever sold it, however many mails follow."""
        self.ensure_one()
        user = self._get_reminding_user()
        env = self.with_context(lang=user.lang).env
        self._ask_to_look(user, env._("The customer wrote after the end: reopen, or answer"))

    def _ask_to_look(self, user, summary):
        """Give somebody an activity about a mail, unless he or another has one already.

        :param user: ``res.users``
        :param str summary: what to do, in his language
        """
        self.ensure_one()
        kind = "complaint_management.mail_activity_incoming_mail"
        if user and not self.activity_search([kind]):
            self.activity_schedule(kind, summary=summary, user_id=user.id)

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        """Answers go to the team's address: there one without a reference to our mail becomes a
        draft, while the catch-all address would return it.
        """
        result = super()._notify_get_reply_to_batch(defaults=defaults, author_ids=author_ids)
        # sudo: an address, which goes out with the mail
        for complaint in self.sudo():
            address = complaint.team_id.alias_id and complaint.team_id.alias_email
            if address:
                result[complaint.id] = self._notify_get_reply_to_formatted_email(
                    address, author_id=(author_ids or {}).get(complaint.id, False)
                )
        return result

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """A mail let in by its number alone, or in a colleague's name, goes to colleagues only:
        whoever guesses a number or forges a name writes to nobody through us (T5).
        """
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        door = self._get_mail_door()
        if door and (door.guessed or door.doubtful):
            return [recipient for recipient in recipients if not recipient["share"]]
        return recipients

    def _note_bounce(self, message, msg_dict):
        """Keep a returned mail in the complaint it was about, and ask somebody to look.

        :param message: ``EmailMessage``
        :param dict msg_dict: what core found out about it
        """
        for complaint in self:
            address = msg_dict.get("bounced_email") or self.env._("unknown address")
            door = self._get_mail_door()
            files = [("returned_mail.eml", door.raw)] if door else []
            complaint.message_post(
                body=self.env._("A mail could not be delivered to %s.", address),
                subtype_xmlid="mail.mt_note",
                attachments=files,
            )
            user = complaint._get_reminding_user()
            env = self.with_context(lang=user.lang).env
            complaint._ask_to_look(user, env._("Our mail came back: find the right address"))

    def _note_guessed_thread(self):
        """Say in the chatter on what ground a mail came here."""
        self._note_in_chatter(
            {
                self: [
                    self.env._(
                        "This mail was put here because of the number in its subject. Look whether "
                        "its sender is who he says."
                    )
                ]
            }
        )

    def _message_post_after_hook(self, message, msg_vals):
        """Mark mails that came here by their number, or in a colleague's name."""
        result = super()._message_post_after_hook(message, msg_vals)
        door = self._get_mail_door()
        # sudo: the mail that is being let in
        if door and message.sudo().message_type == "email":
            if door.guessed:
                self._note_guessed_thread()
            if door.doubtful:
                self._note_doubtful_sender(message.sudo().email_from)
        return result

    def _note_doubtful_sender(self, sender):
        """Say that a mail in a colleague's name stays inside, and have somebody look.

        :param str sender: the From header
        """
        self._note_in_chatter(
            {
                self: [
                    self.env._(
                        "This mail names one of us as its sender (%s), which is not verified. It "
                        "went to colleagues only. If it is genuine, write it to the customer "
                        "from here.",
                        sender or "",
                    )
                ]
            }
        )
        user = self._get_reminding_user()
        env = self.with_context(lang=user.lang).env
        self._ask_to_look(user, env._("An answer in a colleague's name came by mail: is it his?"))

    def _note_answer(self):
        """What somebody wrote in a colleague's name is no answer of the customer."""
        door = self._get_mail_door()
        return None if door and door.doubtful else super()._note_answer()
