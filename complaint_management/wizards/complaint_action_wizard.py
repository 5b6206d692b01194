from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintActionWizard(models.TransientModel):
    """Asks for the note of finished actions, or for an owner's objection (R23, R26)."""

    _name = "complaint.action.wizard"
    _description = "Note on Complaint Actions"

    verb = fields.Selection(
        [("finish", "Done"), ("object", "Object")], required=True, readonly=True
    )
    action_ids = fields.Many2many("complaint.action", required=True, readonly=True)
    note = fields.Text()

    def action_confirm(self):
        """Press the verb again with the note; the verb itself checks every right.

        :raise UserError: without a note
        """
        self.ensure_one()
        if not (self.note or "").strip():
            raise UserError(self.env._("Write a sentence: the others read it."))
        getattr(self.action_ids, f"action_{self.verb}")(self.note)
        return {"type": "ir.actions.act_window_close"}
