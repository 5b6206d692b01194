from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..complaint.complaint_state_guard import TRUSTED


class ComplaintRemedyDocumentMixin(models.AbstractModel):
    """A document of another app that meets a customer's request.

    Contract: :meth:`_get_remedy_state` and :meth:`_get_remedy_label`; whoever changes that state
    calls ``complaint_demand_id._follow_documents()``. The link is written by code alone: a forged
    one would call a request met, or hide what is still to be returned.
    """

    _name = "complaint.remedy.document.mixin"
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

    @api.model_create_multi
    def create(self, vals_list):
        context = self.env.context
        if context.get("default_complaint_demand_id"):
            self = self.with_context(default_complaint_demand_id=False)
        for vals in vals_list:
            self._check_remedy_link(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to link a document to a request, or to cut that link, by hand (T16)."""
        self._check_remedy_link(vals)
        return super().write(vals)

    def unlink(self):
        """A request whose document vanishes is to be carried out again."""
        # sudo: who deletes a document need not see the request it met
        demands = self.sudo().complaint_demand_id
        result = super().unlink()
        if demands:
            demands._follow_documents()
        return result

    def _check_remedy_link(self, vals):
        """:raise UserError: when anybody but our code writes the link"""
        trusted = self.env.context.get("complaint_transition") is TRUSTED
        if "complaint_demand_id" not in vals or trusted:
            return
        # sudo: only to see whether anything would change
        if vals["complaint_demand_id"] or self.sudo().complaint_demand_id:
            raise UserError(
                self.env._("Documents of a customer request are made by the request's buttons.")
            )

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
