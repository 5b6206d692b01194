import logging

from markupsafe import Markup, escape

from odoo import Command, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

NOTICE_TEMPLATE = "complaint_management.mail_template_notice"
MAIL_QUEUE = "mail.ir_cron_mail_scheduler_action"


class ComplaintTelling(models.Model):
    """The ways people are told: one ``_tell_by_<way>`` for each of ``WAYS`` (R21, R24, R26).

    Each takes the audience (dict ``res.users`` → complaints), the ``News`` and, for mails, the id
    of a template. The caller is ``_announce``, which runs as superuser and decided who is told.
    """

    _inherit = "complaint.complaint"

    # ------------------------------------------------------------
    # Pop-up
    # ------------------------------------------------------------
    def _tell_by_toast(self, audience, news, _template_id):
        for user, complaints in audience.items():
            complaints._toast(user, news.say(complaints, user))

    def _toast(self, user, message, title=None):
        """Show ``user`` a message in the web client, if he is there."""
        title = title or self.with_context(lang=user.lang).env._("Complaints")
        user._bus_send("simple_notification", {"type": "info", "title": title, "message": message})

    # ------------------------------------------------------------
    # Mail
    # ------------------------------------------------------------
    def _tell_by_mail(self, audience, news, template_id):
        self._mail(audience, news, template_id)

    def _mail(self, audience, news, template_id):
        """Queue one mail per recipient and complaint, each in its recipient's language.

        :param dict audience: ``res.users`` → complaints
        :param news: :class:`News`; templates find its sentences in ``complaint_texts`` (dict
            complaint id → text), besides ``complaint_event`` and ``complaint_reader``
        :param template_id: ``mail.template`` of complaints; default, and where that one was
            deleted or cannot be rendered, the short notice
        """
        readers = {user: complaints for user, complaints in audience.items() if user.email}
        if not readers:
            return
        own = self.env["mail.template"].browse(template_id or ()).exists()
        short = self.env.ref(NOTICE_TEMPLATE, raise_if_not_found=False) or own.browse()
        # What was pending before is none of the mail's business
        self.env.flush_all()
        for template in (own | short).sorted(lambda t: t != own):
            try:
                with self.env.cr.savepoint():
                    self._queue_mails(template, readers, news)
                break
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception:
                # A mail somebody edited to pieces keeps no case from going on
                _logger.exception("Mail “%s” of complaints could not be made", template.name)
        self.env["ir.cron"]._wake_complaint_job(MAIL_QUEUE)

    def _queue_mails(self, template, readers, news):
        """Queue the mails of one template; parameters as of :meth:`_mail`."""
        for user, complaints in readers.items():
            # sudo: colleagues are told what concerns them, whatever the acting user may read.
            # Recipients are ours alone: the template can never add the customer.
            template.sudo().with_context(
                lang=user.lang,
                complaint_reader=user,
                complaint_event=news.event,
                complaint_texts={c.id: news.say(c, user) for c in complaints},
            ).send_mail_batch(
                complaints.ids,
                email_values={
                    "recipient_ids": [Command.set(user.partner_id.ids)],
                    "email_to": False,
                    "email_cc": False,
                    "message_type": "user_notification",
                    "is_internal": True,
                },
                email_layout_xmlid="mail.mail_notification_layout",
            )

    # ------------------------------------------------------------
    # Inbox
    # ------------------------------------------------------------
    def _tell_by_inbox(self, audience, news, template_id):
        """Put it into the inboxes; who handles notifications by e-mail gets a mail instead."""
        inboxes, mails = {}, {}
        for user, complaints in audience.items():
            (inboxes if user.notification_type == "inbox" else mails)[user] = complaints
        if mails:
            self._tell_by_mail(mails, news, template_id)
        vals_list = []
        for user, complaints in inboxes.items():
            for complaint, message in complaints._get_inbox_messages(user, news):
                vals_list.append(complaint._prepare_inbox_vals(message, user))
        if vals_list:
            # sudo: other people's inboxes; what they get was decided by _announce
            self.env["mail.notification"].sudo().create(vals_list)

    def _get_inbox_messages(self, user, news):
        """:return: list of (complaint, ``mail.message``): what is in the chatter already, else a
        new message that only ``user`` gets
        """
        found = []
        if news.messages:
            for complaint in self:
                own = news.messages.filtered(lambda m, c=complaint: m.res_id == c.id)
                found += [(complaint, message) for message in own]
            return found
        # sudo: a message to a colleague about a complaint the acting user may not write
        messages = self.env["mail.message"].sudo()
        messages = messages.create([c._prepare_message_vals(user, news) for c in self])
        return list(zip(self, messages, strict=True))

    def _prepare_message_vals(self, user, news):
        """Values of a message to one colleague; called by :meth:`_get_inbox_messages`."""
        self.ensure_one()
        author = self.env.user.partner_id
        return {
            "model": self._name,
            "res_id": self.id,
            "author_id": author.id,
            "email_from": author.email_formatted,
            "reply_to": author.email_formatted,
            "body": Markup("<p>%s</p>") % news.say(self, user),
            "message_type": "user_notification",
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note"),
            "is_internal": True,
            "partner_ids": [Command.set(user.partner_id.ids)],
        }

    def _prepare_inbox_vals(self, message, user):
        """Values that put ``message`` into an inbox; called by :meth:`_tell_by_inbox`."""
        self.ensure_one()
        return {
            "author_id": message.author_id.id,
            "mail_message_id": message.id,
            "notification_status": "sent",
            "notification_type": "inbox",
            "res_partner_id": user.partner_id.id,
        }

    # ------------------------------------------------------------
    # To-do
    # ------------------------------------------------------------
    def _tell_by_activity(self, audience, news, _template_id):
        vals_list = [
            complaint._prepare_notice_activity_vals(user, news)
            for user, complaints in audience.items()
            for complaint in complaints
        ]
        # sudo: to-dos for people of other departments
        activities = self.env["mail.activity"].sudo()
        activities.with_context(mail_activity_quick_update=True).create(vals_list)

    def _prepare_notice_activity_vals(self, user, news):
        """Values of a to-do that blocks nothing; called by :meth:`_tell_by_activity`."""
        self.ensure_one()
        env = self.with_context(lang=user.lang).env
        xmlid = "complaint_management.mail_activity_type_information"
        return {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(xmlid),
            "summary": news.get_label(env),
            "note": news.text and Markup("<p>%s</p>") % escape(news.say(self, user)),
            "user_id": user.id,
            "date_deadline": fields.Date.context_today(self.with_context(tz=user.tz)),
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "automated": True,
            "complaint_until": "close",
        }

    # ------------------------------------------------------------
    # Digest
    # ------------------------------------------------------------
    def _tell_by_digest(self, audience, news, _template_id):
        vals_list = [
            complaint._prepare_digest_item_vals(user, news)
            for user, complaints in audience.items()
            for complaint in complaints
        ]
        # sudo: nobody writes digest items but the system
        self.env["complaint.digest.item"].sudo().create(vals_list)

    def _prepare_digest_item_vals(self, user, news):
        """Values of a line in tomorrow's digest; called by :meth:`_tell_by_digest`."""
        self.ensure_one()
        return {
            "user_id": user.id,
            "complaint_id": self.id,
            "event": news.event,
            "text": news.text and news.say(self, user),
        }

    # ------------------------------------------------------------
    # In the chatter
    # ------------------------------------------------------------
    def _note_in_chatter(self, notes):
        """Log internal notes, all in one batch.

        :param dict notes: complaint → list of translated sentences
        """
        if not notes:
            return
        complaints = self.browse().concat(*notes)
        bodies = {c.id: Markup("<br/>").join(lines) for c, lines in notes.items()}
        complaints._message_log_batch(bodies)
