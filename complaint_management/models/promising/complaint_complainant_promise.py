from odoo import models
from odoo.exceptions import AccessError

from ..complaint.complaint_complaint import QUALITY_GROUP

# Who may say that it was somebody else who complained.
DECIDING_GROUPS = (
    QUALITY_GROUP,
    "complaint_management.group_complaint_manager",
    "complaint_management.group_complaint_leadership",
)


class ComplaintComplainantPromise(models.Model):
    """Who complains decides who may promise: nobody corrects that to promise by himself (R66)."""

    _inherit = "complaint.complaint"

    def _check_correction(self, name, value, reason):
        """See super.

        :raise AccessError: for who complains, once something is asked for, but by quality or a
            manager
        """
        super()._check_correction(name, value, reason)
        user = self.env.user
        if name != "complainant_type" or not self.demand_ids:
            return
        if not any(user.has_group(group) for group in DECIDING_GROUPS):
            raise AccessError(
                self.env._(
                    "%s: who complains decides who may grant requests. Ask quality or a manager "
                    "to correct it.",
                    self.name,
                )
            )
