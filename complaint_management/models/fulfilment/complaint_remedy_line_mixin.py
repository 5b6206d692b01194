from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..complaint.complaint_state_guard import TRUSTED


class ComplaintRemedyLineMixin(models.AbstractModel):
    """A line of such a document: which goods of the request it stands for."""

    _name = "complaint.remedy.line.mixin"
    _description = "Line of a Document Meeting a Customer Request"

    complaint_demand_line_id = fields.Many2one(
        "complaint.demand.line",
        "Goods of a customer request",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=INSIDE_GROUPS,
    )

    @api.model_create_multi
    def create(self, vals_list):
        context = self.env.context
        forged = {f"default_{name}" for name in self._get_remedy_facts()} & set(context)
        if forged:
            kept = {key: value for key, value in context.items() if key not in forged}
            self = self.with_env(self.env(context=kept))
        for vals in vals_list:
            self._check_remedy_line_link(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to link a line to a request, or to cut that link, by hand (T16)."""
        self._check_remedy_line_link(vals)
        return super().write(vals)

    @api.model
    def _get_remedy_facts(self):
        """:return: set of the fields that code alone writes; documents add theirs with super()"""
        return {"complaint_demand_line_id"}

    def _check_remedy_line_link(self, vals):
        """:raise UserError: when anybody but our code writes the link, or another such fact"""
        names = self._get_remedy_facts().intersection(vals)
        if not names or self.env.context.get("complaint_transition") is TRUSTED:
            return
        # sudo: only to see whether anything would change
        if any(vals[name] or any(self.sudo().mapped(name)) for name in names):
            raise UserError(
                self.env._("Documents of a customer request are made by the request's buttons.")
            )

    def _link_to_demand_line(self, line):
        """Note which goods of a request these lines stand for; called by what made them."""
        # sudo: links written by code that checked the request
        self.sudo().with_context(complaint_transition=TRUSTED).write(
            {"complaint_demand_line_id": line.id}
        )
