from odoo import models


class CrmLead(models.Model):
    """The complaint an opportunity came from; everybody opens what he may see."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "complaint.linked.mixin"]

    _COMPLAINT_PATHS = ("opportunity_id",)
