from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintPromises(models.Model):
    """The promises of a complaint, and the red line about those that were broken (R65)."""

    _inherit = "complaint.complaint"

    promise_ids = fields.One2many(
        "complaint.promise", "complaint_id", "Promises", groups=INSIDE_GROUPS
    )
    broken_promises = fields.Char(
        "Broken promises", compute="_compute_broken_promises", groups=INSIDE_GROUPS
    )

    @api.depends("promise_ids.state", "promise_ids.date_kept", "promise_ids.name")
    def _compute_broken_promises(self):
        for complaint in self:
            broken = complaint.promise_ids.filtered(
                lambda p: p.state == "broken" and not p.date_kept
            )
            complaint.broken_promises = ", ".join(broken.mapped("name"))
