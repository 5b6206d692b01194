from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import html2plaintext

from ..complaint.same_options import same_options
from ..handling.complaint_action import ACTION_KINDS
from ..routing.complaint_function import FUNCTIONS

PREFIX = "complaint_"
RESPONSIBLE_TYPES = [
    *((f"{PREFIX}{key}", f"Complaint: {label.lower()}") for key, label in FUNCTIONS),
    (f"{PREFIX}lead", "Complaint: lead"),
    (f"{PREFIX}salesperson", "Complaint: salesperson"),
]


class MailActivityPlanTemplate(models.Model):
    """A line of an activity plan for complaints: an action, or an information activity (R21).

    Plans are core's and edited in core's screens; ours are two fields and the responsible types.
    """

    _inherit = "mail.activity.plan.template"

    action_kind = fields.Selection(
        ACTION_KINDS,
        "Complaint action",
        help="Makes an action of this kind. Empty: an information activity, which blocks nothing.",
    )
    complaint_from = fields.Selection(
        [("registration", "Registration"), ("resolution", "Resolution")],
        "Counts from",
        default="registration",
        required=True,
        help="Lines of complaints: from resolution means made when the complaint is resolved, "
        "not before.",
    )
    complaint_skip_minor = fields.Boolean(
        "Not for minor ones",
        help="Minor complaints make nothing of this line: who it is for reads the digest.",
    )
    complaint_until = fields.Selection(
        selection=same_options("mail.activity", "complaint_until"),
        string="Closes by itself when",
        default="close",
        help="For information activities of complaints.",
    )
    responsible_type = fields.Selection(
        selection_add=RESPONSIBLE_TYPES,
        ondelete={key: "cascade" for key, _label in RESPONSIBLE_TYPES},
    )

    @api.constrains("plan_id", "responsible_type", "action_kind")
    def _check_complaint_plan(self):
        """Our responsible types and kinds mean nothing on other documents."""
        own_types = dict(RESPONSIBLE_TYPES)
        for template in self:
            ours = template.action_kind or template.responsible_type in own_types
            if ours and template.plan_id.res_model != "complaint.complaint":
                raise ValidationError(
                    self.env._(
                        "“%s”: actions and functions are for complaints only.",
                        template.summary or template.activity_type_id.name,
                    )
                )

    def _get_complaint_function(self):
        """:return: key of ``FUNCTIONS`` this line is for, or an empty text"""
        key = (self.responsible_type or "").removeprefix(PREFIX)
        return key if key in dict(FUNCTIONS) else ""

    def _determine_responsible(self, on_demand_responsible, applied_on_record):
        """Find somebody for a line of a complaint's plan; our own types never fail.

        Function → backup → team leader → registering user; for the lead and the salesperson the
        same from the team leader on. ``warning`` says who was missing.
        """
        if applied_on_record._name != "complaint.complaint":
            return super()._determine_responsible(on_demand_responsible, applied_on_record)
        own = self.responsible_type in dict(RESPONSIBLE_TYPES)
        result = {"responsible": self.env["res.users"], "error": False, "warning": False}
        if not own:
            result = super()._determine_responsible(on_demand_responsible, applied_on_record)
            if result["error"]:
                return result
        complaint = applied_on_record.sudo()  # sudo: whom it concerns is read, nothing else
        wanted = self._get_complaint_responsible(complaint) if own else result["responsible"]
        team, without = complaint.team_id, complaint._get_concerned_users()
        able = wanted not in without and team._is_available(wanted, complaint.company_id)
        if able and not team._is_out(wanted):
            return {**result, "responsible": wanted}
        user, _other = complaint._find_function_user(self._get_complaint_function())
        if able and (user == wanted or not self._get_complaint_function()):
            return {**result, "responsible": wanted}  # nobody stands in for him
        return {**result, "responsible": user, "warning": self._get_fallback_note(wanted, user)}

    def _get_complaint_responsible(self, complaint):
        """:return: ``res.users`` our responsible type means, available or not"""
        if self.responsible_type == f"{PREFIX}lead":
            return complaint.lead_user_id
        if self.responsible_type == f"{PREFIX}salesperson":
            return complaint.user_id
        function = self._get_complaint_function()
        return complaint.team_id.function_ids.filtered(lambda f: f.function == function).user_id

    def _get_fallback_note(self, wanted, user):
        """:return: translated sentence for the chatter: who was missing, who got it instead"""
        field, key = self._fields["responsible_type"], self.responsible_type
        if function := self._get_complaint_function():
            field, key = self.env["complaint.team.function"]._fields["function"], function
        values = {
            "who": dict(field._description_selection(self.env))[key].lower(),
            "wanted": wanted.name or "",
            "user": user.name,
            "what": self.summary or self.activity_type_id.name,
        }
        if wanted and self.env["complaint.team"]._is_out(wanted):
            return self.env._(
                "%(wanted)s (%(who)s) is out of office: %(user)s got “%(what)s”.", **values
            )
        if wanted:
            return self.env._(
                "%(wanted)s (%(who)s) is not available: %(user)s got “%(what)s”.", **values
            )
        if self.action_kind:
            return self.env._("No %(who)s is set: %(user)s got the action “%(what)s”.", **values)
        return self.env._("No %(who)s is set: %(user)s is told instead: “%(what)s”.", **values)

    # ------------------------------------------------------------
    # Which lines count
    # ------------------------------------------------------------
    @api.model
    def _read_by_plan(self, plans):
        """Read the lines of plans, in one query for all of them.

        :param plans: iterable of ``mail.activity.plan``, each one or empty
        :return: dict id of a plan (False: none) → its lines in their order
        """
        plan_ids = {plan.id for plan in plans}
        found = self.search_fetch([("plan_id", "in", [x for x in plan_ids if x])])
        by_plan = found.grouped(lambda line: line.plan_id.id)
        return {plan_id: by_plan.get(plan_id, self.browse()) for plan_id in plan_ids}

    def _filter_for_complaint(self, complaint, moment):
        """:return: the lines a complaint starts

        :param str moment: key of ``complaint_from``; None for a plan launched by hand, which
            counts all its lines from the day chosen there
        """
        return self.filtered(
            lambda line: (
                (not moment or line.complaint_from == moment)
                and not (line.complaint_skip_minor and complaint.severity == "minor")
            )
        )

    # ------------------------------------------------------------
    # What a line becomes
    # ------------------------------------------------------------
    def _prepare_complaint_action_vals(self, complaint, user, base_date):
        """Values of the action this line makes; called by ``complaint._start_plans``."""
        return {
            "complaint_id": complaint.id,
            "template_id": self.id,
            "name": self.summary or self.activity_type_id.name,
            "description": html2plaintext(self.note) if self.note else False,
            "kind": self.action_kind,
            "user_id": user.id,
            "deadline": self._get_date_deadline(base_date),
        }

    def _prepare_complaint_information_vals(self, complaint, user, base_date):
        """Values of the activity this line makes; called by ``complaint._start_plans``."""
        return {
            "activity_type_id": self.activity_type_id.id,
            "summary": self.summary or self.activity_type_id.name,
            "note": self.note,
            "user_id": user.id,
            "date_deadline": self._get_date_deadline(base_date),
            "res_model_id": self.env["ir.model"]._get_id(complaint._name),
            "res_id": complaint.id,
            "automated": True,
            "complaint_until": self.complaint_until or "close",
        }
