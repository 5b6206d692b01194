from odoo import models
from odoo.fields import Domain

CUSTOMER_TYPES = ("comment", "email", "email_outgoing", "auto_comment", "out_of_office")


class ComplaintCustomerMessages(models.Model):
    """Which messages of a case its customer may read (T2).

    Stricter than core, which shows portal users whatever was sent by *Send message*: colleagues
    discuss a case that way too, and suppliers write into it. The customer reads what he wrote and
    what was written to him.
    """

    _inherit = "complaint.complaint"

    def _get_customer_message_domain(self, firms):
        """:param firms: ``res.partner``, companies of the readers
        :return: ``Domain`` on ``mail.message`` of complaints: from or to these companies
        """
        # As core's: neither internal nor without a subtype
        visible = Domain("is_internal", "=", False) & Domain(
            "subtype_id", "any!", Domain("internal", "=", False)
        )
        # any!: whose message it is decides, whatever the reader may read of address books
        ours = Domain("commercial_partner_id", "in", firms.ids)
        told = Domain("res_partner_id", "any!", ours)
        theirs = (
            Domain("author_id", "any!", ours)
            | Domain("partner_ids", "any!", ours)
            | Domain("notification_ids", "any!", told)
        )
        return visible & Domain("message_type", "in", CUSTOMER_TYPES) & theirs
