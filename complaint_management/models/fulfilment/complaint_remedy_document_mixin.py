from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..complaint.complaint_state_guard import TRUSTED


class ComplaintRemedyDocumentMixin(models.AbstractModel):
    """A document of another app that meets a customer's request.

    Contract: :meth:`_get_remedy_state` and :meth:`_get_remedy_label`; whoever changes that state
    calls ``complaint_demand_id._follow_documents()``. The link is written by code alone: a forged
    one would call a request met, or hide what is still to be returned.
    """

    _name = "complaint.remedy.document.mixin"
    _inherit = ["complaint.remedy.fact.mixin"]
    _description = "Document Meeting a Customer Request"

    complaint_demand_id = fields.Many2one(
        "complaint.demand",
        "Customer request",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=INSIDE_GROUPS,
    )

    def _get_remedy_state(self):
        """:return: ``open``, ``done`` or ``cancelled``"""
        raise NotImplementedError(f"{self._name} has to say how far it is")

    def _get_remedy_label(self):
        """:return: its name and state, readable by who may not open it"""
        self.ensure_one()
        state = self._fields["state"].convert_to_export(self.state, self)
        return f"{self.display_name} · {state}"

    def unlink(self):
        """A request whose document vanishes is to be carried out again."""
        # sudo: who deletes a document need not see the request it met
        demands = self.sudo().complaint_demand_id
        result = super().unlink()
        if demands:
            demands._follow_documents()
        return result

    @api.model
    def _get_remedy_facts(self):
        """See super."""
        return super()._get_remedy_facts() | {"complaint_demand_id"}

    def _link_to_demand(self, demand):
        """Note which request these documents meet; called by what made them."""
        # sudo: links written by code that checked the request
        self.sudo().with_context(complaint_transition=TRUSTED).write(
            {"complaint_demand_id": demand.id}
        )

    def _follow_remedy(self):
        """Tell the requests that something changed; costs nothing for other documents."""
        # sudo: who moves goods or posts entries need not see the request
        demands = self.sudo().complaint_demand_id
        if demands:
            demands._follow_documents()
