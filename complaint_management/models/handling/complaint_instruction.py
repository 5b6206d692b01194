from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..complaint.complaint_complaint import INSIDE_GROUPS

INSTRUCTING_GROUPS = (
    "complaint_management.group_complaint_leadership,complaint_management.group_complaint_manager"
)
# From here on there is something to instruct about, until the case is over.
INSTRUCTED_STATES = ("registered", "planned", "executing", "resolved")
UNTIL = "instruction"


class ComplaintInstruction(models.Model):
    """The leadership's instruction: recorded where due, never leaves the house (R66).

    It belongs to the round; the complaint shows the current one. Neither customers nor
    contributors read it, so it is never written to the chatter, which contributors see.
    """

    _inherit = "complaint.complaint"

    leadership_instruction = fields.Text(
        compute="_compute_instruction", groups=INSIDE_GROUPS, help="Of the current round. Internal."
    )
    instruction_user_id = fields.Many2one(
        "res.users", "Instructed by", compute="_compute_instruction", groups=INSIDE_GROUPS
    )
    date_instructed = fields.Datetime(
        "Instructed on", compute="_compute_instruction", groups=INSIDE_GROUPS
    )
    needs_instruction = fields.Boolean(
        "Instruction due", compute="_compute_needs_instruction", groups=INSIDE_GROUPS
    )
    can_instruct = fields.Boolean(compute="_compute_can_instruct", groups=INSIDE_GROUPS)

    @api.depends(
        "round",
        "round_ids.leadership_instruction",
        "round_ids.instruction_user_id",
        "round_ids.date_instructed",
    )
    def _compute_instruction(self):
        for complaint in self:
            current = complaint._get_current_rounds()[:1]
            complaint.leadership_instruction = current.leadership_instruction
            complaint.instruction_user_id = current.instruction_user_id
            complaint.date_instructed = current.date_instructed

    @api.depends("severity", "round", "state", "round_ids.leadership_instruction")
    def _compute_needs_instruction(self):
        for complaint in self:
            complaint.needs_instruction = (
                complaint.state in INSTRUCTED_STATES and complaint._waits_for_instruction()
            )

    @api.depends("state", "team_id")
    @api.depends_context("uid")
    def _compute_can_instruct(self):
        for complaint in self:
            complaint.can_instruct = (
                complaint.state in INSTRUCTED_STATES and complaint._may_instruct()
            )

    # ------------------------------------------------------------
    # When it is due, and who gives it
    # ------------------------------------------------------------
    def _needs_instruction(self):
        """:return: whether the leadership has to say something in this round: critical cases, and
        customers who came back (R66). Others (limits, dealers) add theirs with super().
        """
        self.ensure_one()
        return self.severity == "critical" or self.round >= 2

    def _waits_for_instruction(self):
        """:return: whether an instruction is due and was not given yet"""
        self.ensure_one()
        # sudo: whether there is one is no secret, what it says is
        return self._needs_instruction() and not (
            self.sudo()._get_current_rounds().leadership_instruction
        )

    def _may_instruct(self):
        """:return: whether the user is leadership, complaint manager, or the team's management"""
        self.ensure_one()
        if self.env.user.has_groups(INSTRUCTING_GROUPS):
            return True
        # sudo: who plays a function decides here, whether or not the user may read teams
        return self.env.user in self.sudo()._get_management()

    def _get_management(self):
        """:return: ``res.users`` who play the team's management, and their backups"""
        rows = self.team_id.function_ids.filtered(lambda f: f.function == "management")
        return rows.user_id | rows.backup_user_id

    def _get_missing(self, verb):
        """Resolving waits for an instruction that is due."""
        missing = super()._get_missing(verb)
        if verb == "resolve" and self._waits_for_instruction():
            missing.append(self.env._("the instruction of the leadership (page Plan & Actions)"))
        return missing

    # ------------------------------------------------------------
    # The verb
    # ------------------------------------------------------------
    def action_instruct(self, text=None):
        """Record what the leadership decides; the lead is told that there is something to read.

        Instructions of one round are kept one below the other.

        :param str text: the instruction; without it the wizard is returned
        :raise AccessError: for everybody but leadership, complaint managers and the holder of the
            management function, and without read access
        :raise UserError: on drafts and on cases that are over
        """
        self.check_access("read")
        for complaint in self:
            if not complaint._may_instruct():
                raise AccessError(
                    self.env._("Only the leadership and complaint managers give instructions.")
                )
            if complaint.state not in INSTRUCTED_STATES:
                raise UserError(
                    self.env._(
                        "%s is not being handled: there is nothing to instruct.", complaint.name
                    )
                )
        if not (text or "").strip():
            return self._open_instruction_wizard()
        # sudo: leadership reads only; rounds are written by verbs, which have checked everything
        complaints = self.sudo()
        for complaint in complaints:
            complaint._write_current_rounds(complaint._prepare_instruction_vals(text.strip()))
        complaints._close_information((UNTIL,))
        people = {complaint: complaint.lead_user_id for complaint in complaints}
        complaints._announce("instruction", people)

    def _prepare_instruction_vals(self, text):
        """Values of the round that was instructed; called by :meth:`action_instruct`."""
        self.ensure_one()
        if self.leadership_instruction:
            text = "\n\n".join((self.leadership_instruction, self._get_instruction_head(), text))
        return {
            "leadership_instruction": text,
            "instruction_user_id": self.env.uid,
            "date_instructed": fields.Datetime.now(),
        }

    def _get_instruction_head(self):
        """:return: line between two instructions of a round: when, by whom"""
        today = format_date(self.env, fields.Date.context_today(self))
        return self.env._("%(date)s, %(user)s:", date=today, user=self.env.user.name)

    def _open_instruction_wizard(self):
        wizard = self.env["complaint.instruction.wizard"].create({"complaint_ids": self.ids})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Instruction of the leadership"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }

    # ------------------------------------------------------------
    # Asking for it
    # ------------------------------------------------------------
    def _after_register(self):
        result = super()._after_register()
        self._ask_for_instruction()
        return result

    def _after_object(self):
        result = super()._after_object()
        self._ask_for_instruction()
        return result

    def _after_reopen(self):
        result = super()._after_reopen()
        self._ask_for_instruction()
        return result

    def _after_become_critical(self):
        """A case that becomes critical later needs its instruction then."""
        result = super()._after_become_critical()
        self.filtered(lambda c: c.state in INSTRUCTED_STATES)._ask_for_instruction()
        return result

    def _ask_for_instruction(self):
        """Give the management an activity where an instruction is due and nobody is asked yet."""
        # sudo: the verb was checked; the management's activities are not the user's to see
        due = self.sudo().filtered(lambda c: c._waits_for_instruction())
        if not due:
            return
        due = due.filtered(
            lambda c: not any(activity.complaint_until == UNTIL for activity in c.activity_ids)
        )
        activities = self.env["mail.activity"].sudo()
        activities = activities.with_context(mail_activity_quick_update=True).create(
            [complaint._prepare_instruction_request_vals() for complaint in due]
        )
        activities.with_env(self.env)._tell_complaint_owners()

    def _prepare_instruction_request_vals(self):
        """Values of the activity that asks; called by :meth:`_ask_for_instruction`."""
        self.ensure_one()
        user, _other = self._find_function_user("management")
        xmlid = "complaint_management.mail_activity_type_information"
        return {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(xmlid),
            "summary": self.env._("Give an instruction: resolving waits for it"),
            "user_id": user.id,
            "date_deadline": fields.Date.context_today(self) + timedelta(days=1),
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "automated": True,
            "complaint_until": UNTIL,
        }

    def _close_information(self, until=None):
        """Who was asked for an instruction that is not due is free when the plan is released."""
        result = super()._close_information(until)
        if until and "release" in until and UNTIL not in until:
            idle = self.filtered(lambda c: not c._waits_for_instruction())
            super(ComplaintInstruction, idle)._close_information((UNTIL,))
        return result
