from odoo import models
from odoo.exceptions import UserError


class MailComposeMessage(models.TransientModel):
    """Mass mails about complaints are sent by those who work on them."""

    _inherit = "mail.compose.message"

    def _action_send_mail(self, auto_commit=False):
        """What was written for colleagues goes to nobody else.

        :raise UserError: naming the template and the recipients outside the company
        """
        for wizard in self:
            # sudo: whether a recipient belongs to the company
            outside = wizard.partner_ids.sudo().filtered("partner_share")
            if wizard.template_id.complaint_internal and outside:
                raise UserError(
                    self.env._(
                        "“%(template)s” is for colleagues only: leave out %(people)s or choose "
                        "another template.",
                        template=wizard.template_id.name,
                        people=", ".join(outside.mapped("display_name")),
                    )
                )
        return super()._action_send_mail(auto_commit=auto_commit)

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        """Sending takes more than reading: any employee may hold an action in a complaint (R60).

        :raise AccessError: for those who may only read the complaints
        """
        if self.model == "complaint.complaint":
            self.env[self.model].browse(res_ids).check_access("write")
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)
