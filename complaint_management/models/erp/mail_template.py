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

    def _render_encapsulate(self, layout_xmlid, html, add_context=None, context_record=None):
        """The head of a mail to the customer shows the number: the title is ours (practice: never).

        Mails between colleagues keep the title, which tells them more.
        """
        about = context_record and context_record._name == "complaint.complaint"
        if about and not any(self.mapped("complaint_internal")):
            add_context = {
                **(add_context or {}),
                "record_name": context_record.name,
                "complaint_link_place": True,
            }
        return super()._render_encapsulate(
            layout_xmlid, html, add_context=add_context, context_record=context_record
        )
