from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..complaint.complaint_state_guard import TRUSTED


class ComplaintRemedyLineMixin(models.AbstractModel):
    """A line of such a document: which goods of the request it stands for."""

    _name = "complaint.remedy.line.mixin"
    _inherit = ["complaint.remedy.fact.mixin"]
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

    @api.model
    def _get_remedy_facts(self):
        """See super."""
        return super()._get_remedy_facts() | {"complaint_demand_line_id"}

    def _link_to_demand_line(self, line):
        """Note which goods of a request these lines stand for; called by what made them."""
        # sudo: links written by code that checked the request
        self.sudo().with_context(complaint_transition=TRUSTED).write(
            {"complaint_demand_line_id": line.id}
        )
