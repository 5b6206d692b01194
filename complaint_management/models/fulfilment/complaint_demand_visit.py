from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintDemandVisit(models.Model):
    """“Come and look at it”: one press makes the visit an action (R28)."""

    _inherit = "complaint.demand"

    action_ids = fields.One2many("complaint.action", "demand_id", "Actions")
    can_plan_visit = fields.Boolean(compute="_compute_can_plan_visit")

    @api.depends("remedy_kind", "state", "complaint_id.state", "action_ids.state")
    @api.depends_context("uid")
    def _compute_can_plan_visit(self):
        writable = self.filtered("id")._filtered_access("write")
        for demand in self:
            demand.can_plan_visit = demand in writable and not demand._get_visit_obstacle()

    def _get_visit_obstacle(self):
        """:return: translated sentence why no visit can be planned, or an empty text"""
        self.ensure_one()
        if self.remedy_kind != "onsite":
            return self.env._("“%s” is no request to come and see.", self.display_name)
        if self.state not in ("open", "offered", "accepted"):
            return self.env._("“%s” is settled: reopen it first.", self.display_name)
        if self.complaint_id.state not in ("registered", "planned", "executing"):
            return self.env._("%s is not being handled.", self.complaint_id.name)
        return ""

    def action_plan_visit(self):
        """Accept the request and carry it out: the visit is an action of the salesperson.

        Pressing twice opens the same action.

        :return: action of its form
        :raise UserError: for other requests, or where the case does not go on
        """
        self.ensure_one()
        self.check_access("write")
        if obstacle := self._get_visit_obstacle():
            raise UserError(obstacle)
        if not self._get_living_actions():
            if self.state != "accepted":
                self.action_accept()
            self.action_execute()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Visit"),
            "res_model": "complaint.action",
            "res_id": self._get_living_actions()[:1].id,
            "views": [(False, "form")],
            "view_mode": "form",
        }

    def _execute_onsite(self):
        """Make the visit an action of the salesperson; called by :meth:`action_execute`.

        :return: the ``complaint.action``, empty where there is one
        """
        actions = self.env["complaint.action"]
        return actions if self._get_living_actions() else actions.create(self._prepare_visit_vals())

    def _prepare_visit_vals(self):
        """Values of the action that visits the customer; called by :meth:`_execute_onsite`."""
        self.ensure_one()
        complaint = self.complaint_id
        customer = complaint.contact_id or complaint.partner_id
        # sudo: the customer's address, to somebody who works on his complaint
        address = customer.sudo()._display_address(without_company=True) or ""
        owner = complaint.user_id or self.env.user
        return {
            "complaint_id": complaint.id,
            "demand_id": self.id,
            "kind": "communication",
            "name": self.name or self.env._("Visit the customer"),
            "user_id": owner.id,
            "deadline": fields.Date.context_today(self) + timedelta(days=2),
            "visit_place": ", ".join(line for line in address.split("\n") if line.strip()),
            "visit_user_ids": [fields.Command.set(owner.ids)],
        }
