from odoo import models


class ComplaintDemandStanding(models.Model):
    """Whether a document may still be used that was made for a request (R38, T16).

    Drafts wait, and what was cancelled can be taken up again: by then the request may be declined,
    smaller, or something else.
    """

    _inherit = "complaint.demand"

    def _still_grants(self, kinds, amount=None):
        """Asked by documents before they are confirmed, posted, or taken up again.

        :param kinds: keys of ``DEMAND_KINDS`` the document can have been made for
        :param float amount: what all documents of the request give with it, in ``currency_id``
            before taxes; None where quantities say it
        :return: whether the request grants it as it is now
        """
        self.ensure_one()
        demand = self.sudo()  # sudo: facts to compare, whoever confirms; nothing is shown
        if demand.state not in ("accepted", "done") or demand.remedy_kind not in kinds:
            return False
        if not demand._is_covered():
            return False
        return (
            amount is None or demand.currency_id.compare_amounts(amount, demand._get_value()) <= 0
        )

    def _get_covered_value(self):
        """See super. What was approved, at the worth it had then; else what who promised may."""
        worth = super()._get_covered_value()
        demand = self.sudo()  # sudo: amounts to compare, shown to who carries it out
        if approval := demand._find_approval():
            return min(worth, approval.amount)
        user, company = demand.promised_by_id, demand.company_id
        limit = demand.complaint_id._get_user_limit(user) if user else None
        if limit is None:
            return worth
        limit = company.currency_id._convert(limit, demand.currency_id, company)
        return min(worth, limit)
