from odoo import models

from ..complaint.complaint_frozen_thread import TIDYING


class MailMail(models.Model):
    """Core deletes a mail that was to leave no trace together with its message; it still may."""

    _inherit = "mail.mail"

    def unlink(self):
        """Let the mail's own message go, which nobody posted in the complaint."""
        return super(MailMail, self.with_context(complaint_tidying=TIDYING)).unlink()


class MailActivity(models.Model):
    """Core moves the files of a finished activity into its message; it still may."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        tidying = self.with_context(complaint_tidying=TIDYING)
        messages, activities = super(MailActivity, tidying)._action_done(feedback, attachment_ids)
        return messages.with_env(self.env), activities.with_env(self.env)
