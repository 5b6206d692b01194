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
        forged = {f"default_{name}" for name in self._get_remedy_facts()} & set(context)
        if forged:
            kept = {key: value for key, value in context.items() if key not in forged}
            self = self.with_env(self.env(context=kept))
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

    @api.model
    def _get_remedy_facts(self):
        """:return: set of the fields that code alone writes; documents add theirs with super()"""
        return {"complaint_demand_id"}

    def _check_remedy_link(self, vals):
        """:raise UserError: when anybody but our code writes the link, or another such fact"""
        names = self._get_remedy_facts().intersection(vals)
        if not names or self.env.context.get("complaint_transition") is TRUSTED:
            return
        # sudo: only to see whether anything would change
        if any(vals[name] or any(self.sudo().mapped(name)) for name in names):
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
