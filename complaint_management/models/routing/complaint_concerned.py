from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import INSIDE_GROUPS, UNREGISTERED_STATES
from ..handling.complaint_action import OPEN_STATES

# Who works on a complaint: nobody of these is one it is about.
PEOPLE_FIELDS = ("user_id", "lead_user_id", "coordinator_user_id")


class ComplaintConcerned(models.Model):
    """Who is complained about sees nothing of his case, by any door (R73).

    Record rules shut him out of the complaint and all its parts, ``models/erp/complaint_discreet``
    out of what Odoo keeps beside it: messages, activities, followers, notifications. Being
    salesperson, lead, creator, manager or administrator opens nothing; only the superuser, who is
    no person, sees everything. The moment he is named his work goes to the next in line, and he
    is told nothing more.
    """

    _inherit = "complaint.complaint"

    concerned_user_ids = fields.Many2many(
        "res.users",
        "complaint_concerned_user_rel",
        "complaint_id",
        "user_id",
        "Colleagues concerned",
        groups=INSIDE_GROUPS,
        # Who left is concerned still: his login may come back
        context={"active_test": False},
        domain="[('share', '=', False)]",
        tracking=True,
        help="The employees complained about. They see nothing of this complaint, whatever their "
        "role, and their work in it goes to the next in line.",
    )

    def _get_concerned_users(self):
        """:return: ``res.users`` these complaints are about, archived ones included (R73)"""
        # sudo: whom to shut out is asked for everybody, also for contributors, who may not read it
        return self.sudo().concerned_user_ids.sudo(False)

    # ------------------------------------------------------------
    # Naming
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        """Let no one work on a complaint about himself from its first moment."""
        complaints = super().create(vals_list)
        # sudo: whom it is about decides here, whoever records it
        named = complaints.sudo().filtered("concerned_user_ids").sudo(self.env.su)
        if named:
            named._shut_out({c: c._get_concerned_users() for c in named})
        return complaints

    def write(self, vals):
        """Shut out whom ``vals`` name, at this moment.

        :raise UserError: when the user names himself, or gives the case to somebody it is about
        """
        people = {vals[name] for name in PEOPLE_FIELDS if vals.get(name)}
        if "concerned_user_ids" not in vals and not people:
            return super().write(vals)
        before = {complaint: complaint._get_concerned_users() for complaint in self}
        for complaint, users in before.items():
            if "concerned_user_ids" not in vals and people.intersection(users.ids):
                complaint._refuse_concerned(users.browse(people.intersection(users.ids)))
        result = super().write(vals)
        if "concerned_user_ids" in vals:
            self._shut_out({c: c._get_concerned_users() - before[c] for c in self})
        return result

    def _refuse_concerned(self, users):
        """:raise UserError: naming the people who are to work on a complaint about them"""
        raise UserError(
            self.env._(
                "%(complaint)s is about %(users)s: somebody else has to work on it.",
                complaint=self.display_name,
                # sudo: names of colleagues the user just chose
                users=", ".join(users.sudo().mapped("name")),
            )
        )

    def _shut_out(self, named):
        """Take the case out of the hands of those it turns out to be about.

        :param dict named: complaint → ``res.users`` who are new among those it is about
        :raise UserError: when the acting user named himself: he could not see what he did
        """
        if not self.env.su and any(self.env.user in users for users in named.values()):
            raise UserError(
                self.env._(
                    "Nobody records that a complaint is about himself: he could not open it any "
                    "more. Ask a colleague or your complaint manager to do it."
                )
            )
        for complaint, users in named.items():
            if users:
                # sudo: naming was checked; activities and actions are other people's
                complaint.sudo()._hand_over_concerned(users)

    # ------------------------------------------------------------
    # Handing over
    # ------------------------------------------------------------
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

    # ------------------------------------------------------------
    # Doors
    # ------------------------------------------------------------
    @api.depends_context("uid")
    def _compute_display_name(self):
        """A link to his case (a duplicate, say) tells one whom it is about nothing.

        Core reads the name of a many2one with all rights.
        """
        super()._compute_display_name()
        user = self.env.user
        if user._is_superuser():
            return
        for complaint in self:
            if user in complaint._get_concerned_users():
                complaint.display_name = self.env._("Complaint")

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Whom it is about does not follow it, whoever adds him."""
        concerned = self._get_concerned_users().partner_id
        if not concerned:
            return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)
        for complaint in self:
            about = complaint._get_concerned_users().partner_id
            super(ComplaintConcerned, complaint)._message_subscribe(
                [pid for pid in partner_ids or () if pid not in about.ids],
                subtype_ids,
                customer_ids,
            )
        return True

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Notify nobody of a complaint about him, whoever mentions him."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        return self._without_concerned(recipients)

    def _without_concerned(self, recipients):
        """:param list recipients: dicts as of ``_notify_get_recipients``
        :return: those among them whom the complaint is not about
        """
        users = self._get_concerned_users()
        if not users:
            return recipients
        about = set(users.sudo().partner_id.ids)  # sudo: ids to compare
        return [recipient for recipient in recipients if recipient["id"] not in about]
