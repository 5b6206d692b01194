from odoo import models

MESSAGE_TEXTS = (
    "subject",
    "body",
    "email_from",
    "reply_to",
    "incoming_email_to",
    "incoming_email_cc",
    "outgoing_email_to",
)
MAIL_TEXTS = ("email_to", "email_cc", "headers", "failure_reason", "body_html")
TRACKED_TEXTS = ("old_value_char", "new_value_char", "old_value_text", "new_value_text")
ACTIVITY_TEXTS = ("summary", "note", "feedback")


class ComplaintAnonymisingThread(models.Model):
    """Taking a person out of what was written about the cases: messages, mails, ratings (T21)."""

    _inherit = "complaint.complaint"

    def _anonymise_thread(self, parts, redaction):
        """:param parts: as returned by ``_get_case_parts``"""
        owners = self._group_by_owner(parts)
        for records in parts:
            domain = [("model", "=", records._name), ("res_id", "in", records.ids)]
            # sudo: rights on the cases were checked by _anonymise_person
            messages = self._search_all("mail.message", domain)
            for message in messages:
                owner = owners[message.model, message.res_id]
                self._anonymise_record(message, MESSAGE_TEXTS, owner, redaction)
                for tracked in message.sudo().tracking_value_ids:
                    self._anonymise_record(tracked, TRACKED_TEXTS, owner, redaction)
            self._anonymise_mails(messages, owners, redaction)
            domain = [("res_model", "=", records._name), ("res_id", "in", records.ids)]
            for activity in self._search_all("mail.activity", domain):
                owner = owners[activity.res_model, activity.res_id]
                self._anonymise_record(activity, ACTIVITY_TEXTS, owner, redaction)
            for rating in self._search_all("rating.rating", domain):
                owner = owners[rating.res_model, rating.res_id]
                self._anonymise_record(rating, ("feedback", "publisher_comment"), owner, redaction)
            followers = self._search_all("mail.followers", domain)
            followers.filtered(lambda f: f.partner_id == redaction.partner).unlink()

    def _anonymise_mails(self, messages, owners, redaction):
        """What was sent of these messages, and who was told of them."""
        mails = self._search_all("mail.mail", [("mail_message_id", "in", messages.ids)])
        for mail in mails:
            owner = owners[mail.model, mail.res_id]
            self._anonymise_record(mail, MAIL_TEXTS, owner, redaction)
        notified = self._search_all("mail.notification", [("mail_message_id", "in", messages.ids)])
        for one in notified:
            if one.res_partner_id == redaction.partner and redaction.partner:
                one.unlink()
            else:
                message = one.mail_message_id
                owner = owners[message.model, message.res_id]
                self._anonymise_record(one, ("mail_email_address",), owner, redaction)

    def _search_all(self, model, domain):
        # sudo: rights on the cases were checked by _anonymise_person
        records = self.env[model].sudo().with_context(active_test=False)
        return self._for_anonymising(records.search(domain))

    def _anonymise_record(self, record, names, owner, redaction):
        """Take the person out of texts and references of a record that is not ours."""
        vals = {
            name: redaction.redact(str(record[name]))
            for name in names
            if name in record._fields and redaction.contains(record[name])
        }
        references = self._prepare_redacted_vals(record, redaction)
        vals.update({name: v for name, v in references.items() if record._fields[name].relational})
        if vals:
            record.write(vals)
            redaction.count(owner, self.env["ir.model"]._get(record._name).sudo().name)
