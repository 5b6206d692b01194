from collections import defaultdict

from odoo import models

from .complaint_event import EVENTS


class ComplaintAnnouncing(models.Model):
    """The one way in for telling people what happened (R21, R24, R26, R64)."""

    _inherit = "complaint.complaint"

    def _announce(self, event, people=None, text=None):
        """Tell people that something happened on these complaints.

        The acting user, people who left and people a complaint is about are never told.

        :param str event: one of ``EVENTS``
        :param dict people: complaint → ``res.users`` told besides those the configuration names
        :param text: callable ``(complaints, env)`` → sentence in the language of ``env``; default
            the event's label and the complaints' names
        :raises KeyError: for an event nobody declared
        """
        label = dict(EVENTS)[event]
        audience = defaultdict(lambda: self.browse())
        for complaint in self:
            told = (people or {}).get(complaint) or self.env["res.users"]
            for user in complaint._filter_announced(told):
                audience[user] |= complaint
        for user, complaints in audience.items():
            complaints._toast(user, complaints._get_announcement(user, label, text))

    def _filter_announced(self, users):
        """:return: those of ``users`` who may be told of this complaint at all"""
        self.ensure_one()
        users = users.filtered(lambda u: u.active and not u.share and u != self.env.user)
        if hasattr(self, "_get_concerned_users"):
            users -= self._get_concerned_users()
        return users

    def _get_announcement(self, user, label, text=None):
        """:return: the sentence ``user`` reads, in his language"""
        complaints = self.with_context(lang=user.lang)
        if text:
            return text(complaints, complaints.env)
        names = ", ".join(complaints.mapped("display_name"))
        return f"{label}: {names}"
