from odoo import models

# What a customer who spoiled the goods himself does not get for them.
FAULT_KINDS = {"return", "exchange", "credit"}


class ComplaintDemandFault(models.Model):
    """What the customer did himself is no reason to take goods back (R20).

    Bad storage, wrong use: the request is declined and the letter explains why. Another way of
    helping him, such as a discount, stays open; so does everything when quality finds otherwise.
    """

    _inherit = "complaint.demand"

    def _get_promise_obstacle(self, state):
        """See super; what was accepted before we knew may still be ended."""
        obstacle = super()._get_promise_obstacle(state)
        if obstacle or (state == "done" and self.state == "accepted"):
            return obstacle
        kinds = self._get_offered_kinds() if state == "offered" else {self.remedy_kind}
        return self._get_fault_obstacle(kinds)

    def _get_execution_obstacle(self):
        """See super; nothing is carried out on what turned out to be his own fault."""
        obstacle = self.state == "accepted" and self._get_fault_obstacle({self.remedy_kind})
        return obstacle or super()._get_execution_obstacle()

    def _get_fault_obstacle(self, kinds):
        """:param kinds: set of ``DEMAND_KINDS`` that would be promised
        :return: translated sentence why not and what to do instead, or an empty text
        """
        self.ensure_one()
        if self.complaint_id.responsibility != "customer" or not kinds & FAULT_KINDS:
            return ""
        return self.env._(
            "%(complaint)s: we found that it is the customer's own doing, so “%(request)s” is not "
            "granted. Decline it: the letter explains why and says what we can do instead. Or help "
            "in another way, such as a discount.",
            complaint=self.complaint_id.name,
            request=self.display_name,
        )

    def _get_offered_kinds(self):
        """:return: set of kinds an offer would hold: of its options, else its own"""
        self.ensure_one()
        return set(self.option_ids.mapped("remedy_kind")) or {self.remedy_kind}
