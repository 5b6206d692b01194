from odoo import models


class MailComposeMessage(models.TransientModel):
    """Mass mails about complaints are sent by those who work on them."""

    _inherit = "mail.compose.message"

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        """Sending takes more than reading: any employee may hold an action in a complaint (R60).

        :raise AccessError: for those who may only read the complaints
        """
        if self.model == "complaint.complaint":
            self.env[self.model].browse(res_ids).check_access("write")
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)
