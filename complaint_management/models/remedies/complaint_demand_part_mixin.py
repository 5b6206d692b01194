from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import UNREGISTERED_STATES


class ComplaintDemandPartMixin(models.AbstractModel):
    """What belongs to one request, its goods or an option: it stays with it, and whoever looks at
    the complaint meanwhile sees another version (T17).

    Record rules of each part mirror its parent's; they are in ``security/``.
    """

    _name = "complaint.demand.part.mixin"
    _description = "Part of a Customer Request"
    _inherit = ["complaint.state.guard"]
    _OUTLIVES_CLOSING = False
    # Fields of the part whose change others should see first; each part names its own.
    _VERSIONED_FIELDS = frozenset()

    demand_id = fields.Many2one(
        "complaint.demand", "Customer request", required=True, index=True, ondelete="cascade"
    )
    complaint_id = fields.Many2one(
        related="demand_id.complaint_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="demand_id.company_id", store=True, precompute=True, index=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_joinable()
        parts._bump_complaint_version()
        return parts

    def write(self, vals):
        """A part stays with its request."""
        if "demand_id" in vals and any(p.demand_id.id != vals["demand_id"] for p in self):
            raise UserError(self._get_moving_refusal())
        result = super().write(vals)
        if self._VERSIONED_FIELDS.intersection(vals):
            self._bump_complaint_version()
        return result

    def unlink(self):
        """Take parts back; the customer's page shows that something changed."""
        complaints = self.complaint_id
        result = super().unlink()
        complaints.exists().filtered(lambda c: c.state not in UNREGISTERED_STATES)._bump_version()
        return result

    def _check_joinable(self):
        """:raise UserError: when a request that is past it gets one more part"""

    def _get_moving_refusal(self):
        """:return: translated sentence for who moves a part to another request"""
        raise NotImplementedError(f"{self._name} has to say where to add another")

    def _bump_complaint_version(self):
        """Somebody may be deciding about just this (T17)."""
        self.complaint_id.filtered(lambda c: c.state not in UNREGISTERED_STATES)._bump_version()
