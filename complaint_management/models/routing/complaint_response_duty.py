from odoo import api, fields, models


class ComplaintResponseDuty(models.Model):
    """Who owes the customer the first answer: whoever watches the channel, or his backup (R5)."""

    _inherit = "complaint.complaint"

    response_user_id = fields.Many2one(
        "res.users",
        "Answers first",
        compute="_compute_response_user",
        compute_sudo=True,
        help="The channel's owner, his backup while he is out of office; else the salesperson.",
    )

    @api.depends("channel_id", "user_id", "company_id")
    def _compute_response_user(self):
        for complaint in self:
            complaint.response_user_id = complaint._get_response_user()

    def _get_response_user(self):
        """:return: ``res.users`` who owes the first answer now; empty where nobody is known"""
        self.ensure_one()
        # sudo: whom the channel belongs to, whether he is there and not concerned
        complaint = self.sudo()
        channel, team = complaint.channel_id, complaint.team_id
        line = (channel.user_id, channel.backup_user_id, complaint.user_id, team.user_id)
        return team._pick_present(line, complaint.company_id, complaint._get_concerned_users())

    def _get_waiting_user(self):
        """Until the first answer a case nobody sells for waits for whoever watches its channel."""
        waiting = super()._get_waiting_user()
        if not waiting and self.state not in ("closed", "cancelled") and not self.date_responded:
            return self._get_response_user()
        return waiting
