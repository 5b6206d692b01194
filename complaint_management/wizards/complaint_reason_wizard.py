from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.complaint.same_options import same_options


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
            ("dissatisfied", "Customer is dissatisfied"),
            ("waive_investigation", "No investigation"),
        ],
        required=True,
        readonly=True,
    )
    complaint_ids = fields.Many2many("complaint.complaint", required=True, readonly=True)
    seen_version = fields.Integer(readonly=True)
    reason = fields.Text()
    outcome = fields.Selection(
        selection=same_options("complaint.complaint", "outcome"),
        default="accepted",
    )
    duplicate_of_id = fields.Many2one("complaint.complaint", "Duplicate of")
    customer_feedback = fields.Text("What the customer says to it")
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)

    @api.model
    def _prepare_wizard_vals(self, verb, complaints):
        """What is known already; called by ``complaint.complaint._open_reason_wizard``."""
        if verb != "close" or len(complaints) != 1:
            return {"company_id": complaints[:1].company_id.id}
        return {
            "company_id": complaints.company_id.id,
            "partner_id": complaints.partner_id.id,
            "duplicate_of_id": complaints.duplicate_of_id.id,
            "customer_feedback": complaints.customer_feedback,
            "outcome": "duplicate" if complaints.duplicate_of_id else "accepted",
        }

    def action_confirm(self):
        """Press the verb again with what was asked for; the verb itself checks every right.

        :raise UserError: without a reason
        """
        self.ensure_one()
        complaints = self.complaint_ids
        if len(complaints) == 1:
            complaints = complaints.with_context(seen_version=self.seen_version)
        if self.verb == "close":
            feedback = self.customer_feedback
            known = complaints.customer_feedback if len(complaints) == 1 else False
            complaints.action_close(
                self.outcome,
                reason=self.reason,
                duplicate_of_id=self.duplicate_of_id.id,
                feedback=feedback != known and feedback,
            )
        elif not (self.reason or "").strip():
            raise UserError(self.env._("Write the reason: it stays with the complaint."))
        else:
            getattr(complaints, f"action_{self.verb}")(self.reason)
        return {"type": "ir.actions.act_window_close"}
