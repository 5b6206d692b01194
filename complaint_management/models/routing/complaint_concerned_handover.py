from odoo import fields, models

from ..complaint.complaint_complaint import UNREGISTERED_STATES
from ..handling.complaint_action import OPEN_STATES
from .complaint_concerned import PEOPLE_FIELDS


class ComplaintConcernedHandover(models.Model):
    """What somebody had in a complaint goes on without him the moment it is about him (R73)."""

    _inherit = "complaint.complaint"

    def _hand_over_concerned(self, users):
        """Give everything ``users`` have in this complaint to the next in line."""
        self.ensure_one()
        self._replace_concerned_people(users)
        actions = self.action_ids.filtered(lambda a: a.state in OPEN_STATES)
        actions.filtered(lambda a: a.user_id in users)._hand_over(users)
        actions._sync_activities()
        self._hand_over_concerned_activities(users)
        self._forget_concerned(users)

    def _replace_concerned_people(self, users):
        """Find somebody else where one of ``users`` is salesperson, lead or coordinator."""
        vals, notes = {}, []
        for name in PEOPLE_FIELDS:
            old = self[name]
            if old not in users:
                continue
            new = self._get_people_successor(name)
            vals[name] = new.id
            notes.append(
                self.env._(
                    "%(new)s takes over from %(old)s: %(function)s.",
                    new=new.name or self.env._("Nobody"),
                    old=old.name,
                    function=self._fields[name]._description_string(self.env).lower(),
                )
            )
        if vals:
            self.with_context(mail_auto_subscribe_no_notify=True)._write_trusted(vals)
            self._note_in_chatter({self: notes})

    def _get_people_successor(self, name):
        """:param str name: one of ``PEOPLE_FIELDS``
        :return: ``res.users`` who takes it over; empty where it may stay empty
        """
        if name == "coordinator_user_id":
            return self._find_function_user("coordinator", strict=True)[0]
        if name == "lead_user_id":
            function = self.category_id.lead_function
            if self.state in UNREGISTERED_STATES:
                return self.env["res.users"]  # registering names the lead
            return self._find_function_user(function)[0]
        return self._find_function_user("sales_manager")[0]

    def _hand_over_concerned_activities(self, users):
        """Give the live activities of ``users`` on the complaint and its parts to another."""
        approval = self.measures_activity_id.filtered(lambda a: a.active and a.user_id in users)
        if approval:
            self._notify_approver()
        domains = self._get_discreet_documents(self.env["mail.activity"], "res_model")
        activities = self.env["mail.activity"].search(
            fields.Domain.OR(domains) & fields.Domain("user_id", "in", users.ids)
        )
        if activities:
            activities._as_mirror().write({"user_id": self._get_stand_in().id})

    def _get_stand_in(self):
        """:return: ``res.users`` who gets what would go to somebody the complaint is about: lead,
        team leader, salesperson, else a complaint manager
        """
        self.ensure_one()
        # sudo: who is there and whom it is about are no secrets to the system
        complaint = self.sudo()
        team, without = complaint.team_id, complaint.concerned_user_ids
        for user in (complaint.lead_user_id, team.user_id, complaint.user_id):
            if user not in without and team._is_available(user, complaint.company_id):
                return user.sudo(False)
        return team._get_last_resort(complaint.company_id, without)

    def _forget_concerned(self, users):
        """No follower, no notification, no mail under way, in the case and its parts."""
        partners = users.partner_id
        followers, messages = self.env["mail.followers"], self.env["mail.message"]
        followers.search(
            fields.Domain.OR(self._get_discreet_documents(followers, "res_model"))
            & fields.Domain("partner_id", "in", partners.ids)
        ).unlink()
        messages = messages.search(
            fields.Domain.OR(self._get_discreet_documents(messages, "model"))
        )
        self.env["mail.notification"].search(
            [("mail_message_id", "in", messages.ids), ("res_partner_id", "in", partners.ids)]
        ).unlink()
        waiting = self.env["mail.mail"].search(
            [
                ("mail_message_id", "in", messages.ids),
                ("state", "in", ("outgoing", "exception")),
                ("recipient_ids", "in", partners.ids),
            ]
        )
        for mail in waiting:
            mail.recipient_ids -= partners
        waiting.filtered(lambda m: not m.recipient_ids and not m.email_to).cancel()

    def _get_discreet_documents(self, model, model_field):
        """:return: list of ``Domain``: records of ``model`` that hang on this complaint or on one
        of its parts
        """
        domains = []
        for name in model._get_discreet_models():
            ids = self.ids if name == self._name else self._get_part_ids(name)
            domains.append(
                fields.Domain(model_field, "=", name) & fields.Domain("res_id", "in", ids)
            )
        return domains

    def _get_part_ids(self, model_name):
        """:return: ids of the parts of these complaints that are kept in ``model_name``"""
        # sudo: to find what hangs on them; nothing is shown
        parts = self.env[model_name].sudo().with_context(active_test=False)
        return parts.search([("complaint_id", "in", self.ids)]).ids
