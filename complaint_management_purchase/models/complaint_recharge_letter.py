from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.misc import formatLang

TEMPLATE_XMLID = "complaint_management_purchase.mail_template_recharge"


class ComplaintRechargeLetter(models.Model):
    """The claim as the vendor reads it: a mail in his language, on the claim's own thread (R20).

    His answers come back to that thread. Nothing of it is on the complaint, where it would be taken
    for mail to the customer.
    """

    _inherit = "complaint.recharge"

    def action_send(self):
        """Open the mail composer with the claim, addressed to the vendor.

        :return: action of the composer
        :raise AccessError: for those who may only read it
        :raise UserError: naming what is missing
        """
        self.ensure_one()
        self.check_access("write")
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

    def _prepare_composer_context(self):
        """Defaults of the composer; called by :meth:`action_send`."""
        template = self.env.ref(TEMPLATE_XMLID, raise_if_not_found=False)
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
            context["default_partner_ids"] = self.partner_id.ids
        return context

    # ------------------------------------------------------------
    # What may leave the house
    # ------------------------------------------------------------
    def _check_sendable(self):
        """:raise UserError: saying what is missing, or must not be told to the vendor"""
        self.ensure_one()
        problem = self._get_sending_obstacle()
        if problem:
            raise UserError(problem)

    def _get_sending_obstacle(self):
        """:return: translated sentence why the claim cannot be sent, or an empty text"""
        self.ensure_one()
        if self.state == "cancelled":
            return self.env._("%s was withdrawn.", self.name)
        if not self.partner_id:
            return self.env._("%s: choose whom to claim it from.", self.name)
        if not (self.reason or "").strip():
            return self.env._("%s: write the facts the vendor reads.", self.name)
        if not self.names_customer and self._find_customer_name():
            return self.env._(
                "%(claim)s names our customer (%(name)s): take that out of the facts, or tick “May "
                "name the customer”.",
                claim=self.name,
                name=self._find_customer_name(),
            )
        return ""

    def _find_customer_name(self):
        """:return: how the facts name the customer, or an empty text"""
        # sudo: whom not to name, to whoever writes to the vendor
        complaint = self.sudo().complaint_id
        partners = complaint.partner_id | complaint.contact_id
        partners |= partners.commercial_partner_id
        names = [*partners.mapped("name"), complaint.complainant_name, complaint.name]
        said = (self.reason or "").casefold()
        return next((n for n in names if n and len(n) > 2 and n.casefold() in said), "")

    def message_post(self, **kwargs):
        """Write on a claim: for those who work on it, since vendors follow it.

        :raise AccessError: for those who may only read it; core lets every follower write
        """
        self.check_access("write")
        return super().message_post(**kwargs)

    def _message_post_after_hook(self, message, msg_vals):
        """A mail to the vendor with the claim's number is the claim: sent because he got it."""
        result = super()._message_post_after_hook(message, msg_vals)
        sent = message.sudo()  # sudo: the message this user is posting, and who gets it
        if sent.is_internal or sent.subtype_id.internal:
            return result
        recipients = sent.partner_ids.commercial_partner_id
        text = f"{sent.subject or ''} {sent.body or ''}"
        for recharge in self.filtered(lambda r: r.state == "open" and r.name in text):
            vendor = recharge.sudo().partner_id.commercial_partner_id
            if vendor in recipients and not recharge._get_sending_obstacle():
                recharge._note_sent()
        return result

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """No button for people outside: it would lead into the back office."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        for name, _predicate, data in groups:
            if name != "user":
                data["has_button_access"] = False
        return groups

    # ------------------------------------------------------------
    # Called by the mail template, in the vendor's language
    # ------------------------------------------------------------
    def _get_letter_goods(self):
        """:return: list of dicts ``name``, ``code``, ``quantity``, ``lots``, ``purchase``,
        ``received``: texts of each row of goods; no prices, the sum stands below
        """
        self.ensure_one()
        # sudo: goods and purchases of this claim, to whoever sends it
        return [self._prepare_letter_row(line) for line in self.sudo().line_ids]

    def _prepare_letter_row(self, line):
        """One row of :meth:`_get_letter_goods`, goods by the vendor's own number and name."""
        receipt = line._get_receipt_moves()[:1] if line.purchase_line_id else line.env["stock.move"]
        product = line.product_id.with_context(lang=self.env.lang)
        seller = product.seller_ids.filtered(
            lambda s: s.partner_id.commercial_partner_id == self.partner_id.commercial_partner_id
        )[:1]
        number = formatLang(self.env, line.quantity, dp="Product Unit")
        day = receipt and fields.Datetime.context_timestamp(self, receipt.date).date()
        unit = line.product_uom_id.with_context(lang=self.env.lang).name or ""
        return {
            "name": seller.product_name or product.name,
            "code": seller.product_code or product.default_code or "",
            "quantity": f"{number} {unit}".strip(),
            "lots": line.lot_names or "",
            "purchase": line.purchase_order_id.name or "",
            "received": format_date(self.env, day) if day else "",
        }

    def _get_letter_amount(self):
        """:return: the claimed sum with its currency; empty where nothing is claimed in money"""
        self.ensure_one()
        recharge = self.sudo()  # sudo: the sum is what is sent to the vendor
        if not recharge.amount:
            return ""
        return formatLang(self.env, recharge.amount, currency_obj=recharge.currency_id)

    def _get_letter_due(self):
        """:return: by when we ask for the answer, in the language of the context"""
        self.ensure_one()
        # sudo: a setting of the company
        days = self.sudo().company_id.complaint_recharge_answer_days
        day = self.date_due or fields.Date.add(fields.Date.context_today(self), days=days)
        return format_date(self.env, day)

    def _get_letter_asks(self):
        """:return: what we ask the vendor for, in the language of the context"""
        self.ensure_one()
        return {
            "return": self.env._(
                "Please tell us how to send the goods back to you, and refund them."
            ),
            "refund": self.env._("Please refund this amount by a credit note."),
            "claim": self.env._("Please tell us whether you accept this claim."),
        }[self.kind]
