import hashlib

from odoo import models

# States in which the customer may read what we accept of his deduction.
ANSWERED_STATES = ("offered", "accepted", "done")


class ComplaintCustomerDeduction(models.Model):
    """What we say to a customer's debit note, on his page (R70)."""

    _inherit = "complaint.complaint"

    def _prepare_customer_request(self, demand):
        """See super; a debit note says what is accepted, what is contested, and why."""
        return {
            **super()._prepare_customer_request(demand),
            "deduction": self._prepare_customer_deduction(demand),
        }

    def _get_customer_version(self):
        """See super; what we accept of a debit note is part of the offer."""
        version = super()._get_customer_version()
        notes = [
            (d.id, d.deduction_number, d.deduction_claimed, d.amount, d.deduction_reason)
            for d in self.demand_ids
            if d.remedy_kind == "deduction" and d.state in ANSWERED_STATES
        ]
        if not notes:
            return version
        return hashlib.sha256(repr((version, notes)).encode()).hexdigest()[:16]

    def _prepare_customer_deduction(self, demand):
        """His debit note as he reads it; called by :meth:`_prepare_customer_request`.

        :return: dict of texts, empty for other requests and until we answered
        """
        if (
            demand.remedy_kind != "deduction"
            or demand.state not in ANSWERED_STATES
            or not demand.deduction_claimed
        ):
            return {}
        contested = not demand.currency_id.is_zero(demand.deduction_contested)
        return {
            "number": demand.deduction_number or "",
            "date": self._get_print_day(demand.deduction_date),
            "claimed": demand._format_amount(demand.deduction_claimed),
            "accepted": demand._format_amount(demand.amount),
            "contested": demand._format_amount(demand.deduction_contested) if contested else "",
            "reason": (demand.deduction_reason or "").strip() if contested else "",
        }
