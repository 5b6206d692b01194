from odoo import models

LETTER = "complaint_management.mail_template_%s"


class ComplaintLetters(models.Model):
    """Writing to the customer: a letter proposed by where the complaint stands (R9, R47, R65).

    The texts are mail templates; the user reads and changes what he sends. No letter carries
    the complaint's internal title, or a link into the back office; the customer's own link is put
    into the mail that leaves for him (``portal/complaint_customer_link``).
    """

    _inherit = "complaint.complaint"

    def action_write_customer(self):
        """Open the mail composer with the letter that fits now; others are in its list.

        :return: action of the composer
        :raise AccessError: for those who may only read the complaint
        """
        self.ensure_one()
        self.check_access("write")
        return self._open_letter(self._get_letter())

    def _open_letter(self, letter):
        """:param str letter: the end of a template's name after ``mail_template_``
        :return: action of the composer with that letter
        """
        self.ensure_one()
        template = self.env.ref(LETTER % letter, raise_if_not_found=False)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write to the Customer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": self._prepare_letter_context(template),
        }

    def _prepare_letter_context(self, template):
        """Defaults of the composer; called by :meth:`action_write_customer`."""
        context = {
            "default_model": self._name,
            "default_res_ids": self.ids,
            "default_composition_mode": "comment",
            "default_template_id": template.id if template else False,
            "default_email_layout_xmlid": "mail.mail_notification_light",
            "force_email": True,
            "hide_mail_template_management_options": True,
        }
        if not template:
            context["default_partner_ids"] = (self.contact_id or self.partner_id).ids
        return context

    def _get_letter(self):
        """:return: which letter fits now: the end of a template's name after ``mail_template_``"""
        self.ensure_one()
        if self.state in ("closed", "cancelled"):
            return "thanks"
        if self.state == "resolved":
            return "confirmation"
        if not self.date_responded:
            return "acknowledgement"
        answers = set(self.demand_ids.mapped("state"))
        if "declined" in answers and not answers & {"done"}:
            return "decline"
        if "offered" in answers:
            return "offer"
        return "delay" if self.is_overdue else "progress"

    # ------------------------------------------------------------
    # What leaves the house
    # ------------------------------------------------------------
    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """No button for people outside: it would lead into the back office."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        for name, _predicate, data in groups:
            if name != "user":
                data["has_button_access"] = False
        return groups

    def _notify_by_email_prepare_rendering_context(self, message, *args, **kwargs):
        """The head of a mail shows the number: the title is ours and may be outspoken."""
        if len(self) == 1 and not message.is_internal:
            kwargs["force_record_name"] = self.name
        values = super()._notify_by_email_prepare_rendering_context(message, *args, **kwargs)
        return {**values, "complaint_link_place": True}
