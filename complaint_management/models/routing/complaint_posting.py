from odoo import models
from odoo.exceptions import AccessError


class ComplaintPosting(models.Model):
    """Who may read a complaint may comment on it; who works on it writes to the customer (R60).

    Contributors and leadership talk to colleagues: nothing they post leaves the house.
    """

    _inherit = "complaint.complaint"

    def _may_write_out(self):
        """:return: whether the user may send messages about these complaints to outsiders; portal
        users, outside themselves, are not asked
        """
        return not self.env.user._is_internal() or self.has_access("write")

    def message_post(self, **kwargs):
        """Keep inside what people post who may only read.

        :raise AccessError: when they name somebody outside the company
        """
        if not self._may_write_out():
            kwargs["is_internal"] = True
        return super().message_post(**kwargs)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Leave out followers from outside where the writer may only read.

        :raise AccessError: when he names somebody outside the company
        """
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        outside = [recipient for recipient in recipients if recipient["share"]]
        if not outside or self._may_write_out():
            return recipients
        # sudo: recipients of the message this user is posting
        named = (msg_vals or {}).get("partner_ids") or message.sudo().partner_ids.ids
        for recipient in outside:
            if not recipient["id"] or recipient["id"] in named:
                raise AccessError(
                    self.env._(
                        "You do not work on %(complaint)s, so you cannot write about it to people "
                        "outside the company: leave out %(recipient)s, or ask %(user)s.",
                        complaint=self.display_name,
                        recipient=recipient["name"] or recipient["email_normalized"],
                        # sudo: whom to ask; a name only
                        user=self.sudo().user_id.name or self.env._("the salesperson"),
                    )
                )
        return [recipient for recipient in recipients if not recipient["share"]]
