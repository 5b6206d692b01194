from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintPeopleWizard(models.TransientModel):
    """Asks to whom a complaint goes: the salesperson who looks at it, or the new lead (R22, R27).

    It carries the version the user saw when he pressed the button (T17).
    """

    _name = "complaint.people.wizard"
    _description = "Hand a Complaint Over"

    verb = fields.Selection(
        [("dispatch", "Dispatch"), ("transfer", "Transfer the lead")], required=True, readonly=True
    )
    complaint_ids = fields.Many2many("complaint.complaint", required=True, readonly=True)
    seen_version = fields.Integer(readonly=True)
    user_id = fields.Many2one("res.users", "To", domain="[('share', '=', False)]")
    region_id = fields.Many2one(
        "complaint.region", "Proposed for", readonly=True, help="The region that names him."
    )
    deadline = fields.Date("Until")
    note = fields.Text()

    def action_confirm(self):
        """Press the verb again with what was asked for; the verb itself checks every right.

        :raise UserError: without a name, or without the reason of a transfer
        """
        self.ensure_one()
        complaints = self.complaint_ids
        if len(complaints) == 1:
            complaints = complaints.with_context(seen_version=self.seen_version)
        if not self.user_id:
            raise UserError(self.env._("Choose to whom it goes."))
        if self.verb == "dispatch":
            complaints.action_dispatch(self.user_id.id, self.deadline, self.note)
        elif not (self.note or "").strip():
            raise UserError(self.env._("Write the reason: it stays in the chatter."))
        else:
            complaints.action_transfer_lead(self.user_id.id, self.note)
        return {"type": "ir.actions.act_window_close"}
