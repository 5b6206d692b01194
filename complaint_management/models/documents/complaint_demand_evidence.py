from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ComplaintDemandEvidence(models.Model):
    """The customer's debit note as he sent it, among the evidence of the complaint (R70)."""

    _inherit = "complaint.demand"

    deduction_evidence_id = fields.Many2one(
        "complaint.evidence",
        "The document",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('complaint_id', '=', complaint_id)]",
        help="The customer's debit note as he sent it, filed among the evidence.",
    )

    @api.constrains("deduction_evidence_id")
    def _check_deduction_evidence(self):
        """It belongs to the same complaint."""
        for demand in self:
            if demand.deduction_evidence_id.complaint_id - demand.complaint_id:
                raise ValidationError(
                    self.env._("The debit note is evidence of another complaint: file it here.")
                )
