from collections import defaultdict

from odoo import api, fields, models

from ..complaint.complaint_state_guard import TRUSTED
from .complaint_action import OPEN_STATES, PLAN_OF_VERB
from .complaint_action_activity import MIRROR


class ComplaintPlan(models.Model):
    """Registration starts the plan: a lead, actions and information activities (R16, R21, R23).

    ``category.plan_id``, else the team's, is the only template mechanism. Everything is made for
    the whole batch at once; core's schedule wizard would cost some eighty queries a record.
    """

    _inherit = "complaint.complaint"

    @api.model_create_multi
    def create(self, vals_list):
        """Cases imported with a past wake nobody: their actions come without activities."""
        if all(vals.get("state", "draft") == "draft" for vals in vals_list):
            return super().create(vals_list)
        importing = self.with_context(complaint_mirror=MIRROR)
        return super(ComplaintPlan, importing).create(vals_list).with_env(self.env)

    def _after_register(self):
        """Name the lead, start the plans, tell everybody concerned."""
        result = super()._after_register()
        self._fetch_people()
        self._set_leads()
        self._start_plans()
        return result

    def _after_resolve(self):
        """Follow-up and verification count from here; until now nobody had them to do (R43)."""
        result = super()._after_resolve()
        self._start_plans(moment="resolution")
        return result

    def _after_cancel(self):
        """A cancelled complaint asks nothing of anybody."""
        result = super()._after_cancel()
        # sudo: cancelling was checked on the complaint
        actions = self.sudo().action_ids.filtered(lambda a: a.state not in ("done", "cancelled"))
        actions._write_trusted({"state": "cancelled"})
        self._close_information()
        return result

    def _fetch_people(self):
        """Read all who may get something, and all written to, together instead of one by one."""
        # sudo: whether somebody is active, and where, is read for people of other departments
        complaints = self.sudo()
        teams, functions = complaints.team_id, complaints.team_id.function_ids
        people = functions.user_id | functions.backup_user_id | teams.user_id
        people |= complaints.lead_user_id | complaints.user_id | complaints.create_uid
        people = people.with_prefetch(people.ids)
        people.mapped("active")
        people.mapped("company_ids")
        # Toasts, time zones, the chatter and the customer's mail each need some of these
        partners = (people | self.env.user).partner_id | complaints.company_id.partner_id
        partners |= complaints.partner_id | complaints.contact_id
        partners.with_prefetch(partners.ids).mapped("lang")

    # ------------------------------------------------------------
    # The lead
    # ------------------------------------------------------------
    def _set_leads(self):
        """Give each complaint without lead the holder of its category's lead function."""
        missing = self.filtered(lambda c: not c.lead_user_id)
        leads, notes = defaultdict(lambda: self.browse()), {}
        for complaint in missing:
            category = complaint.sudo().category_id  # sudo: configuration
            user, other = complaint._find_function_user(category.lead_function)
            leads[user] += complaint
            if other:
                notes[complaint] = [complaint._get_lead_note(category.lead_function, user)]
        for user, complaints in leads.items():
            # Trusted: who registers need not be one who may name the lead
            complaints._write_trusted({"lead_user_id": user.id})
        self._note_in_chatter(notes)

    def _get_lead_note(self, function, user):
        functions = self.env["complaint.category"]._fields["lead_function"]
        labels = dict(functions._description_selection(self.env))
        return self.env._(
            "No %(who)s is set or available: %(user)s leads this complaint.",
            who=labels.get(function, "").lower(),
            user=user.name,
        )

    def _get_default_takers(self):
        """:return: list of ``res.users`` who take what nobody else can: whoever registers, then
        the salesperson, then whoever recorded the complaint
        """
        self.ensure_one()
        return [self.env.user, self.user_id, self.create_uid]

    # ------------------------------------------------------------
    # The plan
    # ------------------------------------------------------------
    def _get_plan(self):
        """:return: the ``mail.activity.plan`` to start"""
        self.ensure_one()
        return self.category_id.plan_id or self.team_id.plan_id

    def _get_plan_date(self, moment="registration"):
        """:return: day of ``moment`` where the user is: deadlines count from it"""
        self.ensure_one()
        date = self.date_resolved if moment == "resolution" else self.date_registered
        return fields.Datetime.context_timestamp(self, date or fields.Datetime.now()).date()

    def _start_plans(self, plan=None, base_date=None, on_demand_user=None, moment="registration"):
        """Make what each line of the plans asks for, all complaints in one batch.

        What is still open of an earlier round is moved to the new date instead of made twice.

        :param plan: ``mail.activity.plan`` started by hand: all its lines, from ``base_date``
        :param base_date: day the deadlines count from, default the day of ``moment``
        :param on_demand_user: who takes lines that ask at launch, default the lead
        :param str moment: key of ``complaint_from``: which lines of the complaints' own plans
        """
        # sudo: registering (or writing) was checked; the plan is configuration, its actions are
        # for people of other departments
        complaints = self.sudo()
        action_vals, information_vals, notes = [], [], defaultdict(list)
        plans = {complaint: plan or complaint._get_plan() for complaint in complaints}
        plan_lines = self.env["mail.activity.plan.template"].sudo()._read_by_plan(plans.values())
        for complaint in complaints:
            day = base_date or complaint._get_plan_date(moment)
            lines = plan_lines[plans[complaint].id]
            lines = lines._filter_for_complaint(complaint, None if plan else moment)
            for template in lines - complaint._move_open_lines(lines, day):
                asked = on_demand_user or complaint.lead_user_id or self.env.user
                found = template._determine_responsible(asked, complaint)
                user = found["responsible"]
                if found["warning"]:
                    notes[complaint].append(found["warning"])
                if template.action_kind:
                    action_vals.append(
                        template._prepare_complaint_action_vals(complaint, user, day)
                    )
                else:
                    information_vals.append(
                        template._prepare_complaint_information_vals(complaint, user, day)
                    )
        # Trusted: the plan's own texts, which have no author who could not approve them
        actions = self.env["complaint.action"].sudo()._without_sync()
        if not plan:
            actions = actions.with_context(complaint_plan_of_verb=PLAN_OF_VERB)
        actions.with_context(complaint_transition=TRUSTED).create(action_vals)
        waiting = complaints.action_ids.filtered(
            lambda a: a._needs_activity() and not a.activity_id
        )
        activities = waiting._make_activities(information_vals)
        self._note_in_chatter(notes)
        if moment == "registration":
            complaints._tell_registration(activities)
        else:
            activities._tell_complaint_owners()

    def _move_open_lines(self, lines, day):
        """Give what an earlier round left open of ``lines`` its new date.

        :return: those of ``lines`` that need no second action
        """
        self.ensure_one()
        if self.round < 2:
            return lines.browse()
        left = self.action_ids.filtered(lambda a: a.state in OPEN_STATES and a.template_id in lines)
        for action in left:
            deadline = action.template_id._get_date_deadline(day)
            action._write_trusted({"deadline": deadline, "round_number": self.round})
        return left.template_id
