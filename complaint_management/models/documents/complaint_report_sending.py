import base64
import hashlib

from odoo import fields, models
from odoo.exceptions import UserError

TEMPLATE_XMLID = "complaint_management.mail_template_complaint_report"
INTERIM_TEMPLATE_XMLID = "complaint_management.mail_template_complaint_report_interim"
ANSWER_KINDS = ("preventive", "8d", "letter", "form")


class ComplaintReportSending(models.Model):
    """How an approved report reaches the customer: always as the bytes that were stored (R44).

    A report counts as sent because a message to its addressee carries those bytes, not because a
    context says so.
    """

    _inherit = "complaint.report"

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_send(self):
        """Open the mail composer with the stored document, addressed to the customer's contact.

        :return: action of the composer
        :raise UserError: before approval, or when the stored bytes are not the approved ones
        """
        self.ensure_one()
        self._check_sendable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send %s", self.name),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": self._prepare_composer_context(),
        }

    def _send(self):
        """Send the report without asking, as :meth:`action_send` proposes it.

        Caller: programs and scheduled jobs; the user's rights count.

        :return: the ``mail.message``
        :raise UserError: before approval, or without an address to send to
        """
        self.ensure_one()
        self._check_sendable()
        if not self.partner_id.email:
            raise UserError(self.env._("%s has no e-mail address.", self.partner_id.display_name))
        composer = (
            self.env["mail.compose.message"]
            .with_context(**self._prepare_composer_context())
            .create({})
        )
        _mails, messages = composer._action_send_mail()
        return messages

    def action_mark_sent(self):
        """Note that the salesperson handed the report over himself: letter, WeChat, in person.

        :raise UserError: before approval
        """
        for report in self:
            report._check_sendable()
            if report.state == "approved":
                report._mark_sent(self.env._("handed over by %s", self.env.user.name))

    def action_acknowledge(self):
        """Note that the customer confirmed he has the report.

        :raise UserError: when it was not sent
        """
        self.check_access("write")
        unsent = self.filtered(lambda r: not r._is_delivered())
        if unsent:
            raise UserError(self.env._("%s was not sent yet.", ", ".join(unsent.mapped("name"))))
        self.filtered(lambda r: r.state == "sent")._write_trusted(
            {"state": "acknowledged", "date_acknowledged": fields.Datetime.now()}
        )

    # ------------------------------------------------------------
    # Composer
    # ------------------------------------------------------------
    def _check_sendable(self):
        """:raise UserError: before approval, or when the stored document was altered"""
        self.ensure_one()
        self.check_access("write")
        if self.state == "draft":
            raise UserError(
                self.env._("%s is not approved yet: nothing leaves the house before.", self.name)
            )
        self._get_documents()

    def _prepare_composer_context(self):
        """Defaults of the composer; called by :meth:`action_send` and :meth:`_send`."""
        self.ensure_one()
        xmlid = TEMPLATE_XMLID if self.stage == "final" else INTERIM_TEMPLATE_XMLID
        template = self.env.ref(xmlid, raise_if_not_found=False)
        context = {
            "default_model": self._name,
            "default_res_ids": self.ids,
            "default_composition_mode": "comment",
            "default_template_id": template.id if template else False,
            "force_email": True,
            "hide_mail_template_management_options": True,
        }
        if not template:
            context["default_partner_ids"] = self.partner_id.ids
        return context

    def _process_attachments_for_template_post(self, mail_template):
        """Give the composer the stored documents; never a fresh rendering."""
        result = super()._process_attachments_for_template_post(mail_template) or {}
        for report in self.filtered(lambda r: r.state != "draft"):
            # The caller opens or sends a message about reports he may read
            report.check_access("read")
            files = result.setdefault(report.id, {}).setdefault("attachments", [])
            files += [
                (document.name, base64.b64encode(document.content))
                for document in report._get_sent_documents()
            ]
        return result

    # ------------------------------------------------------------
    # Sent because it was sent
    # ------------------------------------------------------------
    def message_post(self, **kwargs):
        """Answers of the customer go to the complaint; one with the stored file sends it."""
        if kwargs.get("message_type") == "email" and len(self) == 1:
            kwargs.pop("parent_id", None)
            return self.complaint_id.message_post(**kwargs)
        message = super().message_post(**kwargs)
        if len(self) == 1 and self.state == "approved" and self._is_carried_by(message):
            names = ", ".join(self._get_customer_recipients(message).mapped("name"))
            self._mark_sent(self.env._("by e-mail to %s", names))
        return message

    def _notify_by_email_prepare_rendering_context(self, message, *args, **kwargs):
        """Leave room for the customer's link below the letter."""
        values = super()._notify_by_email_prepare_rendering_context(message, *args, **kwargs)
        return {**values, "complaint_link_place": True}

    def _is_carried_by(self, message):
        """:return: whether ``message`` brings exactly the approved bytes to the customer"""
        # sudo: recipients and files of a message this user has just posted
        message = message.sudo()
        if message.message_type not in ("comment", "email_outgoing") or message.is_internal:
            return False
        if not self._get_customer_recipients(message):
            return False
        return any(
            hashlib.sha256(attachment.raw or b"").hexdigest() in self._get_stored_hashes()
            for attachment in message.attachment_ids
        )

    def _get_customer_recipients(self, message):
        """:return: recipients of ``message`` with an address who belong to the customer"""
        complaint = self.complaint_id
        side = (self.partner_id | complaint.partner_id | complaint.contact_id).sudo()
        firms = side.commercial_partner_id
        # sudo: recipients of a message this user has just posted
        return message.sudo().partner_ids.filtered(
            lambda p: p.email and (p in side or p.commercial_partner_id in firms)
        )

    def _is_answer(self):
        """:return: whether the customer has our answer with it: a final report or letter; an
        interim version and the sheet he fills in himself are none
        """
        self.ensure_one()
        return self.kind in ANSWER_KINDS and self.stage == "final"

    def _mark_sent(self, how):
        """Stamp report and complaint, and say in the complaint's chatter how it went out.

        :param str how: translated words, e.g. "by e-mail to …"
        """
        self.ensure_one()
        now = fields.Datetime.now()
        self._write_trusted({"state": "sent", "date_sent": now})
        # sudo: who may send the report stamps the complaint, whatever else he may edit there
        complaint = self.complaint_id.sudo()
        stamps = {}
        if self._is_answer():
            stamps["date_reported"] = now
        if not complaint.date_responded:
            stamps["date_responded"] = now
        if stamps:
            complaint._write_trusted(stamps)
        complaint._message_log(
            body=self.env._("Report %(report)s went out: %(how)s.", report=self.name, how=how)
        )
