from odoo import models
from odoo.exceptions import UserError


class ComplaintRechargeCost(models.Model):
    """The vendor's share of what the complaint cost us (R20, R37): proposed, then edited."""

    _inherit = "complaint.recharge"

    def action_take_cost(self):
        """Claim what the complaint cost so far and no other claim of it asks for.

        :raise AccessError: for those who may only read it
        :raise UserError: once it is sent
        """
        self.check_access("write")
        for recharge in self.sudo():  # sudo: cost of a case, to whoever may claim because of it
            if recharge.state != "open":
                raise UserError(self.env._("%s was sent: its sum stays.", recharge.name))
            recharge._share_cost()

    def _share_cost(self):
        """Share the unclaimed cost of one complaint out among these claims of it, alike."""
        complaint = self.complaint_id.ensure_one()
        rest = complaint._get_cost_to_share() - complaint._get_claimed_cost(self)
        for recharge in self:
            company = recharge.company_id
            share = company.currency_id._convert(
                max(rest, 0.0) / len(self), recharge.currency_id, company
            )
            recharge.amount_cost = share
