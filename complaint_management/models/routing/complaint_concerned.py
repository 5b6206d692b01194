from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS, Domain

from ..complaint.complaint_complaint import INSIDE_GROUPS

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
    # The record rule's word. Its search names cases instead of asking each: hardly anybody has any
    # about him, and a million need not be compared then. The rule is kept by the word, and the
    # ids are looked up for each query: kept with it, they would open a case named since.
    is_about_reader = fields.Boolean(
        "About the reader",
        compute="_compute_is_about_reader",
        search="_search_is_about_reader",
        groups=NO_ACCESS,
    )

    @api.depends("concerned_user_ids")
    @api.depends_context("uid")
    def _compute_is_about_reader(self):
        for complaint in self:
            complaint.is_about_reader = self.env.user in complaint._get_concerned_users()

    @api.model
    def _search_is_about_reader(self, operator, value):
        if operator != "in":
            return NotImplemented
        about = Domain("id", "in", self.env.user._get_complaint_ids_about())
        return Domain.OR(about if answer else ~about for answer in value)

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
            # New to it, or given the case in the same breath
            self._shut_out(
                {
                    c: c._get_concerned_users().filtered(
                        lambda u, old=before[c]: u not in old or u.id in people
                    )
                    for c in self
                }
            )
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
        # sudo: whose address it is, also where a customer's answer makes colleagues follow
        concerned = self._get_concerned_users().sudo().partner_id
        if not concerned:
            return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)
        for complaint in self:
            about = complaint._get_concerned_users().sudo().partner_id
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
