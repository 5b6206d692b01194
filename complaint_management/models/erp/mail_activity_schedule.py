from odoo import models
from odoo.exceptions import UserError


class MailActivitySchedule(models.TransientModel):
    """A plan launched by hand on a complaint makes actions too, as at registration."""

    _inherit = "mail.activity.schedule"

    def action_schedule_plan(self):
        """Start the plan on registered complaints.

        :raise AccessError: when the user may not write a complaint
        :raise UserError: for a complaint that is not registered: registering starts its plan
        """
        if self.res_model != "complaint.complaint":
            return super().action_schedule_plan()
        complaints = self._get_applied_on_records()
        complaints.check_access("write")
        early = complaints.filtered(lambda c: c.state not in ("registered", "planned", "executing"))
        if early:
            raise UserError(
                self.env._("%s is not being handled: no plan can start.", early[:1].name)
            )
        complaints._start_plans(self.plan_id, self.plan_date, self.plan_on_demand_user_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
