from odoo import fields, models
from odoo.exceptions import UserError

from ..models.documents.complaint_sample_move import SAMPLE_STEPS


class ComplaintSampleWizard(models.TransientModel):
    """Asks where a sample is now and who has it; the verb itself checks every right (R8)."""

    _name = "complaint.sample.wizard"
    _description = "Step of a Sample"

    step = fields.Selection(SAMPLE_STEPS, required=True, readonly=True)
    evidence_ids = fields.Many2many("complaint.evidence", required=True, readonly=True)
    date = fields.Datetime("When", help="Empty: now.")
    place = fields.Char("Where it is now")
    holder = fields.Char("With whom")
    note = fields.Char("Remark")

    def action_confirm(self):
        """Take the step with what was asked for.

        :raise UserError: without a place; from the verb, when the sample moved meanwhile or the
            date cannot be
        """
        self.ensure_one()
        if not (self.place or "").strip():
            raise UserError(self.env._("Say where the sample is now: custody has no gaps."))
        verb = getattr(self.evidence_ids, f"action_sample_{self.step}")
        verb(self.place, self.holder, self.note, self.date or None)
        return {"type": "ir.actions.act_window_close"}
