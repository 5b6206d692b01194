from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .complaint_action import OPEN_STATES

# What a supervisor writes of actions that are neither his own nor his to plan.
SUPERVISED_FIELDS = frozenset({"result_draft", "performer_name", "visit_apologised"})


class ComplaintActionSupervisor(models.Model):
    """A workshop without logins: its supervisor closes for his people in one grid (practice, R26).

    Supervisor is whom the action's department names. He sees the actions of his department, types
    what was done into the rows and closes them in one press; nothing else of the case is his.
    """

    _inherit = "complaint.action"

    performer_name = fields.Char(
        "Carried out by",
        help="Who does it, where somebody has no login. Internal, never printed outside.",
    )
    result_draft = fields.Char(
        "What was done",
        copy=False,
        help="Typed while the work goes on; becomes the result when the action is closed.",
    )
    complaint_number = fields.Char(
        "Complaint number",
        compute="_compute_complaint_number",
        compute_sudo=True,
        help="What a supervisor sees of a case that is not his to open.",
    )
    can_note = fields.Boolean(
        compute="_compute_can_note", help="Whether you may type what was done."
    )

    @api.depends("complaint_id.name")
    def _compute_complaint_number(self):
        for action in self:
            action.complaint_number = action.complaint_id.name

    @api.depends_context("uid")
    @api.depends("state", "user_id", "department_id.user_id")
    def _compute_can_note(self):
        steerable = self._filtered_steerable()
        for action in self:
            action.can_note = action.state in OPEN_STATES and (
                action in steerable or action.user_id == self.env.user or action._is_supervised()
            )

    @api.model_create_multi
    def create(self, vals_list):
        """What a department gets without an owner is its supervisor's."""
        # sudo: who supervises a department is configuration
        departments = self.env["complaint.department"].sudo()
        for vals in vals_list:
            if vals.get("department_id") and not vals.get("user_id"):
                supervisor = departments.browse(vals["department_id"]).user_id
                vals["user_id"] = supervisor.filtered("active").id
        return super().create(vals_list)

    def write(self, vals):
        """A supervisor notes what was done; dates, owners and words are not his.

        :raise AccessError: when he writes anything else of what is not his own
        """
        supervised = self._get_supervised_fields()
        if not self.env.su and not self._is_trusted() and not supervised.issuperset(vals):
            # sudo: only to compare owners with the user
            foreign = self.filtered(lambda a: a.sudo().user_id != self.env.user)
            refused = foreign.filtered(lambda a: a._is_supervised()) - foreign._filtered_steerable()
            if refused:
                raise AccessError(
                    self.env._(
                        "“%s”: for your people you note what was done and close it; everything "
                        "else belongs to the plan.",
                        refused[:1].name,
                    )
                )
        return super().write(vals)

    @api.model
    def _get_supervised_fields(self):
        """:return: names a supervisor may write; aspects add theirs with super()"""
        return SUPERVISED_FIELDS

    def _is_own(self, verb):
        """A supervisor finishes what his department has to do; he accepts nothing for others."""
        return super()._is_own(verb) or (verb == "finish" and self._is_supervised())

    def _is_supervised(self):
        """:return: whether the user is the supervisor of the action's department"""
        # sudo: the supervisor is configuration
        return bool(self.department_id) and self.department_id.sudo().user_id == self.env.user

    def _prepare_finish_vals(self, note):
        """What was typed while the work went on is the result now, or forgotten."""
        return {**super()._prepare_finish_vals(note), "result_draft": False}

    # ------------------------------------------------------------
    # The grid
    # ------------------------------------------------------------
    def action_finish_noted(self):
        """Close in one press what has its note, each action with its own.

        Pressed on selected rows: these, and each needs a note. Pressed without a selection: all
        open actions of one's own and one's department that have one.

        :raise UserError: naming the rows without a note; then nothing is closed
        """
        actions = self or self.search(self._get_noted_domain())
        missing = actions.filtered(lambda a: not (a.result_draft or "").strip())
        if missing:
            raise UserError(
                self.env._(
                    "Write what was done; nothing was closed yet:\n%s",
                    "\n".join(f"• {action.name}" for action in missing),
                )
            )
        if not actions:
            raise UserError(self.env._("Type into the rows what was done, then press again."))
        actions._check_verb("finish")
        actions._check_no_verdict()
        actions._finish_each({action: action.result_draft.strip() for action in actions})

    @api.model
    def _get_noted_domain(self):
        """:return: domain of the open actions the user has typed a note for"""
        return (
            Domain("state", "in", ("open", "in_progress"))
            & Domain("result_draft", "!=", False)
            & (
                Domain("user_id", "=", self.env.uid)
                | Domain("department_id.user_id", "=", self.env.uid)
            )
        )
