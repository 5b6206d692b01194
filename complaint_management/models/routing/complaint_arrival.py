from odoo import models

ARRIVED = "arrived"


class ComplaintArrival(models.Model):
    """What customers bring in themselves is waited for by somebody (R5, R21).

    Portal, QR code and e-mail make drafts: whoever watches the channel, and the salesperson, look
    at them. Their to-do closes when the complaint is registered.
    """

    _inherit = "complaint.complaint"

    def _tell_arrival(self):
        """Tell that drafts came in through a customer's door; called by each of these doors."""
        self._announce(
            ARRIVED,
            {c: c._get_response_user() | c.sudo().user_id for c in self},
            self._get_arrival_text,
        )

    @staticmethod
    def _get_arrival_text(complaints, env):
        """:return: sentence saying who complains, which way it came, and the first of his words"""
        return "\n".join(
            env._(
                "%(complaint)s came in (%(channel)s) from %(customer)s. Please look at it and "
                "register it.",
                complaint=complaint.display_name,
                channel=complaint.channel_id.name or "–",
                customer=complaint.partner_id.display_name
                or complaint.complainant_name
                or complaint.email_from
                or "–",
            )
            for complaint in complaints
        )

    def _prepare_notice_activity_vals(self, user, news):
        """To look at a draft is done with its registration."""
        vals = super()._prepare_notice_activity_vals(user, news)
        return {**vals, "complaint_until": "register"} if news.event == ARRIVED else vals

    def _close_arrival(self):
        """Close the to-dos of drafts somebody looked at; others never had one."""
        self.filtered("intake_key")._close_information(("register",))

    def _after_submit(self):
        result = super()._after_submit()
        self._close_arrival()
        return result

    def _after_register(self):
        result = super()._after_register()
        self._close_arrival()
        return result
