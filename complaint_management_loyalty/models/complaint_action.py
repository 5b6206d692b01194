from odoo import api, fields, models


class ComplaintAction(models.Model):
    """A follow-up may end with a coupon as thank-you (R49, R50)."""

    _inherit = "complaint.action"

    verdict = fields.Selection(
        selection_add=[("coupon", "Satisfied, gets a coupon")], ondelete={"coupon": "set null"}
    )

    @api.model
    def _get_verdicts(self):
        verdicts = super()._get_verdicts()
        return {**verdicts, "followup": (*verdicts["followup"], "coupon")}

    def _apply_verdict(self, verdict):
        """Give the customer of each complaint his coupon."""
        result = super()._apply_verdict(verdict)
        if verdict == "coupon":
            for action in self._needs_verdict():
                if not action.complaint_id.coupon_code:
                    action.complaint_id.action_give_coupon()
        return result
