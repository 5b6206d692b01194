from odoo import models


class ComplaintApprovalStart(models.Model):
    """An approved dealer return starts the return, without another press (R39, R66)."""

    _inherit = "complaint.approval"

    def _after_approve(self):
        result = super()._after_approve()
        if self._starts_return():
            # sudo: leadership reads only; that it is done is what was decided
            self.sudo().demand_id._start_approved()
        return result

    def _starts_return(self):
        """:return: whether this approval makes the return application and starts the return"""
        self.ensure_one()
        demand = self.demand_id
        return demand.remedy_kind == "return" and demand._get_policy_demands().application
