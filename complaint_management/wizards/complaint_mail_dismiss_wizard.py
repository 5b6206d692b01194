from odoo import fields, models


class ComplaintMailDismissWizard(models.TransientModel):
    """Asks why kept mails are no complaints (T6)."""

    _name = "complaint.mail.dismiss.wizard"
    _description = "Dismiss Kept Mails"

    mail_ids = fields.Many2many("complaint.mail.kept", required=True, readonly=True)
    reason = fields.Char()

    def action_confirm(self):
        """Press the verb again with the reason; the verb itself checks every right.

        :raise UserError: for mails decided meanwhile
        """
        self.ensure_one()
        self.mail_ids.action_dismiss(reason=self.reason)
        return {"type": "ir.actions.act_window_close"}
