from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..complaint.batches import in_batches, run_isolated
from .complaint_event import EVENTS

BATCH_SIZE = 50
TEMPLATE = "complaint_management.mail_template_digest"
# Days after which a line is forgotten, sent or not: nobody wants last month's news.
KEPT_DAYS = 30


class ComplaintDigestItem(models.Model):
    """One line of somebody's daily digest, from the event until it was mailed (R21, T14).

    Lines are picked by state, so that an outage is caught up. The mail and the mark that it went
    out are one transaction: nothing is sent twice or lost.
    """

    _name = "complaint.digest.item"
    _description = "Complaint Digest Line"
    _order = "user_id, id"

    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="cascade")
    complaint_id = fields.Many2one(
        "complaint.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, precompute=True, index=True
    )
    event = fields.Selection(EVENTS, required=True)
    text = fields.Char(help="What happened, in the reader's language.")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    date_sent = fields.Datetime()

    _waiting_idx = models.Index("(user_id, id) WHERE date_sent IS NULL")
    _age_idx = models.Index("(date)")

    # ------------------------------------------------------------
    # Once a day
    # ------------------------------------------------------------
    @api.model
    def _get_waiting_domain(self):
        """:return: domain of the lines to send; of people without address nothing can be sent"""
        return Domain("date_sent", "=", False) & Domain("user_id.email", "!=", False)

    @api.model
    def _cron_send_digests(self, batch_size=BATCH_SIZE):
        """Send everybody one mail with all that waits for him; who has nothing gets nothing (R21).

        One digest that fails stops no other: it is tried again tomorrow.

        :param int batch_size: users per transaction
        """
        groups = self._read_group(self._get_waiting_domain(), ["user_id"])
        users = self.env["res.users"].browse(sorted(user.id for (user,) in groups))
        for batch in in_batches(users, batch_size):
            run_isolated(batch, self._send_digests)

    @api.model
    def _send_digests(self, users):
        """Mail each of ``users`` his lines and mark them, in this transaction.

        :param users: ``res.users``
        """
        waiting = self.search(self._get_waiting_domain() & Domain("user_id", "in", users.ids))
        sent = self.browse()
        for user, items in waiting.grouped("user_id").items():
            told = items._filter_readable(user)
            # What he may not read any more is told to nobody
            (items - told).unlink()
            if told:
                told._mail_digest(user)
                sent += told
        sent.write({"date_sent": fields.Datetime.now()})

    def _filter_readable(self, user):
        """:return: the lines about complaints ``user`` may read today, in all his companies"""
        if not user.active or user.share:
            return self.browse()
        complaints = self.complaint_id.with_user(user)
        complaints = complaints.with_context(allowed_company_ids=user.company_ids.ids)
        readable = complaints._filtered_access("read")
        if readable and "concerned_user_ids" in readable._fields:
            readable = readable.sudo().filtered(lambda c: user not in c._get_concerned_users())
        return self.filtered(lambda item: item.complaint_id in readable)

    def _mail_digest(self, user):
        """Queue one mail with these lines.

        :return: the ``mail.mail``; empty where the template was deleted
        """
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if not template:
            return self.env["mail.mail"]
        template = template.with_context(
            lang=user.lang, complaint_reader=user, complaint_digest=self._group_for(user)
        )
        return template.send_mail_batch(
            user.ids,
            email_values={
                "recipient_ids": [(6, 0, user.partner_id.ids)],
                "email_to": False,
                "email_cc": False,
                "message_type": "user_notification",
                "is_internal": True,
            },
            email_layout_xmlid="mail.mail_notification_layout",
        )

    def _group_for(self, user):
        """:return: list of (translated event, lines) in the order of a complaint's life"""
        field = self._fields["event"]
        labels = field._description_selection(self.with_context(lang=user.lang).env)
        by_event = self.sorted("id").grouped("event")
        return [(label, by_event[event]) for event, label in labels if event in by_event]

    @api.autovacuum
    def _gc_digest_items(self):
        """Forget lines that are a month old, sent or not."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.sudo().search([("date", "<", limit)], limit=10000).unlink()
