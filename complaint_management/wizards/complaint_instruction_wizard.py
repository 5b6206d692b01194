from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintInstructionWizard(models.TransientModel):
    """Asks the leadership for its instruction (R66)."""

    _name = "complaint.instruction.wizard"
    _description = "Instruction of the Leadership"

    complaint_ids = fields.Many2many("complaint.complaint", required=True, readonly=True)
    text = fields.Text("Instruction")

    def action_confirm(self):
        """Press the verb with the text; the verb itself checks every right.

        :raise UserError: without a word
        """
        self.ensure_one()
        if not (self.text or "").strip():
            raise UserError(self.env._("Write the instruction: the lead reads it."))
        self.complaint_ids.action_instruct(self.text)
        return {"type": "ir.actions.act_window_close"}
