from odoo import SUPERUSER_ID, models

from ..complaint.complaint_complaint import OVER_STATES


class ComplaintDuplicateMail(models.Model):
    """What the customer writes to a duplicate reaches whoever works on the case (R5, R48)."""

    _inherit = "complaint.complaint"

    def _ask_about_reopening(self):
        """See super. Nobody looks at a duplicate any more: the case that goes on hears of it."""
        root = self._get_root_case()
        if root == self:
            return super()._ask_about_reopening()
        if root.state in OVER_STATES:
            return root._ask_about_reopening()
        user = root._get_writing_user()
        env = root.with_context(lang=user.lang).env
        note = env._("The customer wrote to %s, which is the same case.")
        root._message_log(body=self._put_link(note, self))
        root._ask_to_look(
            user, env._("The customer wrote to the duplicate %s: read it there", self.name)
        )
        return None

    def _get_writing_user(self):
        """:return: ``res.users``: who works on it: its lead, else whoever is reminded"""
        self.ensure_one()
        return (self.lead_user_id - self._get_concerned_users()) or self._get_reminding_user()

    def _message_post_after_hook(self, message, msg_vals):
        """What he says on the duplicate's page is heard, too; of mails the gateway takes care."""
        result = super()._message_post_after_hook(message, msg_vals)
        # sudo: who wrote, and whether it is a duplicate; the customer may read little of either
        wrote, duplicate = message.sudo(), self.sudo()
        is_customer = wrote.message_type == "comment" and wrote.author_id.partner_share
        if is_customer and duplicate.outcome == "duplicate":
            # In nobody's name: the customer neither writes in the other case nor plans there
            duplicate.with_user(SUPERUSER_ID)._ask_about_reopening()
        return result
