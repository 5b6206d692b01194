from odoo import models


class ComplaintEvidence(models.Model):
    """Evidence that is there, apart from a place kept for it (R8)."""

    _inherit = "complaint.evidence"

    def _filter_present(self):
        """:return: evidence with a file, or a sample that reached us"""
        # bin_size: whether there is a file, without reading it
        present = self.with_context(bin_size=True).filtered(
            lambda e: e.file or e.sample_state in ("received", "inspected", "returned")
        )
        return present.with_env(self.env)
