from odoo import models

from ..handling.complaint_action import OPEN_STATES


class ComplaintActionRemedy(models.Model):
    """An action that meets a customer's request: a visit, rework, a service (R28, R37).

    It counts among the request's documents: when all of them are done the request is, when one is
    cancelled or opened again it is to be carried out again.
    """

    _inherit = "complaint.action"

    def _get_remedy_state(self):
        """:return: ``open``, ``done`` or ``cancelled``, as for documents of other apps"""
        self.ensure_one()
        return "open" if self.state in OPEN_STATES else self.state

    def _get_remedy_label(self):
        """:return: what is done, by whom, and how far it is"""
        self.ensure_one()
        state = self._fields["state"].convert_to_export(self.state, self)
        # sudo: the name of a colleague
        parts = [self.name, self.sudo().user_id.name, state]
        return " · ".join(part for part in parts if part)

    def write(self, vals):
        """See super; whatever its state does, the request hears of it."""
        result = super().write(vals)
        if "state" in vals:
            self._follow_remedy()
        return result

    def unlink(self):
        """See super; a request whose action vanishes is to be carried out again."""
        # sudo: who deletes an action need not see the customer's requests
        demands = self.sudo().demand_id
        result = super().unlink()
        demands._follow_documents()
        return result

    def _follow_remedy(self):
        """Tell the customer's requests; costs nothing for other actions."""
        # sudo: who finishes an action need not see the customer's requests
        demands = self.sudo().demand_id
        if demands:
            demands._follow_documents()
