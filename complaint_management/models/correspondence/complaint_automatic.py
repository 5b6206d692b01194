import logging

from odoo import fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import email_normalize

from ..complaint.complaint_tacit import AUTOMATIC_HEADERS
from ..routing.complaint_telling import MAIL_QUEUE

_logger = logging.getLogger(__name__)


class ComplaintAutomatic(models.Model):
    """Mails to the customer that nobody presses (R9, R42, T8).

    They are queued in the transaction that causes them and go out within the minute; they never
    count as a person's answer. Whoever makes one calls :meth:`_send_automatic`.
    """

    _inherit = "complaint.complaint"

    def _send_automatic(self, template_xmlid, stamp=None):
        """Queue a mail to the customer of each complaint, in his language.

        A template somebody edited to pieces keeps no case from going on: it is logged, and the mail
        left out. A case it does not fit keeps no other customer from his mail (T14).

        :param str template_xmlid: full external id of a ``mail.template`` of complaints
        :param str stamp: name of the field that says when; it goes into the same update as what
            was pending, and is taken back where no mail could be made
        :return: the complaints whose mail is queued
        """
        # Not env.ref(), which asks whether what is read below anyway exists
        template_id = self.env["ir.model.data"]._xmlid_to_res_id(template_xmlid)
        template = self.env["mail.template"].browse(template_id or ())
        reached = self._filter_reachable() if template else self.browse()
        queued = self.browse()
        if not reached:
            return queued
        if stamp:
            reached._write_trusted({stamp: fields.Datetime.now()})
        # What was pending before is none of the mail's business
        self.env.flush_all()
        for lang, complaints in reached.grouped(lambda c: c._get_document_lang()).items():
            queued |= complaints._try_automatic(template.with_context(lang=lang))
        if stamp and reached != queued:
            (reached - queued)._write_trusted({stamp: False})
        self.env["ir.cron"]._wake_complaint_job(MAIL_QUEUE)
        return queued

    def _try_automatic(self, template):
        """Queue mails of complaints that share a language, one by one where they fail together.

        :return: the complaints whose mail is queued
        """
        try:
            with self.env.cr.savepoint():
                self._queue_automatic(template)
            return self
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            if len(self) > 1:
                return self.browse().union(*(c._try_automatic(template) for c in self))
            _logger.exception("Mail “%s” of %s could not be made", template.name, self)
            return self.browse()

    def _queue_automatic(self, template):
        """Queue mails of complaints that share a language; called by :meth:`_try_automatic`."""
        # sudo: verbs, doors and jobs call this and have checked; a customer writes no mail of ours
        template.sudo().send_mail_batch(
            self.ids, force_send=False, email_values={"headers": repr(AUTOMATIC_HEADERS)}
        )

    # ------------------------------------------------------------
    # Whom a machine may write to
    # ------------------------------------------------------------
    def _filter_reachable(self):
        """:return: the complaints whose customer has an address, and is neither a colleague nor an
        address of our own, which would answer itself for ever
        """
        # sudo: addresses of the customer, compared only
        emails = {
            complaint: email_normalize(complaint._get_reminder_address() or "")
            for complaint in self.sudo()
        }
        known = {email for email in emails.values() if email}
        ours = self._find_own_addresses(known) if known else set()
        reached = {c.id for c, email in emails.items() if email and email not in ours}
        return self.filtered(lambda c: c.id in reached)

    def _find_own_addresses(self, emails):
        """:param set emails: normalised addresses
        :return: set of those that belong to colleagues, companies or aliases of this database
        """
        # sudo: only whether an address is ours, nothing is shown
        users = self.env["res.users"].sudo()
        colleagues = users.search([("share", "=", False), ("email_normalized", "in", list(emails))])
        ours = set(colleagues.mapped("email_normalized"))
        ours.update(self.env["mail.alias.domain"].sudo()._find_aliases(list(emails)))
        companies = self.sudo().company_id
        ours.update(email_normalize(email) for email in companies.mapped("email") if email)
        return ours & emails
