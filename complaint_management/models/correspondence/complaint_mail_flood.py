from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize

CAP_PARAMETER = "complaint_management.mail_sender_cap"
DEFAULT_CAP = 20
PERIOD = timedelta(hours=1)


class ComplaintMailFlood(models.Model):
    """One sender opens so many complaints an hour and no more: the rest is kept, not lost (T8)."""

    _inherit = "complaint.complaint"

    _sender_idx = models.Index("(sender_email, date_received) WHERE sender_state IS NOT NULL")

    @api.model
    def _get_sender_cap(self):
        """:return: mails of one sender an hour; 0: as many as come"""
        # sudo: a setting of the gateway
        value = self.env["ir.config_parameter"].sudo().get_param(CAP_PARAMETER, DEFAULT_CAP)
        try:
            return max(int(value), 0)
        except ValueError:
            return DEFAULT_CAP

    @api.model
    def _filter_flooding(self, door, msg_dict, routes):
        """:param routes: our routes of a mail
        :return: those of them that are too much
        """
        cap = self._get_sender_cap()
        if not cap or door.forced or not routes:
            return []
        address = email_normalize(msg_dict.get("email_from") or "", strict=False)
        # sudo: senders an administrator of the gateway lets through
        allowed = self.env["mail.gateway.allowed"].sudo()
        if address and allowed.search_count([("email_normalized", "=", address)], limit=1):
            return []
        return [
            route for route in routes if self._count_mails(route[1], address, msg_dict, cap) >= cap
        ]

    @api.model
    def _count_mails(self, thread_id, address, msg_dict, cap):
        """:return: how many complaints the sender opened in the last hour, or how many mails he
        sent to the one, counted up to ``cap``
        """
        since = fields.Datetime.now() - PERIOD
        sender = msg_dict.get("email_from") or False
        if not thread_id:
            # sudo: a number of cases, whoever lets the mail in
            return self.sudo().search_count(
                [
                    ("sender_state", "!=", False),
                    ("sender_email", "=", address or sender),
                    ("date_received", ">=", since),
                ],
                limit=cap,
            )
        return (
            self.env["mail.message"]
            .sudo()
            .search_count(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", thread_id),
                    ("message_type", "=", "email"),
                    ("email_from", "in", [sender, address]),
                    ("create_date", ">=", since),
                ],
                limit=cap,
            )
        )
