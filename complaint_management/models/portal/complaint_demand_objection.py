from odoo import models


class ComplaintDemandObjection(models.Model):
    """A new offer, or another end of the request, answers what the customer objected to (R47)."""

    _inherit = "complaint.demand"

    def _set_state(self, state, **how):
        result = super()._set_state(state, **how)
        if state != "open":
            # sudo: the verb was checked; the to-do may be a colleague's
            self.complaint_id.sudo()._end_answering()
        return result
