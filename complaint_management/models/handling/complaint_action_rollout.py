from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_action import MEASURE_KINDS


class ComplaintActionRollout(models.Model):
    """One measure rolled out to the other departments in one step (R32, 8D D7)."""

    _inherit = "complaint.action"

    origin_action_id = fields.Many2one(
        "complaint.action",
        "Rolled out from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    rollout_ids = fields.One2many("complaint.action", "origin_action_id", "Rolled out to")
    rollout_total = fields.Integer("Departments", compute="_compute_rollout")
    rollout_done = fields.Integer("Departments done", compute="_compute_rollout")
    rollout_progress = fields.Char("Roll-out", compute="_compute_rollout")

    @api.depends("rollout_ids.state")
    def _compute_rollout(self):
        for action in self:
            counted = action.rollout_ids.filtered(lambda a: a.state != "cancelled")
            done = counted.filtered(lambda a: a.state == "done")
            action.rollout_total = len(counted)
            action.rollout_done = len(done)
            action.rollout_progress = f"{len(done)} / {len(counted)}" if counted else False

    @api.model
    def _get_plan_fields(self):
        return super()._get_plan_fields() | {"origin_action_id"}

    def action_roll_out(self):
        """Ask to which departments this measure goes, who does it there, until when.

        :return: action of the wizard
        :raise AccessError: for those who may not plan
        :raise UserError: for anything but a measure that goes on
        """
        self.ensure_one()
        self.check_access("write")
        self._check_may_steer()
        if self.kind not in MEASURE_KINDS or self.state == "cancelled":
            raise UserError(
                self.env._("Only corrective and preventive actions are rolled out: %s", self.name)
            )
        wizard = self.env["complaint.rollout.wizard"].create(self._prepare_rollout_vals())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Roll out to other departments"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }

    def _prepare_rollout_vals(self):
        """Values of the wizard: every department that does not have it yet; called by
        :meth:`action_roll_out`.
        """
        self.ensure_one()
        departments = self.env["complaint.department"].search(
            [
                ("company_id", "in", [self.company_id.id, False]),
                ("id", "not in", self._get_rolled_out_departments().ids),
            ]
        )
        return {
            "action_id": self.id,
            "deadline": self.deadline,
            "line_ids": [
                fields.Command.create(
                    {"department_id": department.id, "user_id": department.user_id.id}
                )
                for department in departments
            ],
        }

    def _get_rolled_out_departments(self):
        """:return: ``complaint.department`` that have this measure, its own included"""
        self.ensure_one()
        going_on = self.rollout_ids.filtered(lambda a: a.state != "cancelled")
        return self.department_id | going_on.department_id

    def _prepare_rolled_out_vals(self, department, user, deadline):
        """Values of the measure in another department; called by the wizard.

        There it has not happened yet: it is a preventive action.
        """
        self.ensure_one()
        return {
            "complaint_id": self.complaint_id.id,
            "origin_action_id": self.id,
            "name": self.env._(
                "%(department)s: %(measure)s", department=department.name, measure=self.name
            ),
            "description": self.description,
            "kind": "preventive",
            "cause_id": self.cause_id.id,
            "department_id": department.id,
            "user_id": user.id,
            "deadline": deadline,
        }
