from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintApprovalWizard(models.TransientModel):
    """Shows what an approval is about, and takes what is said to it (R38, R66, T17).

    It carries the version the user saw when he pressed the button.
    """

    _name = "complaint.approval.wizard"
    _description = "Approval of a Customer Request"

    verb = fields.Selection(
        [("request", "Ask for approval"), ("approve", "Approve"), ("refuse", "Refuse")],
        required=True,
        readonly=True,
    )
    demand_id = fields.Many2one("complaint.demand", required=True, readonly=True)
    approval_id = fields.Many2one("complaint.approval", readonly=True)
    seen_version = fields.Integer(readonly=True)
    summary = fields.Text(compute="_compute_summary")
    note = fields.Text("Why, or what is to be observed")

    @api.depends("verb", "demand_id", "approval_id")
    def _compute_summary(self):
        for wizard in self:
            demand, approval = wizard.demand_id, wizard.approval_id
            lines = [demand.display_name]
            if demand and wizard.verb == "request":
                lines += [demand._get_promise_text(), demand._get_approval_obstacle()]
            elif approval:
                lines += [approval.content, approval._get_amounts_text(), approval.reason]
            wizard.summary = "\n".join(filter(None, lines))

    def action_confirm(self):
        """Press the verb with what was written; the verb itself checks every right.

        :raise UserError: when a refusal says no reason
        """
        self.ensure_one()
        note = (self.note or "").strip()
        seen = {"seen_version": self.seen_version}
        if self.verb == "request":
            self.demand_id.with_context(**seen).action_request_approval(note)
        elif self.verb == "approve":
            self.approval_id.with_context(**seen).action_approve(note)
        elif not note:
            raise UserError(self.env._("Write why you refuse: whoever asked reads it."))
        else:
            self.approval_id.with_context(**seen).action_refuse(note)
        return {"type": "ir.actions.act_window_close"}
