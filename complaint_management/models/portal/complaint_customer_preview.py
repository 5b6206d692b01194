from odoo import api, models

from ..complaint.complaint_complaint import UNREGISTERED_STATES


class ComplaintCustomerPreview(models.Model):
    """Colleagues look at the customer's page and send its link."""

    _inherit = "complaint.complaint"

    def action_preview_customer(self):
        """Open the customer's page as he sees it; nothing can be answered there for him.

        :return: action of its address
        :raise AccessError: for those who may not read the complaint
        """
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "target": "self", "url": self.access_url}

    @api.depends("state", "create_uid")
    def _compute_access_warning(self):
        """A link to a draft opens nothing: say so before it is sent."""
        super()._compute_access_warning()
        for complaint in self:
            if complaint.state in UNREGISTERED_STATES and not complaint.create_uid.share:
                complaint.access_warning = self.env._(
                    "The link opens the page only after the complaint is registered."
                )
