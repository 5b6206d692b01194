from collections import defaultdict

from markupsafe import Markup

from odoo import Command, models

# Functions who hear of minor complaints by their activity only; a digest will add the rest.
MANAGER_FUNCTIONS = ("sales_manager", "quality", "purchasing", "management")


class ComplaintTelling(models.Model):
    """Who is told what: in-app by activity and toast, by one template mail each (R21, R24, R26).

    The user who acts is never told what he just did.
    """

    _inherit = "complaint.complaint"

    # ------------------------------------------------------------
    # Occasions
    # ------------------------------------------------------------
    def _tell_registration(self, activities):
        """Tell everybody who got an activity at registration, and the lead.

        :param activities: ``mail.activity`` just made on these complaints
        """
        audience = defaultdict(lambda: self.browse())
        for complaint in self:
            people = activities.filtered(lambda a, c=complaint: a.res_id == c.id).user_id
            for user in complaint._filter_told(people | complaint.lead_user_id):
                audience[user] |= complaint
        for user, complaints in audience.items():
            complaints._toast(user, complaints._get_registration_toast(user))
        self._mail(audience, "complaint_management.mail_template_registration")

    def _get_registration_toast(self, user):
        return self.with_context(lang=user.lang).env._(
            "New complaint: %s", ", ".join(self.mapped("display_name"))
        )

    def _tell_plan(self):
        """Tell owners and preset people the released plan and its deadlines (R24, R64)."""
        audience = defaultdict(lambda: self.browse())
        for complaint in self:
            people = complaint._get_current_actions().user_id | complaint._get_plan_readers()
            for user in complaint._filter_told(people):
                audience[user] |= complaint
        for user, complaints in audience.items():
            text = self.with_context(lang=user.lang).env._(
                "Plan released: %s", ", ".join(complaints.mapped("display_name"))
            )
            complaints._toast(user, text)
        self._mail(audience, "complaint_management.mail_template_plan")

    def _get_plan_readers(self):
        """:return: ``res.users`` who get every plan: salesperson, sales manager, coordinator, and
        whoever follows the team
        """
        self.ensure_one()
        functions = self.team_id.function_ids.filtered(
            lambda f: f.function in ("sales_manager", "coordinator")
        )
        followers = self.team_id.message_partner_ids.user_ids
        return self.user_id | functions.user_id | followers

    # ------------------------------------------------------------
    # Whom
    # ------------------------------------------------------------
    def _filter_told(self, users):
        """:return: those of ``users`` who are told beyond their activity: not the one who acts,
        nobody who left, and managers not of minor complaints
        """
        self.ensure_one()
        users = users.filtered(lambda u: u.active and not u.share and u != self.env.user)
        if self.severity == "minor":
            users -= self.team_id.function_ids.filtered(
                lambda f: f.function in MANAGER_FUNCTIONS
            ).user_id
        return users

    # ------------------------------------------------------------
    # Ways
    # ------------------------------------------------------------
    def _toast(self, user, message, title=None):
        """Show ``user`` a message in the web client, if he is there."""
        title = title or self.with_context(lang=user.lang).env._("Complaints")
        user._bus_send("simple_notification", {"type": "info", "title": title, "message": message})

    def _mail(self, audience, xmlid):
        """Queue one mail per recipient and complaint, each in its recipient's language.

        :param dict audience: ``res.users`` → complaints
        :param str xmlid: ``mail.template`` of complaints; a deleted one sends nothing
        """
        template = self.env.ref(xmlid, raise_if_not_found=False)
        readers = [(user, self_) for user, self_ in audience.items() if user.email]
        if not template or not readers:
            return
        for user, complaints in readers:
            # sudo: colleagues are told what concerns them, whatever the registering user may read.
            # Recipients are ours alone: the template can never add the customer.
            template.sudo().with_context(lang=user.lang, complaint_reader=user).send_mail_batch(
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
        # sudo: waking the mail queue is nobody's right
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _note_in_chatter(self, notes):
        """Log internal notes, all in one batch.

        :param dict notes: complaint → list of translated sentences
        """
        if not notes:
            return
        complaints = self.browse().concat(*notes)
        bodies = {c.id: Markup("<br/>").join(lines) for c, lines in notes.items()}
        complaints._message_log_batch(bodies)

    def _prepare_inbox_vals(self, messages, users):
        """Values that put messages into inboxes; called by ``_tell_finished``.

        :param messages: ``mail.message`` on this complaint
        """
        self.ensure_one()
        readers = users.filtered(lambda u: u.notification_type == "inbox")
        return [
            {
                "author_id": message.author_id.id,
                "mail_message_id": message.id,
                "notification_status": "sent",
                "notification_type": "inbox",
                "res_partner_id": user.partner_id.id,
            }
            for message in messages
            for user in readers
        ]
