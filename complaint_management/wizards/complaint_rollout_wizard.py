from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintRolloutWizard(models.TransientModel):
    """Rolls one measure out to several departments: one action each, in one step (R32)."""

    _name = "complaint.rollout.wizard"
    _description = "Roll-out of a Measure"

    action_id = fields.Many2one("complaint.action", "Measure", required=True, readonly=True)
    deadline = fields.Date("Until", required=True)
    line_ids = fields.One2many("complaint.rollout.wizard.line", "wizard_id", "Departments")

    def action_confirm(self):
        """Make one linked action for each ticked department.

        :raise AccessError: for those who may not plan the measure
        :raise UserError: when nothing is ticked, somebody is missing, or one has it already
        """
        self.ensure_one()
        action = self.action_id
        action.check_access("write")
        action._check_may_steer()
        lines = self.line_ids.filtered("selected")
        if not lines:
            raise UserError(self.env._("Tick the departments that are to do it too."))
        nobody = lines.filtered(lambda line: not line.user_id)
        if nobody:
            raise UserError(
                self.env._("Who does it there? %s", ", ".join(nobody.department_id.mapped("name")))
            )
        double = lines.department_id & action._get_rolled_out_departments()
        if double:
            raise UserError(
                self.env._("These have it already: %s", ", ".join(double.mapped("name")))
            )
        action.create(
            [
                action._prepare_rolled_out_vals(
                    line.department_id, line.user_id, line.deadline or self.deadline
                )
                for line in lines
            ]
        )
        return {"type": "ir.actions.act_window_close"}


class ComplaintRolloutWizardLine(models.TransientModel):
    """One department a measure may go to."""

    _name = "complaint.rollout.wizard.line"
    _description = "Department of a Roll-out"

    wizard_id = fields.Many2one("complaint.rollout.wizard", required=True, ondelete="cascade")
    selected = fields.Boolean("Roll out")
    department_id = fields.Many2one("complaint.department", required=True)
    user_id = fields.Many2one("res.users", "Owner", domain="[('share', '=', False)]")
    deadline = fields.Date("Until", help="Empty: as for all.")
