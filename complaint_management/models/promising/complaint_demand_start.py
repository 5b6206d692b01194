from odoo import models
from odoo.exceptions import UserError


class ComplaintDemandStart(models.Model):
    """Starting what was approved, without another press (R39)."""

    _inherit = "complaint.demand"

    def _start_approved(self):
        """Accept and carry out; where that fails the approval stands, and the lead is told why.

        Called with all rights by an approval. Nothing starts while the customer chooses.
        """
        self.ensure_one()
        if self._get_open_options():
            return
        try:
            with self.env.cr.savepoint():
                if self.state in ("open", "offered"):
                    self._set_state("accepted")
                if self.state == "accepted":
                    self.with_context(seen_version=None).action_execute()
        except UserError as refusal:
            self.complaint_id._message_log(
                body=self.env._(
                    "“%(request)s” is approved but could not be started: %(reason)s",
                    request=self.display_name,
                    reason=refusal.args[0],
                )
            )
            complaint = self.complaint_id._for_lead()
            complaint._ask_lead(
                complaint.env._("Start “%s”: it is approved", self.display_name), refusal.args[0]
            )
