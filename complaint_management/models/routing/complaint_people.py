from odoo import models


class ComplaintPeople(models.Model):
    """Who plays a function in this very complaint (R16, R27, R73)."""

    _inherit = "complaint.complaint"

    def _find_function_user(self, function, strict=False):
        """Who plays ``function`` for this complaint now, whom it is about left out.

        :param str function: key of ``FUNCTIONS``
        :param bool strict: nobody where the team names neither holder nor backup
        :return: tuple (``res.users``, whether it is somebody else than the holder)
        """
        self.ensure_one()
        # sudo: who plays a function is configuration, whom it is about a guard's question
        complaint = self.sudo()
        team, without = complaint.team_id, complaint._get_concerned_users()
        if not strict:
            return team._get_function_user(
                function, complaint._get_default_takers(), complaint.company_id, without
            )
        row = team.function_ids.filtered(lambda f: f.function == function)[:1]
        line = (row.user_id, row.backup_user_id)
        user = team._pick_present(line, complaint.company_id, without).sudo(False)
        return user, user != row.user_id
