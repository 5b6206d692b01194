from odoo import models
from odoo.fields import Domain


class ComplaintAnonymisingMail(models.Model):
    """Mails of a person that became no complaint are kept as well, and freed of him (T6, T21)."""

    _inherit = "complaint.complaint"

    def _anonymise_thread(self, parts, redaction):
        super()._anonymise_thread(parts, redaction)
        addresses = [word for word in redaction.words if "@" in word]
        if not addresses:
            return
        domain = Domain.OR(Domain("email_from", "ilike", address) for address in addresses)
        domain &= Domain("complaint_id", "=", False) & Domain("state", "!=", "kept")
        domain &= Domain("company_id", "in", self.company_id.ids)
        # sudo: rights on the cases were checked by _anonymise_person
        kept = self.env["complaint.mail.kept"].sudo().search(domain)
        if kept:
            self._anonymise_files([kept], redaction)
            for mail in kept:
                self._anonymise_part(mail, redaction)
            super()._anonymise_thread([kept], redaction)
