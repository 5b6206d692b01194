from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintDemandFoundOurs(models.Model):
    """A request that waits for quality to find “ours”, and the button for it (R66)."""

    _inherit = "complaint.demand"

    can_find_ours = fields.Boolean(compute="_compute_can_find_ours", groups=INSIDE_GROUPS)

    @api.depends("remedy_kind", "state", "complaint_id.responsibility", "complaint_id.state")
    @api.depends_context("uid")
    def _compute_can_find_ours(self):
        for demand in self:
            demand.can_find_ours = (
                not demand._is_settled()
                and bool(demand._get_finding_obstacle(demand._get_policy_demands()))
                and demand.complaint_id._finds_for_quality(demand.complaint_id)
                and demand.complaint_id.has_access("write")
            )

    def action_find_ours(self):
        """Note for quality that it is our responsibility (R66).

        :raise AccessError: for everybody but quality
        """
        self.check_access("read")
        complaints = self.complaint_id
        complaints.check_access("write")
        self._check_case_open()
        for complaint in complaints:
            if not complaint._finds_for_quality(complaint):
                raise AccessError(
                    self.env._("Quality says whether it is ours: %s.", complaint.display_name)
                )
        complaints.write({"responsibility": "ours"})
        complaints._note_found_ours()
