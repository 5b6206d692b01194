from odoo import api, fields, models


class ComplaintAction(models.Model):
    """A follow-up that finds a sales opportunity opens a lead (R49)."""

    _inherit = "complaint.action"

    verdict = fields.Selection(
        selection_add=[("opportunity", "Satisfied, sales opportunity")],
        ondelete={"opportunity": "set null"},
    )

    @api.model
    def _get_verdicts(self):
        verdicts = super()._get_verdicts()
        return {**verdicts, "followup": (*verdicts["followup"], "opportunity")}

    def _apply_verdict(self, verdict):
        """Open the opportunity of each complaint whose follow-up found one."""
        result = super()._apply_verdict(verdict)
        if verdict == "opportunity":
            for action in self._needs_verdict():
                action.complaint_id._open_lead(action.completion_note)
        return result
