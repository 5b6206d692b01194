from odoo import api, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import TRUSTED


class ComplaintRemedyFactMixin(models.AbstractModel):
    """Fields of another app's record that our code alone writes, such as its link to a request.

    Contract: :meth:`_get_remedy_facts`, with ``super()``; a record may be document and line in one.
    """

    _name = "complaint.remedy.fact.mixin"
    _description = "Facts Written by the Buttons of a Customer Request"

    @api.model_create_multi
    def create(self, vals_list):
        context = self.env.context
        forged = {f"default_{name}" for name in self._get_remedy_facts()} & set(context)
        if forged:
            kept = {key: value for key, value in context.items() if key not in forged}
            self = self.with_env(self.env(context=kept))
        for vals in vals_list:
            self._check_remedy_facts(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to link a record to a request, or to cut that link, by hand (T16)."""
        self._check_remedy_facts(vals)
        return super().write(vals)

    @api.model
    def _get_remedy_facts(self):
        """:return: set of the fields that code alone writes; others add theirs with super()"""
        return set()

    def _check_remedy_facts(self, vals):
        """:raise UserError: when anybody but our code writes the link, or another such fact"""
        names = self._get_remedy_facts().intersection(vals)
        if not names or self.env.context.get("complaint_transition") is TRUSTED:
            return
        # sudo: only to see whether anything would change
        if any(vals[name] or any(self.sudo().mapped(name)) for name in names):
            raise UserError(
                self.env._("Documents of a customer request are made by the request's buttons.")
            )
