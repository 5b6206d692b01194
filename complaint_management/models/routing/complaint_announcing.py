from collections import defaultdict

from odoo import models

from .complaint_event import HELD_BACK_BY_DIGEST
from .complaint_news import News


class ComplaintAnnouncing(models.Model):
    """The one way in for telling people what happened (R21, R24, R26, R64).

    Whom and how is data: ``complaint.notice``. How each way works is in ``complaint_telling``.
    """

    _inherit = "complaint.complaint"

    def _announce(self, event, people=None, text=None, messages=None, without=None):
        """Tell people that something happened on these complaints.

        The acting user, people who left, portal users and people a complaint is about are never
        told; nobody is told twice by the same way.

        :param str event: key of ``EVENTS``
        :param dict people: complaint → ``res.users`` whom it addresses; how they are told, if at
            all, is said by the notices for *Those whom it addresses*
        :param text: callable ``(complaints, env)`` → sentence in the language of ``env``, whose
            context names its reader (``complaint_reader``); default the event's label and the
            complaints' names
        :param messages: ``mail.message`` on the complaints that say it already: inboxes show these
        :param dict without: complaint → ``res.users`` who know already
        :return: dict complaint → ``res.users`` who were told, in whatever way
        :raises ValueError: for an event nobody declared
        """
        if event not in self.env["complaint.notice"]._fields["event"].get_values(self.env):
            raise ValueError(f"No such event: {event}")
        news = News(event, text, messages)
        # sudo: colleagues are told what concerns them, whatever the acting user may read
        complaints = self.sudo()
        nobody, told = self.env["res.users"], {}
        audiences = defaultdict(lambda: defaultdict(lambda: complaints.browse()))
        for complaint in complaints:
            ways_by_user = complaint._get_ways_by_user(event, (people or {}).get(complaint, nobody))
            for user in (without or {}).get(complaint, nobody):
                ways_by_user.pop(user, None)
            for user, ways in ways_by_user.items():
                for way, template_id in ways.items():
                    audiences[way, template_id][user] |= complaint
            told[complaint] = nobody.union(*ways_by_user)
        for (way, template_id), audience in audiences.items():
            getattr(complaints, f"_tell_by_{way}")(audience, news, template_id)
        return told

    def _get_ways_by_user(self, event, addressed):
        """Read the notices of an event for one complaint.

        :param addressed: ``res.users`` whom the event itself names
        :return: dict ``res.users`` → dict way → template id (for mails, else False)
        """
        self.ensure_one()
        ways_by_user = defaultdict(dict)
        for row in self.env["complaint.notice"]._get_rows(event, self.company_id):
            if not row.concerns(self):
                continue
            for user in self._filter_told(self._get_notice_users(row.recipient, addressed)):
                for way in row.ways:
                    template_id = row.template_id if way in ("mail", "inbox") else False
                    ways_by_user[user].setdefault(way, template_id)
        for user, ways in ways_by_user.items():
            held_back = HELD_BACK_BY_DIGEST if "digest" in ways else ()
            if not held_back and "mail" in ways and user.notification_type == "email":
                # His inbox message would be a second mail
                held_back = ("inbox",)
            for way in held_back:
                ways.pop(way, None)
        return ways_by_user

    # ------------------------------------------------------------
    # Whom
    # ------------------------------------------------------------
    def _get_notice_users(self, recipient, addressed):
        """Whom a notice means.

        :param str recipient: key of ``ROLES`` or ``FUNCTIONS``
        :return: ``res.users``, with the backups of those who are out of office
        """
        self.ensure_one()
        by_role = getattr(self, f"_get_notice_{recipient}", None)
        if recipient == "addressed":
            users = addressed.sudo()
        elif by_role:
            users = by_role()
        else:
            users = self._get_function_holders(recipient)
        return users | self._get_stand_ins(users)

    def _get_function_holders(self, function):
        """:return: who plays ``function`` here; the backup where there is no holder"""
        row = self.team_id.function_ids.filtered(lambda f: f.function == function)
        users = row.user_id if row.user_id.active else row.backup_user_id
        if function == "coordinator" and "coordinator_user_id" in self._fields:
            users |= self.coordinator_user_id
        return users

    def _get_notice_salesperson(self):
        return self.user_id

    def _get_notice_lead(self):
        return self.lead_user_id

    def _get_notice_owner(self):
        return self._get_current_actions().user_id

    def _get_notice_registrar(self):
        return self.create_uid

    def _get_notice_leader(self):
        return self.team_id.user_id

    def _get_notice_members(self):
        return self.team_id.member_ids

    def _get_notice_followers(self):
        return self.team_id.message_partner_ids.user_ids

    def _get_stand_ins(self, users):
        """:return: backups of those of ``users`` who are out of office"""
        away = users.filtered(self.team_id._is_out)
        if not away:
            return users.browse()
        return self.team_id.function_ids.filtered(lambda f: f.user_id in away).backup_user_id

    def _filter_told(self, users):
        """:return: those of ``users`` who may be told of this complaint at all: not the one who
        acts, nobody who left, no outsider, nobody of another company, nobody the complaint is about
        """
        self.ensure_one()
        users = users.filtered(
            lambda u: (
                u.active and not u.share and u != self.env.user and self.company_id in u.company_ids
            )
        )
        if users and hasattr(self, "_get_concerned_users"):
            users -= self._get_concerned_users()
        return users
