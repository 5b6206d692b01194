from odoo import fields, models


class MailTemplate(models.Model):
    """Mails about complaints are sent by those who work on them."""

    _inherit = "mail.template"

    complaint_internal = fields.Boolean(
        "For colleagues only",
        help="A mail about complaints with what stays inside: notices may use it, and it is never "
        "sent to somebody outside the company.",
    )

    def _send_check_access(self, res_ids):
        """Sending takes more than reading: any employee may hold an action in a complaint (R60).

        :raise AccessError: for those who may only read the complaints
        """
        super()._send_check_access(res_ids)
        if self.model == "complaint.complaint":
            self.env[self.model].browse(res_ids).check_access("write")
