from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintReasonWizard(models.TransientModel):
    """Asks for what a verb needs: the reason, or the outcome a complaint closes with.

    It carries the version the user saw when he pressed the button, so that what changes while he
    writes is noticed (T17).
    """

    _name = "complaint.reason.wizard"
    _description = "Reason for a Step of a Complaint"

    verb = fields.Selection(
        [
            ("close", "Close"),
            ("cancel", "Cancel"),
            ("object", "Customer objects"),
            ("reopen", "Reopen"),
            ("waive_investigation", "No investigation"),
        ],
        required=True,
        readonly=True,
    )
    complaint_ids = fields.Many2many("complaint.complaint", required=True, readonly=True)
    seen_version = fields.Integer(readonly=True)
    reason = fields.Text()
    outcome = fields.Selection(
        selection=lambda self: self.env["complaint.complaint"]._fields["outcome"].selection,
        default="accepted",
    )

    def action_confirm(self):
        """Press the verb again with what was asked for; the verb itself checks every right.

        :raise UserError: without a reason
        """
        self.ensure_one()
        complaints = self.complaint_ids
        if len(complaints) == 1:
            complaints = complaints.with_context(seen_version=self.seen_version)
        if self.verb == "close":
            complaints.action_close(self.outcome)
        elif not (self.reason or "").strip():
            raise UserError(self.env._("Write the reason: it stays with the complaint."))
        else:
            getattr(complaints, f"action_{self.verb}")(self.reason)
        return {"type": "ir.actions.act_window_close"}
