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
        if self.env.context.get("default_complaint_demand_line_id"):
            self = self.with_context(default_complaint_demand_line_id=False)
        for vals in vals_list:
            self._check_remedy_line_link(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to link a line to a request, or to cut that link, by hand (T16)."""
        self._check_remedy_line_link(vals)
        return super().write(vals)

    def _check_remedy_line_link(self, vals):
        """:raise UserError: when anybody but our code writes the link"""
        trusted = self.env.context.get("complaint_transition") is TRUSTED
        if "complaint_demand_line_id" not in vals or trusted:
            return
        # sudo: only to see whether anything would change
        if vals["complaint_demand_line_id"] or self.sudo().complaint_demand_line_id:
            raise UserError(
                self.env._("Documents of a customer request are made by the request's buttons.")
            )

    def _link_to_demand_line(self, line):
        """Note which goods of a request these lines stand for; called by what made them."""
        # sudo: links written by code that checked the request
        self.sudo().with_context(complaint_transition=TRUSTED).write(
            {"complaint_demand_line_id": line.id}
        )
