from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ComplaintProofMixin(models.AbstractModel):
    """A judgement about a complaint with the evidence it rests on (R20, 8D D2, D4).

    Contract: inherited beside ``complaint.child.mixin``; evidence is of the same complaint.
    """

    _name = "complaint.proof.mixin"
    _description = "Rests on Evidence"

    evidence_ids = fields.Many2many(
        "complaint.evidence",
        string="Linked evidence",
        domain="[('complaint_id', '=', complaint_id)]",
        copy=False,
        check_company=True,
        help="Photos, samples and documents of this case that prove it.",
    )

    @api.constrains("evidence_ids", "complaint_id")
    def _check_own_evidence(self):
        """Evidence of another case proves nothing here, and may not be everybody's to see (T3).

        :raise ValidationError: naming what is to be proven
        """
        # sudo: only which case it belongs to is compared
        for record in self.sudo().filtered("evidence_ids"):
            if record.evidence_ids.complaint_id != record.complaint_id:
                raise ValidationError(
                    self.env._(
                        "“%s” is to be proven by evidence of another complaint: choose evidence "
                        "of its own.",
                        record.display_name,
                    )
                )
