import re

from odoo import models
from odoo.tools.mail import append_content_to_html

# Where our layouts leave room for the link.
PLACE = re.compile(r'<div class="o_complaint_link">\s*</div>|<div class="o_complaint_link"\s*/>')
CARRIERS = {"complaint.complaint": None, "complaint.report": "complaint_id"}


class MailMail(models.Model):
    """A letter to a customer leaves with his personal link (R35, R48).

    Core makes each recipient's body here, one by one, as it does with its links to unfollow.
    """

    _inherit = "mail.mail"

    def _personalize_outgoing_body(self, body, partner=False, doc_to_followers=None):
        body = super()._personalize_outgoing_body(
            body, partner=partner, doc_to_followers=doc_to_followers
        )
        complaint = self._get_letter_complaint() if partner and body else None
        url = complaint and complaint._get_letter_link(partner, self)
        if not url:
            return body
        lang = partner.lang or complaint._get_document_lang()
        link = self.env["ir.qweb"]._render(
            "complaint_management.letter_link",
            {"url": url, "company": complaint.company_id},
            lang=lang,
        )
        if PLACE.search(body):
            return PLACE.sub(lambda _match: str(link), body, count=1)
        return append_content_to_html(body, link, plaintext=False)

    def _get_letter_complaint(self):
        """:return: ``complaint.complaint`` by sudo the mail is about, or None"""
        if self.model not in CARRIERS or not self.res_id:
            return None
        # sudo: jobs send mails for everybody; what is added goes to the customer only
        record = self.env[self.model].sudo().browse(self.res_id).exists()
        return (record[CARRIERS[self.model]] if CARRIERS[self.model] else record) or None
