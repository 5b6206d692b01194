from odoo import fields, models
from odoo.exceptions import UserError

from ..models.clocks.complaint_contact import CALL_DIRECTIONS


class ComplaintCallWizard(models.TransientModel):
    """A call with what was said and promised; every field may stay empty (R9, R11, R65)."""

    _name = "complaint.call.wizard"
    _description = "Call with a Customer"

    complaint_id = fields.Many2one("complaint.complaint", required=True, readonly=True)
    direction = fields.Selection(CALL_DIRECTIONS, required=True, default="outgoing")
    said = fields.Text("What was said")
    restated = fields.Boolean("Summary restated, the customer confirmed it")
    promise = fields.Char("We promised")
    promise_deadline = fields.Datetime("By when")

    def action_confirm(self):
        """Log the call; the verb itself checks every right.

        :raise UserError: when a promise lacks its words or its moment
        """
        self.ensure_one()
        what = (self.promise or "").strip()
        if bool(what) != bool(self.promise_deadline):
            raise UserError(self.env._("A promise needs both: what we promised, and by when."))
        complaint = self.complaint_id
        complaint.action_log_call(self.direction, self.said, self.restated)
        if what:
            promise = self.env["complaint.promise"].create(self._prepare_promise_vals(what))
            complaint._log_promise(promise)
        return {"type": "ir.actions.act_window_close"}

    def _prepare_promise_vals(self, what):
        """Values of the promise made on the phone; called by :meth:`action_confirm`."""
        return {
            "complaint_id": self.complaint_id.id,
            "name": what,
            "deadline": self.promise_deadline,
        }
