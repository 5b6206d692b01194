from odoo import models


class ComplaintLostDocument(models.Model):
    """What the lead of a case has to learn: documents that were cancelled, approvals that fell."""

    _inherit = "complaint.complaint"

    def _tell_about_lost_document(self, demand):
        """Give the lead a to-do: nothing of a case that is over changes by itself (T20)."""
        complaint = self._for_lead()
        complaint._ask_lead(
            complaint.env._("A document of this closed case was cancelled"),
            complaint.env._(
                "“%s” was met by a document that is cancelled or open again. Reopen the complaint, "
                "or make the document anew.",
                demand.with_env(complaint.env).display_name,
            ),
        )

    def _for_lead(self):
        """:return: the same complaint in the language of who gets its to-dos"""
        self.ensure_one()
        return self.with_context(lang=self._find_lead().lang or self.env.lang)

    def _find_lead(self):
        """:return: ``res.users`` with sudo: lead, salesperson, creator, head of the team, else a
        manager: the first who works here and whom the case is not about (R73)
        """
        self.ensure_one()
        # sudo: who leads a case, to whoever moves its documents
        complaint = self.sudo()
        team, without = complaint.team_id, complaint._get_concerned_users()
        line = (complaint.lead_user_id, complaint.user_id, complaint.create_uid, team.user_id)
        user = team._pick_present(line, complaint.company_id, without)
        return (user or team._get_last_resort(complaint.company_id, without)).sudo()

    def _ask_lead(self, summary, note=None):
        """Give the lead, else who stands in for him, a to-do, once while it is open.

        :param str summary: what is to be done, in his language (:meth:`_for_lead`)
        :param str note: more of it; no amounts
        """
        self.ensure_one()
        # sudo: the to-do may be a colleague's
        complaint, user = self.sudo(), self._find_lead()
        if any(a.summary == summary and a.user_id == user for a in complaint.activity_ids):
            return
        complaint.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=summary,
            note=note,
            automated=True,
        )
