from collections import defaultdict

from odoo import models


class ComplaintActionTelling(models.Model):
    """Who hears that an action is done (R26)."""

    _inherit = "complaint.action"

    def _tell_finished(self, messages):
        """Tell salesperson and sales manager that actions are done (R26): toast and inbox.

        :param messages: ``mail.message`` that say so on the complaints
        """
        # sudo: an owner without further rights tells people he may not read
        actions = self.sudo()
        by_user = defaultdict(lambda: self.browse().sudo())
        notifications = []
        for complaint, done in actions.grouped("complaint_id").items():
            managers = complaint.team_id.function_ids.filtered(
                lambda f: f.function == "sales_manager"
            )
            users = (complaint.user_id | managers.user_id).filtered("active") - self.env.user
            for user in users:
                by_user[user] += done
            notifications += complaint._prepare_inbox_vals(
                messages.filtered(lambda m, c=complaint: m.res_id == c.id), users
            )
        for user, done in by_user.items():
            text = self.with_context(lang=user.lang).env._(
                "Done: %s",
                ", ".join(f"{a.name} ({a.complaint_id.name})" for a in done),
            )
            done.complaint_id._toast(user, text)
        if notifications:
            # sudo: other people's inboxes; what they get was decided above
            self.env["mail.notification"].sudo().create(notifications)
