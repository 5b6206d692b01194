from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..complaint.complaint_state_guard import EVERYTHING


class ComplaintPlanVersion(models.Model):
    """What a plan said when it was sent: text and actions as everybody got them (R64, T20).

    One row each time a plan is released or sent again; written by code only. The actions are text:
    what they say now stands on themselves.
    """

    _name = "complaint.plan.version"
    _description = "Version of a Handling Plan"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, id desc"
    _rec_name = "number"
    # What was sent was sent, also for code with all rights; a change is another version.
    _FROZEN_FIELDS = {"sent": EVERYTHING}
    _CORRECTABLE = False

    round_id = fields.Many2one(
        "complaint.round", "Of round", required=True, readonly=True, index=True, ondelete="cascade"
    )
    number = fields.Integer("Version", required=True, readonly=True)
    plan_summary = fields.Text("Handling plan", readonly=True)
    actions_text = fields.Text("Actions", readonly=True)
    change_text = fields.Text("What changed", readonly=True)
    date_sent = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "By", readonly=True)

    _number_unique = models.Constraint(
        "UNIQUE(round_id, number)", "A round has one plan version of each number."
    )

    def _get_frozen_stages(self):
        return super()._get_frozen_stages() | {"sent"}

    def _is_blank(self, name):
        """What was sent without stays empty."""
        return False

    def _check_deletable(self):
        """:raise UserError: always; every plan that was sent is kept (R64, T20)"""
        super()._check_deletable()
        if self:
            raise UserError(self.env._("Plans that were sent are kept with the complaint."))

    def _bump_complaint_version(self):
        """Keeping what was sent changes nothing that others should look at first."""


class ComplaintPlanVersions(models.Model):
    """Writes a version each time a plan goes out."""

    _inherit = "complaint.complaint"

    plan_version_ids = fields.One2many(
        "complaint.plan.version", "complaint_id", "Plan versions", groups=INSIDE_GROUPS
    )
    plan_version_count = fields.Integer(
        "Versions of the plan", compute="_compute_plan_version_count", groups=INSIDE_GROUPS
    )

    @api.depends("plan_version_ids")
    def _compute_plan_version_count(self):
        for complaint in self:
            complaint.plan_version_count = len(complaint.plan_version_ids)

    def _keep_plan_version(self, ends, changes=None):
        """Count a new version of each current round's plan and keep what it says.

        :param dict ends: complaint → ``datetime`` (UTC) until when owners may object; those left
            out keep their window
        :param dict changes: complaint → translated text saying what changed
        """
        now = fields.Datetime.now()
        vals_list = []
        for complaint in self:
            current = complaint._get_current_rounds()
            vals = {
                "plan_summary": complaint.plan_summary,
                "plan_version": current.plan_version + 1,
                "date_planned": current.date_planned or now,
            }
            if complaint in ends:
                vals["date_objection_end"] = ends[complaint]
            current.write(vals)
            change = (changes or {}).get(complaint)
            vals_list.append(complaint._prepare_plan_version_vals(current, change))
        # sudo: versions are written by code only; releasing or changing the plan was checked
        self.env["complaint.plan.version"].sudo().create(vals_list)

    def _prepare_plan_version_vals(self, current, change=None):
        """Values of the version that was just sent; called by :meth:`_keep_plan_version`.

        :param current: the ``complaint.round`` it belongs to
        :param str change: what changed since the version before
        """
        self.ensure_one()
        return {
            "complaint_id": self.id,
            "round_id": current.id,
            "number": current.plan_version,
            "plan_summary": self.plan_summary,
            "actions_text": "\n".join(
                action._get_plan_line() for action in self._get_current_actions()
            ),
            "change_text": change,
            "user_id": self.env.uid,
        }


class ComplaintActionPlanLine(models.Model):
    """An action as one line of a plan."""

    _inherit = "complaint.action"

    def _get_plan_line(self):
        """:return: the action in one line: what, who, until when"""
        self.ensure_one()
        parts = [
            self.name,
            self.user_id.name or self.performer_name,
            self.deadline and format_date(self.env, self.deadline),
        ]
        return " · ".join(part for part in parts if part)
