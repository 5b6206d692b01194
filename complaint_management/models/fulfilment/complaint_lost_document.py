from odoo import models


class ComplaintLostDocument(models.Model):
    """Documents that are cancelled when the case is over already."""

    _inherit = "complaint.complaint"

    def _tell_about_lost_document(self, demand):
        """Give the lead a to-do: nothing of a case that is over changes by itself (T20)."""
        self.ensure_one()
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("A document of this closed case was cancelled"),
            note=self.env._(
                "“%s” was met by a document that is cancelled or open again. Reopen the complaint, "
                "or make the document anew.",
                demand.display_name,
            ),
            user_id=(self.lead_user_id or self.user_id or self.create_uid).id,
        )
