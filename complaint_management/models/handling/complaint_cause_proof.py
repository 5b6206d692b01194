from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintCauseProof(models.Model):
    """What proves a cause, and why it then stays (8D D4, T20)."""

    _name = "complaint.cause"
    _inherit = ["complaint.cause", "complaint.proof.mixin"]

    product_id = fields.Many2one(
        "product.product",
        index="btree_not_null",
        check_company=True,
        help="The goods or the component it lies in, where it concerns not all of them.",
    )

    def _is_proven(self):
        """:return: whether words or evidence prove it; a place kept for a photo does not"""
        self.ensure_one()
        return bool((self.evidence_note or "").strip() or self.evidence_ids._filter_present())

    def _check_deletable(self):
        """A cause goes while it is a mere guess that nobody decided on and no customer read (T20).

        :raise UserError: naming the cause; rejecting it is the way out
        """
        super()._check_deletable()
        for cause in self:
            if cause.state != "preliminary" or cause._is_relied_on():
                raise UserError(
                    self.env._(
                        "“%s” was decided on, approved or printed for the customer: it stays. "
                        "Reject it if it is wrong.",
                        cause.name[:60],
                    )
                )

    def _is_relied_on(self):
        """:return: whether an approval or a document of the customer's covers this cause"""
        self.ensure_one()
        if self.complaint_id.measures_state == "approved":
            return True
        # sudo: whether a document exists, whoever may read documents
        reports = self.complaint_id.sudo().report_ids.filtered("date_approved")
        made = self.create_date.replace(microsecond=0)  # approvals are stamped to the second
        return any(report.date_approved >= made for report in reports)
