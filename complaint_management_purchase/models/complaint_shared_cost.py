from odoo import models

# What a vendor may be asked to bear beside the goods: work and money the complaint took. Credits
# and replaced goods are claimed as the goods themselves.
SHARED_KINDS = ("parts", "freight", "labour", "travel", "testing", "scrap", "other")


class ComplaintComplaint(models.Model):
    """How much of a complaint's cost vendors may be asked to bear."""

    _inherit = "complaint.complaint"

    def _get_cost_to_share(self):
        """Hook: :return: cost that vendors may be asked to bear, in the company's currency"""
        self.ensure_one()
        costs = self.env["complaint.analysis.cost"].with_context(active_test=False)
        rows = costs._read_group(
            [("complaint_id", "=", self.id), ("kind", "in", SHARED_KINDS)], [], ["amount:sum"]
        )
        return rows[0][0] or 0.0

    def _get_claimed_cost(self, without):
        """:param without: ``complaint.recharge`` left out
        :return: cost that other claims of the case ask for, in the company's currency
        """
        self.ensure_one()
        others = self.recharge_ids - without
        others = others.filtered(lambda r: r.state not in ("refused", "cancelled"))
        return sum(
            r._to_company_currency(r.amount_cost, r.date_sent or r.create_date) for r in others
        )
